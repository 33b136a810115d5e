using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary>What only models of a regression say: what they start from, and several quantiles of one entry.</summary>
internal static class ModelsOfValues
{
    /// <summary>The combiner that puts an entry's quantiles in order, and its parameter.</summary>
    private const string Ordered = "ordered";
    private const string Place = "place";
    private const double Middle = 0.5;

    /// <summary>What an entry's fit leaves to others; null: nothing, or a fault that is told.</summary>
    /// <param name="earlier">Models declared before it.</param> <param name="declared">All.</param>
    public static ResidualBase? ReadBase(
        Named<ModelForm.Reading> entry, IReadOnlyList<string> earlier, IReadOnlySet<string> declared, BindingContext context)
    {
        var values = entry.Value.Values;
        if (values.Text(KindKeys.ResidualOver) is not { } named) { return null; }
        if (!BelongsHere(KindKeys.ResidualOver, values, context)) { return null; }
        if (earlier.Contains(named.Text)) { return new(named.Text, null); }
        if (declared.Contains(named.Text))
        {
            context.Error(FaultCodes.Conflict, named.At, named.Text == entry.Name.Text
                ? "a model cannot be fitted on what it leaves over itself"
                : $"model '{named.Text}' stands below '{entry.Name.Text}', which is to learn what it leaves over", null,
                "an earlier model, or a feature", "declare it first");
            return null;
        }
        if (!context.Features.TryGetValue(named.Text, out var feature))
        {
            context.Error(FaultCodes.Undeclared, named.At, $"there is no model or feature '{named.Text}'", null, "an earlier model, or a feature",
                Suggestion.Fix(named.Text, earlier.Concat(context.Features.Keys)));
            return null;
        }
        if (feature.Type is DataType.Number or DataType.Duration or DataType.Missing) { return new(null, named.Text); }
        context.Error(FaultCodes.TypeMismatch, named.At, $"nothing is left over '{named.Text}'",
            Expressions.Checking.ExpressionChecker.Noun(feature.Type), "a feature that is a number, in the label's unit");
        return null;
    }

    /// <summary>The models that one entry stands for: itself, or of several quantiles one fit each, and one for each that puts them in
    /// order, the 50 % one last.</summary>
    public static ImmutableArray<ModelDesign> Expand(ModelDesign model, KindKeys keys, SectionValues values, BindingContext context)
    {
        if (!values.Has(KindKeys.Quantiles) || keys.Kind.AtQuantile is not { } atQuantile)
        {
            return CheckSearch(model, context) && Check(model, keys.Kind, context) ? [model] : [];
        }
        var levels = values.Get(KindKeys.Quantiles, []);
        if (levels.IsEmpty || !BelongsHere(KindKeys.Quantiles, values, context) || !CheckLevels(levels, model, keys, values, context)) { return []; }
        if (context.Kinds.Find(KindFamily.Combiner, Ordered) is not { } ordered) { return []; }
        var single = levels.Length == 1;
        var fits = levels.Select(level => model with
        {
            Name = single ? model.Name : NameOf(model.Name, level) + ".fit",
            Parameters = atQuantile(model.Parameters, level),
            IsPart = !single,
            IsFinal = single && model.IsFinal,
            Quantile = single ? new(model.Name, level) : null,
        }).ToImmutableArray();
        if (fits.Any(f => !Check(f, keys.Kind, context))) { return []; }
        if (single) { return fits; }
        var places = new KindParameters(ordered);
        var order = Enumerable.Range(0, levels.Length).OrderBy(i => levels[i] == Middle).Select(place => model with
        {
            Name = levels[place] == Middle ? model.Name : NameOf(model.Name, levels[place]),
            Kind = Ordered,
            Parameters = places.Create([KeyValuePair.Create(Place, (object)(double)place)]),
            Uses = [],
            Of = [.. fits.Select(static f => f.Name)],
            ResidualOver = null,
            IsFinal = model.IsFinal && levels[place] == Middle,
            Quantile = new(model.Name, levels[place]),
        });
        return [.. fits, .. order];
    }

    private static string NameOf(string entry, double level) => $"{entry}@{QuantileOf.LevelText(level)}";

    private static bool CheckLevels(
        ImmutableArray<double> levels, ModelDesign model, KindKeys keys, SectionValues values, BindingContext context)
    {
        var at = values.AtOfKey(KindKeys.Quantiles);
        var written = string.Join(", ", levels.Select(QuantileOf.LevelText));
        if (levels.Zip(levels.Skip(1)).Any(static pair => pair.First >= pair.Second))
        {
            context.Error(FaultCodes.Conflict, at, "the quantiles do not rise", written, "each above the one before it", "sort them, and say none twice");
            return false;
        }
        if (!levels.Contains(Middle))
        {
            context.Error(FaultCodes.Conflict, at, "the quantiles lack 50%, which is the estimate itself", written, null, "add 50%");
            return false;
        }
        var (asked, fitted) = (model.Parameters, keys.Kind.AtQuantile!(model.Parameters, Middle));
        foreach (var key in keys.Parameters.Keys.Where(values.Has))
        {
            if (Equals(keys.Parameters.Value(key.Name, asked), keys.Parameters.Value(key.Name, fitted))) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key), $"quantiles are not fitted with this '{key.Name}'",
                $"{key.Name}: {keys.Parameters.Value(key.Name, asked)}", $"{key.Name}: {keys.Parameters.Value(key.Name, fitted)}",
                $"remove 'quantiles', or '{key.Name}'");
            return false;
        }
        if (model.Tune is null) { return true; }
        context.Error(FaultCodes.Conflict, model.Tune.At, "several quantiles are not searched for at once", null, null,
            "search with one objective, and write what was found");
        return false;
    }

    /// <summary>A search would have to fit what residuals are over again for each candidate.</summary>
    private static bool CheckSearch(ModelDesign model, BindingContext context)
    {
        if (model.Tune is null || model.ResidualOver is not { } over) { return true; }
        context.Error(FaultCodes.Conflict, model.Tune.At, $"what is left over '{over.Model ?? over.Feature}' is not searched over", null, null,
            "search without 'residual over', write what was found, and put it back");
        return false;
    }

    /// <summary>What the kind itself says of its parameters in such a decision, candidates of a search included.</summary>
    private static bool Check(ModelDesign model, Kind kind, BindingContext context)
    {
        if (kind.Fault is not { } faultOf || context.Decides is not { } decides) { return true; }
        foreach (var parameters in model.Tune is { } tune ? [model.Parameters, .. tune.Candidates] : new[] { model.Parameters })
        {
            if (faultOf(parameters, decides) is not { } fault) { continue; }
            context.Error(FaultCodes.Conflict, model.At, $"'{model.Name}': {fault.Wrong}", null, fault.Right);
            return false;
        }
        return true;
    }

    private static bool BelongsHere(Key key, SectionValues values, BindingContext context)
    {
        if (context.Decides is null or DecisionKind.Regression) { return true; }
        context.Error(FaultCodes.Conflict, values.AtOfKey(key), $"'{key.Name}' belongs to a regression",
            $"kind: {context.Decides.ToString()!.ToLowerInvariant()}", "kind: regression", "remove it");
        return false;
    }
}
