using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Splits;

/// <summary>What a decision is used for.</summary>
public enum SplitPart : byte
{
    /// <summary>Warm-up, gap, or outside every stretch: it feeds windows and nothing else.</summary>
    Unused,
    Train,
    Validate,
    Test,
}

/// <summary>A stretch of time, microseconds since 1970 UTC, [From, To).</summary>
public readonly record struct Period(long From, long To);

/// <summary>Which decisions fit, choose and judge.</summary>
/// <remarks>A label counts for fitting only when it was known before the next part begins: what the fit could have read then. For
/// validate and test any label counts that the data holds: judging waits for the truth.</remarks>
public sealed class SplitPlan
{
    internal SplitPlan(
        SplitPart[] parts, bool[] usable, IReadOnlyDictionary<SplitPart, Period> periods, TimeSpan gap, string kind)
    {
        Parts = parts;
        Usable = usable;
        Periods = periods;
        Gap = gap;
        Kind = kind;
    }

    /// <summary>By row.</summary>
    public SplitPart[] Parts { get; }

    /// <summary>By row: the part may use its label.</summary>
    public bool[] Usable { get; }

    /// <summary>The stretch of each part that there is.</summary>
    public IReadOnlyDictionary<SplitPart, Period> Periods { get; }

    public TimeSpan Gap { get; }

    public string Kind { get; }

    public bool HasValidate => Periods.ContainsKey(SplitPart.Validate);

    /// <summary>Rows of a part whose label it may use, ascending.</summary>
    public int[] Rows(SplitPart part) => Where(part, Usable);

    /// <summary>All rows of a part, also those whose label is unknown: what a policy meets.</summary>
    public int[] AllRows(SplitPart part) => Where(part, null);

    /// <summary>The manifest's record of it.</summary>
    public SplitTimes Times => new(
        From(SplitPart.Train)!, To(SplitPart.Train)!, From(SplitPart.Validate), To(SplitPart.Validate),
        From(SplitPart.Test)!, To(SplitPart.Test)!, CalendarDay.Text(Gap), Kind);

    /// <summary>How many different splits a design asks for: its folds or seeds, else one.</summary>
    public static int Repetitions(SplitDesign design) => design switch
    {
        SplitDesign.ByKey { Folds: { } folds } => folds,
        SplitDesign.ByKey { Random: not null, Seeds: { } seeds } => seeds,
        _ => 1,
    };

    /// <param name="repetition">Which fold or seed, below <see cref="Repetitions"/>.</param>
    /// <exception cref="DesignException">The data does not fill the split: a part has no decision with a known label, files or keys
    /// are not there, or the stretches overlap.</exception>
    public static SplitPlan Make(SplitDesign design, SplitRows rows, int repetition = 0)
    {
        if (rows.Count == 0)
        {
            throw Fault("LT0390", design, "there is no decision to split", "see the source report for what was left out");
        }
        var plan = design switch
        {
            SplitDesign.ByTime time => TimeSplit.Make(time, rows),
            SplitDesign.ByFile file => FileSplit.Make(file, rows),
            SplitDesign.ByKey key => KeySplit.Make(key, rows, repetition),
            SplitDesign.AtRandom random => RandomSplit.Make(random, rows),
            _ => throw new InvalidOperationException($"{design.At}: unknown split {design.GetType().Name}"),
        };
        plan.CheckFilled(design, rows);
        return plan;
    }

    /// <summary>A split without an order in time: labels count when the data holds them; periods are what each part spans.</summary>
    internal static SplitPlan Timeless(SplitPart[] parts, SplitRows rows, string kind)
    {
        var periods = new Dictionary<SplitPart, Period>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == SplitPart.Unused) { continue; }
            var known = rows.Known[i];
            periods[parts[i]] = periods.TryGetValue(parts[i], out var p)
                ? new(Math.Min(p.From, known), Math.Max(p.To, known + 1)) : new(known, known + 1);
        }
        return new(parts, [.. rows.LabelKnown.Select(static l => l != SplitRows.Never)], periods, TimeSpan.Zero, kind);
    }

    /// <summary>A ranking's split that holds out some of each key's records, whatever their time: all requests belong to both parts, and
    /// the last of each key stands for its test.</summary>
    internal static SplitPlan OfRecords(SplitDesign.ByKey design, SplitRows rows)
    {
        if (!rows.Keys.TryGetValue(design.Key, out var keys))
        {
            throw Fault(
                "LT0395", design, $"the requests have no key '{design.Key}'", $"split by one of: {string.Join(", ", rows.Keys.Keys)}");
        }
        var parts = new SplitPart[rows.Count];
        Array.Fill(parts, SplitPart.Train);
        foreach (var last in Enumerable.Range(0, rows.Count).GroupBy(row => keys[row]).Select(static g => g.Max())) { parts[last] = SplitPart.Test; }
        var whole = new Period(rows.Known.Min(), rows.Known.Max() + 1);
        return new(
            parts, [.. rows.LabelKnown.Select(static l => l != SplitRows.Never)],
            new Dictionary<SplitPart, Period> { [SplitPart.Train] = whole, [SplitPart.Test] = whole }, TimeSpan.Zero, $"records of each {design.Key}");
    }

    internal static DesignException Fault(string code, SplitDesign design, string message, string fix) =>
        new([new Diagnostic(code, Severity.Error, design.At, message, Fix: fix)]);

    private void CheckFilled(SplitDesign design, SplitRows rows)
    {
        foreach (var part in new[] { SplitPart.Train, SplitPart.Validate, SplitPart.Test })
        {
            if (part == SplitPart.Validate && !HasValidate) { continue; }
            if (Rows(part).Length > 0) { continue; }
            var name = part.ToString().ToLowerInvariant();
            var all = AllRows(part).Length;
            var stretch = From(part) is { } from ? $" ({from} to {To(part)})" : "";
            throw Fault(
                "LT0391", design,
                all == 0
                    ? $"the {name} part{stretch} holds no decision; the data runs from {CalendarDay.Iso(rows.Known.Min())} "
                    + $"to {CalendarDay.Iso(rows.Known.Max())}"
                    : $"the {name} part{stretch} holds {all} decisions, and no label of them is known in time",
                all == 0 ? "move the stretches into the data" : "lengthen the gap to the label's delay, or bring later labels");
        }
    }

    private string? From(SplitPart part) => Periods.TryGetValue(part, out var p) ? CalendarDay.Iso(p.From) : null;

    private string? To(SplitPart part) => Periods.TryGetValue(part, out var p) ? CalendarDay.Iso(p.To) : null;

    private int[] Where(SplitPart part, bool[]? condition)
    {
        var found = new List<int>();
        for (var i = 0; i < Parts.Length; i++)
        {
            if (Parts[i] == part && (condition is null || condition[i])) { found.Add(i); }
        }
        return [.. found];
    }
}
