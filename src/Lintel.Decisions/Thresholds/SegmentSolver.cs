using System.Collections.Immutable;
using System.Globalization;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Solves a threshold for each value of its segment, over the decisions of that value that reach the rule.</summary>
/// <remarks>A segment falls back to the threshold of all when it has too few decisions to choose among, too few positives for a
/// precision or a recall, or no margin that reaches the goal: a bound from a handful of cases is chance. It says so.</remarks>
internal static class SegmentSolver
{
    /// <summary>Decisions that a threshold of its own is chosen among, at least.</summary>
    public const int FewestDecisions = 50;

    /// <summary>Positives among them, at least, where the goal speaks of positives.</summary>
    public const int FewestPositives = 5;

    public static ImmutableArray<SolvedSegment> Solve(
        RuleThreshold threshold, IReadOnlyDictionary<double, Candidates> segments, DecidedRows rows, FeaturePlan plan)
    {
        var solved = ImmutableArray.CreateBuilder<SolvedSegment>(segments.Count);
        foreach (var (value, candidates) in segments)
        {
            var text = ThresholdRegisters.TextOf(plan, threshold.Node, value)!;
            var decisions = candidates.Margins.Count;
            var positives = candidates.Labels.Count(static l => l > 0);
            var fault = TooFew(threshold.Node.Goal, decisions, positives);
            double? margin = null;
            if (fault is null)
            {
                (margin, fault) = ThresholdSolver.Solve(threshold, candidates, rows);
                if (margin is { } m && threshold.Strict) { margin = Math.BitDecrement(m); }
            }
            solved.Add(new(text, value, margin, decisions, positives, fault));
        }
        return [.. solved.OrderByDescending(static s => s.Candidates).ThenBy(static s => s.Value, StringComparer.Ordinal)];
    }

    private static string? TooFew(Design.Expressions.ThresholdGoal goal, int decisions, int positives)
    {
        if (decisions < FewestDecisions)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{decisions} decisions, fewer than {FewestDecisions}");
        }
        return goal is not Design.Expressions.ThresholdGoal.Top && positives < FewestPositives
            ? string.Create(CultureInfo.InvariantCulture, $"{positives} positives, fewer than {FewestPositives}")
            : null;
    }
}

/// <summary>What solving found for one value of a segment.</summary>
/// <param name="Value">As a text; <paramref name="Code"/> is its register value.</param>
/// <param name="Margin">Null: the threshold of all stands there.</param>
/// <param name="Candidates">Decisions among which the threshold chose.</param>
/// <param name="Fault">Why it has none of its own.</param>
public sealed record SolvedSegment(
    string Value, double Code, double? Margin, int Candidates, int Positives, string? Fault);
