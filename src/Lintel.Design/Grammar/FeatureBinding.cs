using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Grammar;

/// <summary>Gives one feature's sentence its meaning; every fault is reported, and null is what it leaves.</summary>
internal sealed class FeatureBinding(BindingContext context)
{
    private readonly HashSet<string> _shownOnly = new(StringComparer.Ordinal);

    /// <param name="name">The feature's; of a list's members each its own.</param>
    /// <param name="space">Name of what its ids are of.</param>
    /// <param name="member">Which of a list's members it is, from 0.</param>
    public (FeatureDesign Feature, FeatureType Type)? Bind(
        string name, string space, int member, LocatedText text, SourceSpan at, FeatureSentence sentence)
    {
        var before = context.Diagnostics.All.Count;
        var bound = sentence.Serving is null
            ? AtDecision(text, sentence, member)
            : new ShownFeatures(context).Bind(text, sentence);
        if (bound is not { Value: var value } || context.Diagnostics.All.Count > before || !Fits(name, text, at, value)) { return null; }
        if (sentence.Serving is not null) { _shownOnly.Add(name); }
        var domain = value.Type is DataType.Text or DataType.Key ? bound.Value.Domain : null;
        var id = value.Type switch
        {
            DataType.Id => new IdDesign(space, sentence.Bits, null),
            DataType.Text or DataType.Key when domain is not null => new IdDesign(space, 0, domain),
            _ => null,
        };
        return (new(name, at, text.Text, value) { Id = id, Shown = bound.Value.Shown }, new(value.Type, domain));
    }

    private (Expression Value, Expression? Shown, string? Domain)? AtDecision(LocatedText text, FeatureSentence sentence, int member)
    {
        var checker = new ExpressionChecker(text, context.AtDecision("a feature"), context.Diagnostics);
        var before = context.Diagnostics.All.Count;
        var parts = sentence.Most > 0
            ? [Member(text, sentence.Parts, member, checker)]
            : sentence.Parts.Select(checker.Check).ToImmutableArray();
        if (context.Diagnostics.All.Count > before) { return null; }
        foreach (var read in parts.SelectMany(ExpressionWalk.All).OfType<Expression.Feature>().Where(f => _shownOnly.Contains(f.Name)))
        {
            context.Error(FaultCodes.NotHere, read.At, $"'{read.Name}' is known to training alone: only models read it", null, null,
                "compute with the shown event's columns before '(serving …)'");
            return null;
        }
        var value = Hash(text, sentence, parts, checker.DomainOf, context);
        return value is null ? null : (value, null, checker.DomainOf(value));
    }

    /// <summary>The value, or the id of its parts where that is said; null after a fault.</summary>
    public static Expression? Hash(
        LocatedText text, FeatureSentence sentence, ImmutableArray<Expression> parts, Func<Expression, string?> domainOf,
        BindingContext context)
    {
        if (sentence.Bits == 0) { return parts[0]; }
        for (var p = 0; p < parts.Length; p++)
        {
            if (parts[p].Type is DataType.Text or DataType.Key or DataType.Number or DataType.Bool or DataType.Id) { continue; }
            context.Error(FaultCodes.TypeMismatch, parts[p].At, $"{ExpressionChecker.Noun(parts[p].Type)} cannot be hashed", null,
                "a text, a key, a whole number or a condition",
                parts[p].Type == DataType.List ? "say how many of its members: LIST most 3 hashed 16 bits"
                    : parts[p].Type is DataType.Time or DataType.Duration ? "turn it into a whole number first, such as hour(time)" : null);
            return null;
        }
        return new Expression.Hashed(
            text.At, parts, [.. parts.Select(p => p.Type is DataType.Text or DataType.Key ? domainOf(p) : null)], sentence.Bits);
    }

    private Expression Member(LocatedText text, ImmutableArray<SyntaxNode> parts, int member, ExpressionChecker checker)
    {
        if (parts is [var node] && checker.Check(node) is var value)
        {
            if (value is Expression.Column { Type: DataType.List } list && FindList(list) is var (key, catalogue))
            {
                return new Expression.Member(list.At, key, catalogue, catalogue.Find(Name(list)[(catalogue.Name.Length + 1)..]), member);
            }
            if (value.Type == DataType.Missing) { return value; }
        }
        // once for all its members
        if (member == 0)
        {
            context.Error(FaultCodes.TypeMismatch, text.At, "'most' is said of a catalogue's list", $"'{text.Text}'",
                "LIST most 3, such as movie.genres most 3");
        }
        return new Expression.Constant(text.At, DataType.Missing, double.NaN);
    }

    private (Expression.Column Key, CatalogueDesign Catalogue)? FindList(Expression.Column list)
    {
        var name = Name(list);
        foreach (var catalogue in context.Catalogues)
        {
            if (!name.StartsWith(catalogue.Name + ".", StringComparison.Ordinal)) { continue; }
            var key = list.Event.FindKey(catalogue.Name);
            if (key >= 0) { return (new(list.At, DataType.Key, list.Event, key), catalogue); }
        }
        return null;
    }

    private static string Name(Expression.Column column) => column.Event.Columns[column.ColumnIndex].Name;

    private bool Fits(string name, LocatedText text, SourceSpan at, Expression value)
    {
        var column = context.Row!.Find(name);
        if (column >= 0 && !(Plain(value) is Expression.Column same && same.ColumnIndex == column))
        {
            context.Error(FaultCodes.Duplicate, at,
                $"'{name}' is a value of the decided event, declared at " +
                $"{context.Row.Columns[column].At}; as a feature it would mean another",
                $"'{text.Text}'", $"{name}: {name}", "rename the feature");
            return false;
        }
        if (value.Type == DataType.List)
        {
            context.Error(FaultCodes.TypeMismatch, at, $"feature '{name}' is a list", $"'{text.Text}'", "one value",
                $"read its members ({name}: {text.Text} most 3), or group an aggregate by it, such as count(rating) by user, movie.genres");
            return false;
        }
        if (value.Type == DataType.Missing && !context.Diagnostics.HasErrors)
        {
            context.Error(FaultCodes.TypeMismatch, at, $"feature '{name}' is always missing",
                $"'{text.Text}'", "a value");
            return false;
        }
        return true;
    }

    // an id of one column is still that column: nothing but a model reads it
    private static Expression Plain(Expression value) => value is Expression.Hashed { Parts: [var only] } ? only : value;
}
