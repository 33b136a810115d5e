using Lintel.Events;
using Lintel.Pipeline.Ranking;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

/// <summary>Examples of shown items: what only training knows, and labels that have their time.</summary>
public sealed class ShownExampleTests
{
    [Theory]
    [InlineData(1, 29, 1)]
    [InlineData(1, 30, 1)]
    [InlineData(1, 31, 0)]
    [InlineData(2, 30, 1)]
    [InlineData(2, 31, 0)]
    public void A_click_counts_within_the_time_after_its_impression(int position, int minutes, double gain)
    {
        using var ads = new SmallAds();
        var labels = ads.Click(0, position, minutes).Prepare().Pairs!;
        labels.Gain(0, position - 1, 0).ShouldBe(gain);
        labels.Gain(0, 2 - position, 0).ShouldBe(0);
    }

    [Fact]
    public void A_click_that_comes_twice_is_one()
    {
        using var ads = new SmallAds();
        var prepared = ads.Click(0, 1, 5).Click(0, 1, 5).Click(0, 1, 20).Click(1, 2, 50).Click(1, 2, 10).Prepare();
        prepared.Pairs!.Gain(0, 0, 0).ShouldBe(1);
        // the one that came too late takes nothing from the one in time, in whatever order the file has them
        prepared.Pairs.Gain(1, 2, 0).ShouldBe(1);
        prepared.Labels.Values.Where(static v => !float.IsNaN(v)).Sum().ShouldBe(2);
    }

    [Fact]
    public void A_click_that_is_logged_before_its_impression_or_of_none_is_no_fault()
    {
        using var ads = new SmallAds();
        var prepared = ads.Click(2, 1, -1).Click(3, 1, -30).Click(40, 1, 1).Click(5, 1, 5).Prepare();
        prepared.Pairs!.Gain(5, 2, 0).ShouldBe(1);
        prepared.Labels.Values.Where(static v => !float.IsNaN(v)).Sum().ShouldBeInRange(1, 3);
        prepared.History.Report.Findings.ShouldHaveSingleItem().Reason.ShouldBe("unknown impression");
    }

    [Fact]
    public void A_label_is_known_when_its_time_has_passed()
    {
        using var ads = new SmallAds();
        // the last record is the last impression: nothing says what becomes of it
        var prepared = ads.Click(3, 1, 5).Prepare();
        for (var r = 0; r < SmallAds.Requests - 1; r++)
        {
            prepared.Labels.Known[r].ShouldBe(SmallAds.Hour(r) + (32 * SmallAds.Minute));
            prepared.Labels.Values[r].ShouldBe(r == 3 ? 1 : 0);
        }
        prepared.Labels.Known[^1].ShouldBe(LabelColumn.Never);
        prepared.Labels.Values[^1].ShouldBe(float.NaN);
    }

    [Fact]
    public void Shown_rows_have_their_position_and_candidates_the_constant()
    {
        using var ads = new SmallAds();
        var prepared = ads.Click(3, 2, 5).Prepare();
        var retriever = CandidateRetriever.Fit(prepared.Design, prepared.History, long.MaxValue, null, new(1, 1, null, default));
        var stage = new RankingStage("test", long.MaxValue, null, [.. Enumerable.Range(0, 9)], AtEnd: false);

        var made = ExampleMaker.Make(prepared, stage, retriever, seed: 1, NoProgress.Instance, default).Examples;

        made.Count.ShouldBe(18);
        for (var row = 0; row < made.Count; row++)
        {
            made.Features[row * made.FeatureCount].ShouldBe(1 + (row % 2));
            made.Features[(row * made.FeatureCount) + 1].ShouldBe(1 + ((row / 2 + row % 2) % 3));
            made.Labels[row].ShouldBe(row == 7 ? 1 : 0);
            made.LabelKnown[row].ShouldBe(SmallAds.Hour(row / 2) + (32 * SmallAds.Minute));
        }
        var served = 0;
        RequestPass.Run(prepared, stage, retriever, (int row, in EventRecord record, PageRequest request, RankingEngine _) =>
        {
            for (var c = 0; c < request.Offered.Count; c++)
            {
                request.Page.Registers(c)[prepared.Compiled.Plan.FeatureStart].ShouldBe(1);
                served++;
            }
        }, [], NoProgress.Instance, default);
        served.ShouldBe(27);
    }

    [Fact]
    public void A_rate_is_smoothed_towards_all()
    {
        using var ads = new SmallAds();
        var prepared = ads.Click(0, 1, 5).Click(1, 1, 5).Prepare();
        var plan = prepared.Compiled.Plan;
        var retriever = CandidateRetriever.Fit(prepared.Design, prepared.History, long.MaxValue, null, new(1, 1, null, default));
        var rates = new Dictionary<int, double>();
        RequestPass.Run(prepared, new("test", long.MaxValue, null, [2], AtEnd: false), retriever,
            (int row, in EventRecord record, PageRequest request, RankingEngine _) =>
        {
            for (var c = 0; c < request.Offered.Count; c++) { rates[request.Offered.Items[c]] = request.Page.Registers(c)[plan.FeatureStart + 2]; }
        }, [], NoProgress.Instance, default);
        // a0 and a1 were clicked once of 1 and 2 times, a2 never of once; overall 2 of 4
        (rates[0], rates[1], rates[2]).ShouldBe(((1 + (2 * 0.5)) / 3, (1 + (2 * 0.5)) / 4, (2 * 0.5) / 3));
    }
}
