using Lintel.Models.Clicks;
using Lintel.Worlds.Queries;
using Xunit.Abstractions;

namespace Lintel.Worlds.Tests.Queries;

/// <summary>Click models judged by the truth: what they say of examination and of relevance.</summary>
public sealed class ClickModelTests(ITestOutputHelper output)
{
    /// <summary>Exposures below which a pair's estimate is the prior's rather than its own.</summary>
    private const double Enough = 30;

    [Fact]
    public void Position_based_clicks_find_examination_and_relevance()
    {
        var truth = QueriesTruth.Of(new());
        var log = Log(truth);
        var drawn = ExaminationCurve.FromRandomised(log);
        var fitted = PositionBasedClicks.Fit(log);
        var given = PositionBasedClicks.Fit(log, drawn);
        for (var place = 1; place <= truth.Options.Places; place++)
        {
            output.WriteLine(
                $"place {place}: drawn {drawn[place]:0.000} ± {drawn.Error(place):0.000}, from pairs {fitted.Examination[place]:0.000} ± {fitted.Examination.Error(place):0.000}, truth {QueriesTruth.Examined(place):0.000}");
            // trust adds to the first places, so that the others stand a little lower beside them
            drawn[place].ShouldBe(QueriesTruth.Examined(place), (3.3 * drawn.Error(place)) + 0.1);
            fitted.Examination[place].ShouldBe(drawn[place], (3.3 * drawn.Error(place)) + 0.05);
        }
        var (ofTruth, ofFitted) = Ndcg(truth, log, pair => fitted.Attractive(pair), "fitted");
        Math.Abs(ofFitted - ofTruth).ShouldBeLessThan(0.02);
        var (_, ofGiven) = Ndcg(truth, log, pair => given.Attractive(pair), "with the drawn curve");
        Math.Abs(ofGiven - ofTruth).ShouldBeLessThan(0.02);
        // the share of clicks as it stands takes what stands high for good
        var naive = PositionBasedClicks.Fit(log, ExaminationCurve.Of([.. Enumerable.Repeat(1.0, log.Places)]));
        var (_, ofNaive) = Ndcg(truth, log, pair => naive.Attractive(pair), "share of clicks");
        ofNaive.ShouldBeGreaterThan(ofTruth + 0.03);
    }

    [Fact]
    public void Cascade_finds_how_many_go_on_and_relevance()
    {
        var truth = QueriesTruth.Of(new() { UserModel = UserModel.Cascade });
        var log = Log(truth);
        var fitted = CascadeClicks.Fit(log);
        output.WriteLine($"goes on: {fitted.GoesOn:0.000}");
        fitted.GoesOn.ShouldBe(ClickUser.GoesOn, 0.03);
        var (ofTruth, ofFitted) = Ndcg(truth, log, pair => fitted.Attractive(pair), "cascade");
        Math.Abs(ofFitted - ofTruth).ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Intervals_of_attractiveness_hold_the_truth_nearly_always()
    {
        var truth = QueriesTruth.Of(new() { Trust = 0 });
        var log = Log(truth);
        var fitted = PositionBasedClicks.Fit(log, ExaminationCurve.FromRandomised(log));
        var (held, all) = (0, 0);
        for (var query = 0; query < truth.QueryCount; query++)
        {
            foreach (var document in truth.Judged(query).Select(static j => j.Document))
            {
                if (log.PairOf(query, document) is not (>= 0 and var pair) || fitted.Attractive(pair) is not { Exposure: >= Enough } estimate) { continue; }
                var attractive = QueriesTruth.Attractive(truth.Grade(query, document));
                held += attractive >= estimate.Low && attractive <= estimate.High ? 1 : 0;
                all++;
            }
        }
        output.WriteLine($"{held} of {all} intervals hold: {(double)held / all:0.000}");
        ((double)held / all).ShouldBeInRange(0.9, 0.99);
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

    /// <summary>Mean nDCG@10 of the old ranker's own order over what was shown often enough, by grades and by clicks.</summary>
    private (double Truth, double Clicks) Ndcg(QueriesTruth truth, ClickLog log, Func<int, ClickEstimate> attractive, string name)
    {
        var own = new Dictionary<int, int[]>();
        for (var search = 0; search < truth.SearchCount; search++)
        {
            if (!truth.IsExplored(search)) { own[truth.QueryOf(search)] = truth.Shown(search); }
        }
        List<(double Truth, double Clicks)> queries = [];
        foreach (var (query, page) in own)
        {
            ClickEstimate[] estimates = [.. page.Select(d => attractive(log.PairOf(query, d)))];
            if (page.Length < 5 || estimates.Any(static e => e.Exposure < Enough)) { continue; }
            double[] grades = [.. page.Select(d => Math.Pow(2, truth.Grade(query, d)) - 1)];
            // what is clicked without being relevant is no gain
            double[] clicks = [.. estimates.Select(static e => Math.Max(0, e.Value - QueriesTruth.Attractive(0)))];
            if (grades.Max() > 0) { queries.Add((Of(grades), Of(clicks))); }
        }
        var (ofTruth, ofClicks) = (queries.Average(static q => q.Truth), queries.Average(static q => q.Clicks));
        var error = Math.Sqrt(queries.Average(q => Math.Pow(q.Clicks - q.Truth - (ofClicks - ofTruth), 2)) / queries.Count);
        output.WriteLine($"{name}: {queries.Count} queries, nDCG@10 by truth {ofTruth:0.0000}, by clicks {ofClicks:0.0000}, difference ± {error:0.0000}");
        return (ofTruth, ofClicks);

        static double Of(double[] gains)
        {
            double Sum(IEnumerable<double> order) => order.Take(10).Select(static (g, i) => g / Math.Log2(i + 2)).Sum();
            var best = Sum(gains.OrderDescending());
            return best == 0 ? 0 : Sum(gains) / best;
        }
    }
}
