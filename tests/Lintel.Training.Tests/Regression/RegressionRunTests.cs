using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Report;

namespace Lintel.Training.Tests.Regression;

/// <summary>A regression from files to a version: labels of siblings, censoring, residuals, quantiles in order, figures.</summary>
public sealed class RegressionRunTests : IClassFixture<RegressionRunTests.Made>
{
    private readonly Made _made;

    public RegressionRunTests(Made made) => _made = made;

    public sealed class Made : IDisposable
    {
        internal Deliveries Deliveries { get; } = new();

        internal TrainingResult Result { get; }

        public Made() => Result = Deliveries.Train();

        public void Dispose() => Deliveries.Dispose();
    }

    private VersionManifest Manifest => _made.Result.Manifest;

    [Fact]
    public void Several_asks_share_one_label_event()
    {
        var prepared = _made.Result.Prepared;
        var ids = prepared.Decided.Ids;
        var rows = Enumerable.Range(0, prepared.Decided.RowCount).ToDictionary(r => ids[r]);
        var (first, second) = (rows["a0"], rows["b0"]);
        // eight minutes less five seconds lie between both asks
        (prepared.Labels.Values[first] - prepared.Labels.Values[second]).ShouldBe(8f - (5 / 60f), 1e-3f);
        prepared.Labels.Known[first].ShouldBe(prepared.Labels.Known[second]);
    }

    [Fact]
    public void What_was_cancelled_is_counted_and_stood_for()
    {
        var censored = Manifest.Estimate!.Censored!;
        censored.Event.ShouldBe("cancelled");
        // an order with two asks leaves two without a label
        (censored.Train + censored.Validate + censored.Test).ShouldBeInRange((int)(0.8 * _made.Deliveries.Cancelled), 2 * _made.Deliveries.Cancelled);
        censored.LargestWeight.ShouldBeInRange(1.05, 3);
        Manifest.Findings.ShouldNotContain(static f => f.Code == "LT0433", "what the design names is no riddle");
        var prepared = _made.Result.Prepared;
        var labelled = prepared.Split.Rows(Lintel.Training.Splits.SplitPart.Train);
        // long waits stand for more: the weighted mean is longer
        labelled.Average(r => prepared.Labels.Values[r]).ShouldBeLessThan(
            labelled.Sum(r => (float)prepared.Weights![r] * prepared.Labels.Values[r]) / labelled.Sum(r => (float)prepared.Weights![r]));
    }

    [Fact]
    public void The_estimate_is_far_better_than_trivial_ones_and_its_range_keeps_its_word()
    {
        var mae = Manifest.Metrics["mae"];
        mae.Test!.Value.ShouldBeLessThan(0.6 * mae.Baselines["median"]!.Value);
        mae.Baselines["median"]!.Value.ShouldBeLessThan(mae.Baselines["mean"]!.Value);
        Manifest.Models.Keys.ShouldBe(["minutes", "usual"]);
        Manifest.Models["usual"]["mae"].ShouldBe(mae.Baselines["median"]);
        Manifest.Metrics["coverage@80%"].Test!.Value.ShouldBe(0.8, 0.12);
        Manifest.Metrics["crps"].Test!.Value.ShouldBeLessThan(mae.Test.Value);
        Manifest.Gates.ShouldHaveSingleItem().Holds.ShouldBe(true);
        Manifest.Slices.ShouldAllBe(static s => s.Judged);
    }

    [Fact]
    public void Deciles_and_quantiles_are_told()
    {
        var estimate = Manifest.Estimate!;
        estimate.Quantiles.Select(static q => q.Model).ShouldBe(["minutes@10%", "minutes", "minutes@90%"]);
        estimate.Ranges.ShouldBe([0.8]);
        estimate.Deciles.Count.ShouldBe(10);
        estimate.Deciles.Sum(static d => d.Rows).ShouldBe(Manifest.Rows.Test);
        estimate.Deciles.Select(static d => d.Estimated).ShouldBe(estimate.Deciles.Select(static d => d.Estimated).Order());
        foreach (var decile in estimate.Deciles) { decile.Actual.ShouldBe(decile.Estimated, 4); }
    }

    [Fact]
    public void A_version_read_again_scores_the_same_and_its_quantiles_are_in_order()
    {
        var version = SystemVersion.Load(_made.Result.Folder, Deliveries.Kinds);
        var run = EvaluationRun.Decide(version, _made.Result.Prepared, _made.Result.Replay!);
        var nodes = version.Graph.Nodes.Length;
        var names = version.Design.Quantiles.Select(m => version.Graph.IndexOf(m.Name)).ToArray();
        var plan = version.Compiled.Plan;
        var (registers, parts) = (new double[plan.RegisterCount], new double[plan.FeatureCount]);
        for (var place = 0; place < run.Rows.Length; place++)
        {
            double[] quantiles = [.. names.Select(n => run.Margins[(place * nodes) + n])];
            quantiles.ShouldBe(quantiles.Order());
            run.Decisions[place].Rule.ShouldBe(-1);
            run.Decisions[place].Margin.ShouldBe(quantiles[1]);
            if (place % 50 != 0) { continue; }
            _made.Result.Replay!.Registers.Read(run.Rows[place], registers);
            version.Score(registers);
            var why = Explanation.Of(version, registers);
            // the base model's parts are among them: everything adds up to the estimate in minutes
            (why.Base + why.Contributions.Sum(static c => c.Added)).ShouldBe(quantiles[1], 1e-9);
            // codes of keys are shown as what they stand for, numbers as they are
            why.Contributions.Single(static c => c.Feature == "store").Text.ShouldNotBeNullOrEmpty();
            why.Contributions.Single(static c => c.Feature == "route").Text.ShouldBeNull();
            why.Policy.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Batch_and_row_score_the_same_bits()
    {
        var version = SystemVersion.Load(_made.Result.Folder, Deliveries.Kinds);
        var examples = _made.Result.Replay!.Examples;
        int[] rows = [.. Enumerable.Range(0, 300)];
        var batch = version.Graph.ScoreRows(examples.Gather(rows, [.. Enumerable.Range(0, examples.FeatureCount)]), examples.FeatureCount);
        var (features, scores) = (new double[examples.FeatureCount], new double[2 * version.Graph.Nodes.Length]);
        foreach (var row in rows)
        {
            for (var f = 0; f < features.Length; f++) { features[f] = examples.Row(row)[f]; }
            version.Graph.Score(features, scores);
            for (var n = 0; n < batch.Length; n++) { scores[2 * n].ShouldBe(batch[n][row]); }
        }
    }

    [Fact]
    public void Reevaluation_and_another_run_give_the_same_figures()
    {
        var again = Reevaluation.Run(Manifest.Version, _made.Deliveries.Request);
        again.Metrics["mae"].Test.ShouldBe(Manifest.Metrics["mae"].Test);
        again.Metrics["crps"].Interval.ShouldBe(Manifest.Metrics["crps"].Interval);
    }

    [Fact]
    public void The_report_draws_actual_by_estimated()
    {
        var page = ReportPage.Write(Manifest, "design");
        page.ShouldContain("Actual by estimated");
        page.ShouldContain("Coverage by tenth");
        page.ShouldNotContain("base rate");
        page.ShouldNotContain("positives");
    }

    [Fact]
    public void A_field_that_is_written_after_the_delivery_is_found_from_the_data()
    {
        using var leaking = new Deliveries(10, ("fields: { route: number }", "fields: { route: number, told: number }"));
        var blocked = Should.Throw<ReviewBlockedException>(() => leaking.Train());
        blocked.Message.ShouldContain("the field 'told' alone orders the labels almost perfectly");
    }

    [Fact]
    public void A_residual_over_a_feature_and_the_other_losses_train_too()
    {
        foreach (var loss in new[] { "squared", "absolute", "huber" })
        {
            using var deliveries = new Deliveries(8,
                ("quantiles: [10%, 50%, 90%], residual over: usual", $"objective: {loss}, residual over: route"));
            var manifest = deliveries.Train().Manifest;
            manifest.Metrics["mae"].Test!.Value.ShouldBeLessThan(0.6 * manifest.Metrics["mae"].Baselines["mean"]!.Value, loss);
            manifest.Metrics["coverage@80%"].Test.ShouldBeNull();
        }
    }
}
