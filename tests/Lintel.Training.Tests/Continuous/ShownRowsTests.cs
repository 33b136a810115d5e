using Lintel.Pipeline.Live;
using Lintel.Training.Continuous;
using Lintel.Training.Tests.Ranking;

namespace Lintel.Training.Tests.Continuous;

public sealed class ShownRowsTests
{
    private const long Shown = 1_000_000;

    private readonly List<(float[] Features, float Label)> _learned = [];

    [Fact]
    public void A_row_has_what_its_page_recorded_and_what_only_the_impression_knows()
    {
        using var ads = new SmallAds();
        var (rows, waiting, show) = Begin(ads);
        rows.Decided(Page(root: 1, [1, 2, 0.5]), 7);
        rows.PageCount.ShouldBe(1);

        show(7, "a1", 2);

        (rows.PageCount, waiting.Count, rows.Unheard).ShouldBe((0, 1, 0));
        waiting.Pass(Shown + (30 * SmallAds.Minute));
        // position, bid, rate
        _learned.ShouldHaveSingleItem().Features.ShouldBe([2, 2, 0.5f]);
        _learned[0].Label.ShouldBe(0);
    }

    [Theory]
    [InlineData(2, 3)]                                      // another root's codes and features mean something else
    [InlineData(1, 0)]                                      // shown because scoring failed
    public void Pages_of_another_root_and_without_features_are_not_remembered(int root, int features)
    {
        using var ads = new SmallAds();
        var (rows, waiting, show) = Begin(ads);
        rows.Decided(Page(root, new double[features]), 7);

        show(7, "a1", 1);

        (rows.PageCount, waiting.Count, rows.Unheard).ShouldBe((0, 0, 1));
    }

    private (ShownRows Rows, WaitingRows Waiting, Action<int, string, double> Show) Begin(SmallAds ads)
    {
        var compiled = ads.Prepare().Compiled;
        var ranking = compiled.Design.Decision.Ranking!;
        var waiting = new WaitingRows(
            ranking.Labels[0].Sources, ofShown: true, compiled.Plan, long.MaxValue / 4, (row, label, _) => _learned.Add((row.Features, label)));
        var rows = new ShownRows(1, compiled, waiting);
        void Show(int request, string ad, double position)
        {
            var values = new double[ranking.Shown!.Columns.Length];
            values[0] = Shown;
            values[ranking.Shown.FindKey("ad")] = compiled.Dictionaries["ad"].Find(ad);
            values[ranking.Shown.Columns.ToList().FindIndex(static c => c.Name == "position")] = position;
            rows.Take(new() { Type = ranking.Shown.Number, Number = 0, Subject = request, Known = Shown, Values = values }, []).ShouldBeTrue();
        }

        return (rows, waiting, Show);
    }

    private static DecisionRecord Page(int root, double[] features)
    {
        var decision = new DecisionRecord { Version = 3, Root = root, Page = new() };
        decision.Page.Shown.Add(new("a1", 0.5, 1, 0, [1], features));
        return decision;
    }
}
