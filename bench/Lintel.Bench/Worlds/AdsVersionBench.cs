using System.Globalization;
using Lintel.Models;
using Lintel.Pipeline.Ranking;
using Lintel.Training.Metrics;
using Lintel.Training.Evaluation;
using Lintel.Training.Ranking;
using Lintel.Training.Splits;
using Lintel.Worlds.Ads;

namespace Lintel.Bench.Worlds;

/// <summary>The probabilities of a judged version on its test days beside the truth's own, before the drift and after it, and what its
/// auctions are worth beside the best possible ones. Arguments: the design file that <c>lintel up ad-click</c> ran, auctions that are
/// looked at (2,000).</summary>
internal static class AdsVersionBench
{
    public static int Run(string[] arguments)
    {
        var (version, prepared, training) = JudgedVersion.Of(arguments.Length > 0 ? arguments[0] : "systems/ad-click/design.yaml");
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 2_000;
        var truth = AdsTruth.Read(training.DataFolder!);
        var tests = prepared.Split.Rows(SplitPart.Test);
        int Request(int row) => int.Parse(prepared.Decided.Ids[row], CultureInfo.InvariantCulture);
        HashSet<int> asked = [.. tests.Where((_, i) => i % Math.Max(1, tests.Length / count) == 0)];
        var shown = new ExampleMaker(prepared, new("shown", 0, null, [.. tests], AtEnd: false), 1, 1, slices: false);
        var (logged, own, best) = (new AuctionRegret(truth), new AuctionRegret(truth), new AuctionRegret(truth));
        var draw = new RequestDraw(prepared, version.Manifest!.Seed);
        RequestPass.Run(prepared, new("shown", 0, null, [.. tests], AtEnd: false), version.Retriever!, (row, in record, request, engine) =>
        {
            if (asked.Contains(row))
            {
                var number = Request(row);
                version.Rank(request, draw.Of(row));
                var page = new PageRecord();
                request.Record(page);
                own.Add(number,
                    [.. page.Shown.Select(i => int.Parse(i.Item, CultureInfo.InvariantCulture))], [.. page.Shown.Select(static i => i.Price)]);
                logged.Add(number, truth.Shown(number), truth.ShownPrices(number));
                best.Add(number, truth.BestPage(number, truth.Options.Places));
            }
            shown.Take(row, record, request, engine);
        }, [], training.Progress, CancellationToken.None, asked.Contains);
        var examples = shown.Done();
        var margins = version.Graph.ScoreRows(examples.Examples.Features, examples.Examples.FeatureCount);
        var days = Array.ConvertAll(examples.RequestRows, row => truth.Day(Request(row)));
        foreach (var (name, from, to) in new[] { ("before the drift", days.Min() + 1, truth.DriftDay), ("after it", truth.DriftDay, truth.Options.Days) })
        {
            var score = truth.Score(from, to, isWithinHalfHour: true);
            Console.WriteLine($"{name}, days {from + 1} to {to}: {score.Clicks:N0} clicks; the truth's NE {score.NormalisedEntropy:0.0000}, calibration {score.Calibration:0.000}");
            int[] rows = [.. Enumerable.Range(0, days.Length).Where(i => days[i] >= from && days[i] < to)];
            for (var node = 0; node < version.Graph.Nodes.Length; node++)
            {
                if (version.Graph.Nodes[node].Scale != ScoreScale.LogOdds) { continue; }
                var points = Evaluator.Points(
                    new Judged
                    {
                        Margins = [.. rows.Select(r => margins[node][r])],
                        Probabilities = [.. rows.Select(r => version.Graph.Nodes[node].Probability(margins[node][r]))],
                        Labels = [.. rows.Select(r => examples.Examples.Labels[r])],
                        Days = [.. rows.Select(r => days[r])],
                    },
                    [Metric("normalised-entropy"), Metric("calibration"), Metric("auc")]);
                Console.WriteLine(
                    $"  {version.Graph.Nodes[node].Name,-10} NE {points["normalised-entropy"]:0.0000} ({points["normalised-entropy"] / score.NormalisedEntropy - 1:+0.0%} of the truth's), "
                    + $"calibration {points["calibration"]:0.000}, AUC {points["auc"]:0.000}");
            }
        }
        Report("shown by the logging policy", logged);
        Report("the version's auctions", own);
        Report("the best possible", best);
        return 0;
    }

    private static Lintel.Design.MetricDesign Metric(string kind) => new(kind, default, kind, null, null, IsShare: false);

    private static void Report(string name, AuctionRegret regret)
    {
        var all = regret.Results()[0];
        Console.WriteLine(
            $"{name,-28} worth {all.Value:0.000} an auction ({all.Efficiency:0%} of the best), revenue {all.Revenue:0.000}; {all.Requests:N0} auctions, slice {all.Slice}");
    }
}
