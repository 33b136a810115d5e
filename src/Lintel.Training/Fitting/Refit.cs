using System.Collections.Immutable;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary><c>refit: now</c>: the recipe and settings that were judged, fitted again on every decision whose label is known at the
/// end of the data; what serves.</summary>
internal sealed record Refit(FittedSystem System, ImmutableArray<ThresholdMargins> Thresholds, RefitResult Result)
{
    private const long Day = DecidedRows.DayMicroseconds;

    /// <param name="judged">The system that was judged, whose alerts on the last week are compared.</param>
    public static Refit Make(
        Preparation prepared, Replay replay, SystemFitter fitter, IReadOnlyDictionary<string, object> settings,
        FittedSystem judged, ImmutableArray<ThresholdMargins> judgedThresholds)
    {
        var compiled = prepared.Compiled;
        var from = prepared.Split.Periods[SplitPart.Train].From;
        var examples = replay.Examples;
        int[] rows = [.. Enumerable.Range(0, examples.Count)
            .Where(r => examples.Known[r] >= from && examples.LabelKnown[r] != LabelColumn.Never)];
        var chain = ForwardChain.Make(rows, examples.Known, examples.LabelKnown, SystemRecipe.Blocks, prepared.Split.Gap);
        var fitted = fitter.Fit(rows, chain, settings);

        var thresholds = judgedThresholds;
        if (compiled.Plan.Thresholds.Length > 0)
        {
            int[] recent = [.. chain.Folds[^1].Score.Where(r => replay.Registers.Has(r)
                && fitted.OutOfFold.All(scores => !double.IsNaN(scores[r])))];
            var choosing = ScoredRows.With(
                prepared, replay.Registers, fitted.Graph, recent, Margins(fitted, recent));
            thresholds = ThresholdSolver.Solve(compiled.Policy, compiled.Plan, choosing.Decided()).Thresholds;
        }

        var end = examples.Known.Max();
        int[] week = [.. Enumerable.Range(0, examples.Count).Where(r => examples.Known[r] > end - (7 * Day) && replay.Registers.Has(r))];
        var before = Alerts(prepared, replay, judged, judgedThresholds, week);
        var after = Alerts(prepared, replay, fitted, thresholds, week);
        return new(fitted, thresholds, new(
            CalendarDay.Iso(examples.Known[rows[0]]), CalendarDay.Iso(examples.Known[rows[^1]]), rows.Length,
            before, after, Agree(before, after, week.Length)));
    }

    /// <summary>Out-of-fold margins of every model of features, and over them the combiners that serve: those of single folds weigh
    /// otherwise, so their margins stand on another scale than the thresholds will. A combiner has a handful of weights; what it
    /// gains by having seen these rows is nothing beside that.</summary>
    private static double[][] Margins(FittedSystem fitted, int[] rows)
    {
        var margins = new double[fitted.Graph.Nodes.Length][];
        for (var n = 0; n < margins.Length; n++)
        {
            var node = fitted.Graph.Nodes[n];
            margins[n] = node.Combiner is { } combiner
                ? [.. Enumerable.Range(0, rows.Length).Select(i => combiner.Score([.. node.Inputs.Select(input => margins[input][i])]))]
                : [.. rows.Select(r => fitted.OutOfFold[n][r])];
        }
        return margins;
    }

    /// <summary>Share of decisions that are not simply let pass; 0 where no rule decides.</summary>
    private static double Alerts(Preparation prepared, Replay replay, FittedSystem system, ImmutableArray<ThresholdMargins> thresholds, int[] rows)
    {
        var compiled = prepared.Compiled;
        if (compiled.Policy.Rules.Count == 0) { return 0; }
        var scored = ScoredRows.Of(prepared, replay.Examples, replay.Registers, system.Graph, rows);
        var passing = OutcomeDesign.Passing(prepared.Design.OutcomeDesigns);
        var ruleOf = ThresholdSolver.Apply(compiled.Policy, compiled.Plan, thresholds, scored.Decided());
        return ruleOf.Count(rule => compiled.Policy.OutcomeOf(rule) != passing) / (double)Math.Max(1, rows.Length);
    }

    /// <summary>Within a quarter of each other, or within two standard errors of a share over as many decisions.</summary>
    private static bool Agree(double judged, double served, int count)
    {
        var error = 2 * Math.Sqrt(2 * judged * (1 - judged) / Math.Max(1, count));
        return Math.Abs(served - judged) <= Math.Max(0.25 * judged, error);
    }
}

/// <summary>What every fit of the recipe shares.</summary>
internal static class SystemRecipe
{
    /// <summary>Time blocks that out-of-fold scores are chained over: four of five are scored.</summary>
    public const int Blocks = 5;
}
