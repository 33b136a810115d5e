using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Review;

/// <summary>What the rules look at: a design, the evidence there is, and the figures that several rules share, each computed once
/// and only when a rule asks for it. Not thread-safe.</summary>
public sealed class ReviewSubject
{
    private readonly Lazy<double[]> _labelDelays;
    private readonly Lazy<PartCount[]?> _parts;

    public ReviewSubject(SystemDesign design, ReviewEvidence? evidence)
    {
        Design = design;
        Evidence = evidence ?? new ReviewEvidence();
        _labelDelays = new(MeasureDelays);
        _parts = new(CountParts);
    }

    public SystemDesign Design { get; }

    public ReviewEvidence Evidence { get; }

    public EventHistory? History => Evidence.History;

    /// <summary>Records of the decided event; null without records.</summary>
    public EventTable? Decided => History?.Tables[Design.Decision.Each.Number];

    /// <summary>Times of the decided event, microseconds since 1970 UTC, ascending; empty without records.</summary>
    public double[] Times => Decided is { RowCount: > 0 } table ? table.Columns[ColumnOf(table.Event, ColumnKind.Time)] : [];

    /// <summary>Instant at which a label became known less the time of what it is about, microseconds, ascending; empty without
    /// records.</summary>
    public double[] LabelDelays => _labelDelays.Value;

    /// <summary>Rows and positives of a part; null when the split or the labels are not known yet.</summary>
    public PartCount? Count(SplitPart part) => _parts.Value?[(int)part];

    /// <summary>Labels are values, not classes.</summary>
    public bool HasValues => Design.Decision.Kind == DecisionKind.Regression;

    /// <summary>Share of positives among the decisions whose label is known; null without labels.</summary>
    public double? BaseRate
    {
        get
        {
            if (Evidence.Labels is not { } labels) { return null; }
            var known = labels.Count(static y => !double.IsNaN(y));
            return known == 0 ? null : (double)labels.Count(static y => y == 1) / known;
        }
    }

    /// <summary>Longest window of a feature, with the feature; null without windows.</summary>
    public (FeatureDesign Feature, Expression.Aggregate Aggregate)? LongestWindow =>
        Design.Features
            .SelectMany(static f => ExpressionTree.Of<Expression.Aggregate>(f.Value).Select(a => (f, a)))
            .Where(static x => x.a.WindowMicroseconds is not null)
            .OrderByDescending(static x => x.a.WindowMicroseconds)
            .Cast<(FeatureDesign, Expression.Aggregate)?>()
            .FirstOrDefault();

    /// <summary>Index of the first column of a kind; −1 when the event has none.</summary>
    public static int ColumnOf(EventDesign each, ColumnKind kind)
    {
        for (var c = 0; c < each.InheritedFrom; c++)
        {
            if (each.Columns[c].Kind == kind) { return c; }
        }
        return -1;
    }

    /// <summary>The line that a requirement stands on; the first line when it is not there.</summary>
    public SourceSpan RequirementAt(string key) => Design.Requirements.At.GetValueOrDefault(key);

    private double[] MeasureDelays()
    {
        if (History is not { } history) { return []; }
        var delays = new List<double>();
        foreach (var source in Design.Decision.Label)
        {
            var table = history.Tables[source.Event.Number];
            var known = ColumnOf(source.Event, ColumnKind.Known);
            var time = ColumnOf(source.Event, ColumnKind.Time);
            if (known < 0 || time < 0) { continue; }
            var each = Design.Decision.Each;
            var isTold = source.Event.About?.Event == each || source.Row is not null;
            var decisions = isTold ? new DecisionsAbout(history, source.Event) : null;
            var times = Times;
            for (var row = 0; row < table.RowCount; row++)
            {
                var told = false;
                foreach (var decision in decisions is null ? [] : decisions.Of(row))
                {
                    if (decision < 0) { continue; }
                    told = true;
                    delays.Add(table.Columns[known][row] - times[decision]);
                }
                if (!told && source.Row is null) { delays.Add(table.Columns[known][row] - table.Columns[time][row]); }
            }
        }
        delays.RemoveAll(double.IsNaN);
        delays.Sort();
        return [.. delays];
    }

    private PartCount[]? CountParts()
    {
        if (Evidence is not { Parts: { } parts, Labels: { } labels }) { return null; }
        var counts = new PartCount[4];
        for (var row = 0; row < parts.Length; row++)
        {
            var (rows, positives) = counts[(int)parts[row]];
            counts[(int)parts[row]] = new(rows + 1, positives + (labels[row] == 1 ? 1 : 0));
        }
        return counts;
    }
}

/// <summary>How many decisions a part of the split holds, and how many of them are positive.</summary>
public readonly record struct PartCount(int Rows, int Positives)
{
    public double Share => Rows == 0 ? double.NaN : (double)Positives / Rows;
}
