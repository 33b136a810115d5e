using System.Diagnostics.CodeAnalysis;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features;

namespace Lintel.Decisions.Pages;

/// <summary>What a line said, compiled: its slots by name, expressions as programs over a candidate's
/// registers.</summary>
public sealed class StepArguments
{
    private readonly PolicyRule.Step _step;
    private readonly FeaturePlanBuilder _builder;
    private readonly Dictionary<string, ExpressionProgram> _programs;

    /// <param name="builder">Takes what the line reads of a candidate's registers.</param>
    /// <param name="pageLength">Places of the whole page, as its last lines say.</param>
    public StepArguments(
        PolicyRule.Step step, SystemDesign design, FeaturePlanBuilder builder, CatalogueTable items, CodeDictionaries texts,
        int pageLength)
    {
        (_step, Design, _builder, Items, Texts, PageLength) = (step, design, builder, items, texts, pageLength);
        _programs = step.Slots.Where(static s => s.Value is StepSlot.Formula)
            .ToDictionary(static s => s.Key, s => builder.Add(((StepSlot.Formula)s.Value).Expression), StringComparer.Ordinal);
    }

    public SystemDesign Design { get; }

    public RankingDesign Ranking => Design.Decision.Ranking!;

    /// <summary>The catalogue of what is ranked.</summary>
    public CatalogueTable Items { get; }

    /// <summary>What the codes of texts and keys say.</summary>
    public CodeDictionaries Texts { get; }

    /// <summary>Places of the whole page: what its <c>take</c> or its rows ask for.</summary>
    public int PageLength { get; }

    /// <summary>The line as written.</summary>
    public string Text => _step.Text;

    /// <summary>Whether a line of the policy is this one.</summary>
    public bool Is(PolicyRule.Step line) => ReferenceEquals(line, _step);

    public bool Has(string slot) => _step.Slots.ContainsKey(slot);

    public double Number(string slot, double otherwise = double.NaN) =>
        _step.Slots.GetValueOrDefault(slot) is StepSlot.Number number ? number.Value : otherwise;

    /// <summary>A whole number.</summary>
    public int Count(string slot, int otherwise = 0) => Has(slot) ? (int)Number(slot) : otherwise;

    public string? Word(string slot) => (_step.Slots.GetValueOrDefault(slot) as StepSlot.Word)?.Text;

    /// <summary>An expression over a candidate's registers.</summary>
    public ExpressionProgram Program(string slot) => _programs[slot];

    /// <summary>The margin of the model that a slot names.</summary>
    public ExpressionProgram Margin(string slot)
    {
        var name = Word(slot)!;
        if (Design.Models.Any(m => m.Name == name)) { return _builder.Add(new Expression.Score(_step.At, name, ScoreForm.Margin)); }
        ThrowFault("there is no such model", $"'{name}'", string.Join(", ", Design.Models.Select(static m => m.Name)));
        return null;
    }

    /// <summary>What items are told apart by.</summary>
    public PageColumn Column(string slot)
    {
        var index = ((StepSlot.Column)_step.Slots[slot]).Index;
        var column = Design.Decision.Row.Columns[index];
        var prefix = Items.Design.Name + ".";
        var isItems = index >= Ranking.CandidateStart && column.Name.StartsWith(prefix, StringComparison.Ordinal);
        return new(index, column.Type, isItems ? Items.Design.Find(column.Name[prefix.Length..]) : -1);
    }

    /// <summary>A column's values as a step compares them.</summary>
    internal ColumnCodes Codes(string slot)
    {
        var column = Column(slot);
        if (column is { IsList: true, Field: < 0 })
        {
            ThrowFault("a list of another catalogue than the ranked one",
                $"'{Design.Decision.Row.Columns[column.Register].Name}'",
                $"a list of {Items.Design.Name}, or a text, key or number");
        }
        return new(column, Items);
    }

    /// <summary>The candidates that a source offered.</summary>
    internal CandidateTest OfferedBy(string slot)
    {
        var name = Word(slot);
        for (var s = 0; s < Ranking.Candidates.Length; s++)
        {
            if (Ranking.Candidates[s].Name == name) { return CandidateTest.IsThere(Ranking.RankColumn(s)); }
        }
        ThrowFault("no candidates come from there", $"'{name}'",
            string.Join(", ", Ranking.Candidates.Select(static c => c.Name)));
        return default;
    }

    /// <summary>The candidates for which a condition holds.</summary>
    internal CandidateTest Condition(string slot = "condition") => CandidateTest.Of(Program(slot));

    [DoesNotReturn]
    internal void ThrowFault(string message, string? got = null, string? expected = null, string? fix = null) =>
        throw new DesignException(
            [new(FaultCodes.Conflict, Severity.Error, _step.At, $"'{Text}': {message}", got, expected, fix)]);
}

/// <param name="Register">Where a candidate's value stands; lists have none.</param>
/// <param name="Field">Field of the catalogue; −1: another column of the row.</param>
public readonly record struct PageColumn(int Register, DataType Type, int Field)
{
    public bool IsList => Type == DataType.List;
}
