using Lintel.Design;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.DayReplays;

/// <summary>One answer, recorded or replayed.</summary>
/// <param name="Outcome">The policy's own: what was let through counts as what the policy said.</param>
/// <param name="Probability">Of a regression: what was promised.</param>
/// <param name="Failed">Scoring had failed: the answer was the design's <c>on failure</c>, and no replay gives it.</param>
internal readonly record struct DayAnswer(
    int Version, int Rule, string Outcome, bool LetThrough, double Margin, double Probability, bool Failed);

/// <summary>Finds the answer to a decision by its id.</summary>
internal interface IDayAnswers
{
    /// <returns>False: there is none.</returns>
    bool TryFind(string id, out DayAnswer answer);
}

/// <summary>What a version decided of a day, with what each decision costs by its outcome, and the slices it is in.</summary>
internal sealed class ReplayedDay(SystemVersion version, Preparation prepared, long from, long to) : IDayAnswers
{
    private readonly Dictionary<string, int> _rowOf = new(StringComparer.Ordinal);

    internal SystemVersion Version { get; } = version;

    internal long From { get; } = from;

    internal long To { get; } = to;

    internal List<ReplayedRow> Rows { get; } = [];

    /// <summary>First and last day with a decision.</summary>
    internal string First => Day(prepared.Known.DefaultIfEmpty().Min());

    internal string Last => Day(prepared.Known.DefaultIfEmpty().Max());

    internal void Add(int row, DecisionRecord decision)
    {
        var compiled = Version.Compiled;
        var registers = decision.Registers;
        _rowOf[decision.Id] = Rows.Count;
        Rows.Add(new(
            decision.Id,
            Answer(decision, Version),
            prepared.Labels.Values[row],
            new(Cost(compiled, "missed", registers), Cost(compiled, "blocked", registers), Cost(compiled, "review", registers)),
            PromiseCost(compiled, registers),
            [.. compiled.Slices.Select(s => s.Program!.Holds(registers))]));
    }

    public bool TryFind(string id, out DayAnswer answer)
    {
        var found = _rowOf.TryGetValue(id, out var row);
        answer = found ? Rows[row].Answer : default;
        return found;
    }

    /// <param name="version">Whose outcomes tell what was let through.</param>
    internal static DayAnswer Answer(DecisionRecord decision, SystemVersion version)
    {
        var outcomes = version.Design.Outcomes;
        var hardest = OutcomeDesign.Hardest(version.Design.OutcomeDesigns);
        return new(
            decision.Version, decision.Rule,
            decision.LetThrough && hardest >= 0 ? outcomes[hardest] : decision.Outcome,
            decision.LetThrough, decision.Margin, decision.Probability, decision.Failed);
    }

    private static double Cost(CompiledDesign compiled, string name, ReadOnlySpan<double> registers) =>
        compiled.Costs.FirstOrDefault(c => c.Name == name)?.Program is { } program ? program.Evaluate(registers) : 0;

    /// <summary>Null: the design names none, and a promise costs nothing that could be told.</summary>
    private static PromiseCosts? PromiseCost(CompiledDesign compiled, ReadOnlySpan<double> registers) =>
        compiled.Costs.Any(static c => c.Name is "late" or "early" or "lost")
            ? new([Cost(compiled, "late", registers)], [Cost(compiled, "early", registers)], [Cost(compiled, "lost", registers)])
            : null;

    private string Day(long known) => CalendarDay.Iso(known)[..10];
}

/// <param name="Label">0, 1, or NaN where it is not known yet; of a regression the value.</param>
/// <param name="Promise">What a promise costs; null: the design names no costs of promises.</param>
/// <param name="Slices">By slice of the design: whether it is in it.</param>
internal sealed record ReplayedRow(string Id, DayAnswer Answer, float Label, OutcomeCosts Costs, PromiseCosts? Promise, bool[] Slices)
{
    /// <summary>What an outcome costs here, as the metric <c>cost</c> has it; NaN: it cannot be told.</summary>
    internal double CostOf(OutcomeDesign outcome) => float.IsNaN(Label) ? double.NaN : outcome.Role switch
    {
        OutcomeRole.Passed => Label > 0 ? Costs.Missed : 0,
        OutcomeRole.Challenged => Label > 0 ? (1 - outcome.Stops) * Costs.Missed : 0,
        OutcomeRole.Refused => Label > 0 ? 0 : Costs.Blocked,
        _ => Costs.Review,
    };

    /// <summary>What a promise costs here, likewise.</summary>
    internal double CostOf(double promise) => Promise?.Of(0, promise, Label) ?? double.NaN;
}

/// <summary>What a decision costs by its outcome, as the design's costs have it.</summary>
internal readonly record struct OutcomeCosts(double Missed, double Blocked, double Review);

/// <summary>What was answered on a day, as records have it.</summary>
/// <param name="version">Whose outcomes tell what was let through.</param>
internal sealed class RecordedDay(Dictionary<string, DecisionRecord> records, SystemVersion version) : IDayAnswers
{
    public bool TryFind(string id, out DayAnswer answer)
    {
        var found = records.TryGetValue(id, out var record);
        answer = found ? ReplayedDay.Answer(record!, version) : default;
        return found;
    }
}
