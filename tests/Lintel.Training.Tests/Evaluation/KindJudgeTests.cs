using Lintel.Training.Evaluation;

namespace Lintel.Training.Tests.Evaluation;

public sealed class KindJudgeTests
{
    [Fact]
    public void Top_takes_the_largest_margins_and_ties_share_what_is_left()
    {
        Selection.Top("m", [1, 5, 3, 3, 3, double.NaN], 3).Share.ShouldBe([0, 1, 2 / 3.0, 2 / 3.0, 2 / 3.0, 0]);
        Selection.Top("m", [1, 5, 3], 9).Share.ShouldBe([1, 1, 1]);
        Selection.Top("m", [1, 5, 3], 0).Share.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Top_beside_what_is_taken_anyway_counts_places_of_its_own()
    {
        Selection.Top("m", [1, 5, 3, 4], 1, [true, true, false, false]).Share.ShouldBe([1, 1, 0, 1]);
        Selection.Top("m", [1, 5], 1, [true, true]).Share.ShouldBe([1, 1]);
    }

    [Fact]
    public void Recall_is_counted_by_kind_and_a_kind_that_train_lacks_says_so()
    {
        var found = KindJudge.Judge(Request(novelty: true))!;
        (found.Decisions, found.NoveltyDecisions).ShouldBe((120, 60));
        found.PerDay.ShouldBe(30);
        found.Kinds.Select(static k => k.Kind).ShouldBe(["old", "rare", "new"]);
        var (old, rare, fresh) = (found.Kinds[0], found.Kinds[1], found.Kinds[2]);
        (old.Train, old.Validate, old.Test).ShouldBe((500, 90, 100));
        old.Policy.Recall.ShouldBe(0.6);
        fresh.Policy.Recall.ShouldBe(0.75);
        fresh.WithoutNovelty!.Recall.ShouldBe(0);
        fresh.WithoutNovelty.Behind.ShouldBe(0.75);
        fresh.WithoutNovelty.BehindInterval![0]!.Value.ShouldBeGreaterThan(0.5);
        (fresh.Models["known"].Recall, fresh.Models["novel"].Recall).ShouldBe((0, 1));
        (rare.Judged, rare.Policy.Interval, rare.Policy.Recall).ShouldBe((false, null, 0));
        (found.Known!.Train, found.Known.Test).ShouldBe((501, 105));
        found.Says.ShouldStartWith("Of 80 positives of 'new', which training never saw, the policy catches 75.0 % [");
        found.Says.ShouldContain("with 30 decisions a day; without its novelty rule, looking at as many, it would catch 0.0 % [");
    }

    [Fact]
    public void Interval_holds_the_recall_and_the_same_seed_gives_the_same_bits()
    {
        var (first, again) = (KindJudge.Judge(Request(true))!, KindJudge.Judge(Request(true))!);
        for (var k = 0; k < 3; k++)
        {
            again.Kinds[k].Policy.Interval.ShouldBe(first.Kinds[k].Policy.Interval);
            if (first.Kinds[k].Policy.Interval is not [{ } low, { } high]) { continue; }
            first.Kinds[k].Policy.Recall!.Value.ShouldBeInRange(low, high);
            (high - low).ShouldBeInRange(0.02, 0.6);
        }
    }

    [Fact]
    public void Policy_without_a_novelty_rule_is_compared_with_none()
    {
        var found = KindJudge.Judge(Request(novelty: false))!;
        found.Kinds.ShouldAllBe(static k => k.WithoutNovelty == null);
        found.Says.ShouldEndWith("; it has no rule of a novelty model.");
    }

    [Fact]
    public void Rows_without_a_positive_have_no_kinds()
    {
        var request = Request(true);
        KindJudge.Judge(request with { KindOf = [.. request.KindOf.Select(static _ => -1)] }).ShouldBeNull();
    }

    /// <summary>2,000 decisions of 200 cards on 4 days: 100 of the old kind first, then 5 rare, then 80 new. The policy takes 60 old and 60
    /// new ones; without its novelty rule all old ones and 20 negatives.</summary>
    private static KindRequest Request(bool novelty)
    {
        const int Count = 2_000;
        int[] kinds = [.. Enumerable.Range(0, Count).Select(static i => i < 100 ? 1 : i < 105 ? 2 : i < 185 ? 0 : -1)];
        var known = Enumerable.Range(0, Count).Select(static i => i < 100 ? 3.0 : i >= 185 ? 2 - (i / 1e4) : 0).ToArray();
        var strange = Enumerable.Range(0, Count).Select(static i => i is >= 105 and < 185 ? 3.0 : -i).ToArray();
        bool[] old = [.. Enumerable.Range(0, Count).Select(static i => i < 60)];
        return new()
        {
            Rows = new()
            {
                Margins = known,
                Labels = [.. kinds.Select(static k => k >= 0 ? 1f : 0)],
                Days = [.. Enumerable.Range(0, Count).Select(static i => i % 4)],
                Keys = new Dictionary<string, int[]> { ["card"] = [.. Enumerable.Range(0, Count).Select(static i => i / 2 % 200)] },
            },
            KindOf = kinds,
            Names = ["new", "old", "rare"],
            Train = [0, 500, 1],
            Validate = [0, 90, 0],
            Policy = Selection.Of("policy", [.. Enumerable.Range(0, Count).Select(static i => i is < 60 or (>= 105 and < 165))]),
            WithoutNovelty = novelty ? Selection.Top("without", known, 60, old) : null,
            NoveltyDecisions = novelty ? 60 : 0,
            Models = [Selection.Top("novel", strange, 120), Selection.Top("known", known, 120)],
            DayCount = 4,
            ResampleBy = "card",
            Seed = 3,
        };
    }
}
