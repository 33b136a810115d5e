using System.Diagnostics;
using Lintel.Models.Clicks;
using Lintel.Worlds.Queries;

namespace Lintel.Bench.Worlds;

/// <summary>Click models over the log of the search world: seconds of a fit, and nDCG@10 of the old ranker's pages by clicks beside the
/// truth's, over queries all of whose documents were examined often enough. Arguments: least expected examinations (30).</summary>
/// <remarks>The gain of a document is its attractiveness above that of what is not relevant at all, which the world states.</remarks>
internal static class ClickModelBench
{
    public static int Run(string[] arguments)
    {
        var enough = arguments.Length > 0 ? double.Parse(arguments[0]) : 30;
        foreach (var model in new[] { UserModel.PositionBased, UserModel.Cascade })
        {
            var truth = QueriesTruth.Of(new() { UserModel = model });
            var log = Log(truth);
            Console.WriteLine($"{model}: {log.PageCount:N0} pages, {log.ImpressionCount:N0} impressions of {log.PairCount:N0} pairs");
            var even = ExaminationCurve.Of([.. Enumerable.Repeat(1.0, log.Places)]);
            Report("share of clicks", () => PositionBasedClicks.Fit(log, even).Attractive);
            Report("position-based, curve from randomised pages", () => PositionBasedClicks.Fit(log, ExaminationCurve.FromRandomised(log)).Attractive);
            Report("position-based, curve from pairs", () => PositionBasedClicks.Fit(log).Attractive);
            Report("cascade", () => CascadeClicks.Fit(log).Attractive);

            void Report(string name, Func<Func<int, ClickEstimate>> fit)
            {
                var started = Stopwatch.GetTimestamp();
                var attractive = fit();
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                var (queries, ofTruth, ofClicks) = Ndcg(truth, log, attractive, enough);
                Console.WriteLine($"  {name,-44} {seconds,5:0.0} s  {queries,4} queries: nDCG@10 by truth {ofTruth:0.0000}, by clicks {ofClicks:0.0000}");
            }
        }
        return 0;
    }

    private static ClickLog Log(QueriesTruth truth)
    {
        var log = new ClickLog();
        for (var search = 0; search < truth.SearchCount; search++)
        {
            var shown = truth.Shown(search);
            bool[] clicked = [.. Enumerable.Range(1, shown.Length).Select(place => truth.IsClicked(search, place))];
            log.Add(truth.QueryOf(search), shown, clicked, truth.IsExplored(search));
        }
        return log;
    }

    private static (int Queries, double Truth, double Clicks) Ndcg(QueriesTruth truth, ClickLog log, Func<int, ClickEstimate> attractive, double enough)
    {
        var own = new Dictionary<int, int[]>();
        for (var search = 0; search < truth.SearchCount; search++)
        {
            if (!truth.IsExplored(search)) { own[truth.QueryOf(search)] = truth.Shown(search); }
        }
        var (queries, ofTruth, ofClicks) = (0, 0.0, 0.0);
        foreach (var (query, page) in own)
        {
            ClickEstimate[] estimates = [.. page.Select(d => attractive(log.PairOf(query, d)))];
            if (page.Length < 5 || estimates.Any(e => e.Exposure < enough)) { continue; }
            double[] grades = [.. page.Select(d => Math.Pow(2, truth.Grade(query, d)) - 1)];
            if (grades.Max() == 0) { continue; }
            queries++;
            ofTruth += Of(grades);
            ofClicks += Of([.. estimates.Select(static e => Math.Max(0, e.Value - QueriesTruth.Attractive(0)))]);
        }
        return (queries, ofTruth / queries, ofClicks / queries);

        static double Of(double[] gains)
        {
            double Sum(IEnumerable<double> order) => order.Take(10).Select(static (g, i) => g / Math.Log2(i + 2)).Sum();
            var best = Sum(gains.OrderDescending());
            return best == 0 ? 0 : Sum(gains) / best;
        }
    }
}
