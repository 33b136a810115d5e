using Lintel.Worlds.Queries;
using Xunit.Abstractions;

namespace Lintel.Worlds.Tests.Queries;

public sealed class QueriesTruthTests(ITestOutputHelper output)
{
    private static QueriesTruth Truth => SmallQueries.Truth;

    /// <summary>Clicks come as often as the truth says, at every place and in every decile of chances.</summary>
    [Theory, InlineData(UserModel.PositionBased), InlineData(UserModel.Cascade)]
    public void Click_chances_are_calibrated(UserModel model)
    {
        var truth = model == UserModel.PositionBased ? Truth : QueriesTruth.Of(SmallQueries.Options with { UserModel = model, Days = 10 });
        var shown = Enumerable.Range(0, truth.SearchCount).SelectMany(s => Enumerable.Range(1, truth.Shown(s).Length).Select(p => (Search: s, Place: p)))
            .Select(i => (i.Place, Chance: truth.ClickChance(i.Search, i.Place), IsClicked: truth.IsClicked(i.Search, i.Place))).ToArray();
        foreach (var group in shown.GroupBy(static i => i.Place)) { Check($"place {group.Key}", [.. group.Select(static i => (i.Chance, i.IsClicked))]); }
        var byChance = shown.OrderBy(static i => i.Chance).ToArray();
        for (var d = 0; d < 10; d++)
        {
            Check($"decile {d}", [.. byChance[(d * byChance.Length / 10)..((d + 1) * byChance.Length / 10)].Select(static i => (i.Chance, i.IsClicked))]);
        }

        // of the cascade, clicks of one page hang together: wider
        void Check(string bin, (double Chance, bool IsClicked)[] of)
        {
            var expected = of.Sum(static i => i.Chance);
            var spread = Math.Sqrt(of.Sum(static i => i.Chance * (1 - i.Chance)));
            Math.Abs(of.Count(static i => i.IsClicked) - expected).ShouldBeLessThan(3.5 * spread, $"{model} {bin}");
        }
    }

    /// <summary>On pages whose order was drawn, what stands at a place does not depend on the place: shares of clicks by place, beside the
    /// first, are the examination curve, with what trust adds.</summary>
    [Fact]
    public void Examination_curve_is_recovered_from_drawn_pages()
    {
        var truth = QueriesTruth.Of(SmallQueries.Options with { Explored = 1, Trust = 0 });
        int[] pages = [.. Enumerable.Range(0, truth.SearchCount).Where(s => truth.IsExplored(s) && truth.Shown(s).Length == truth.Options.Places)];
        double Rate(int place) => pages.Average(s => truth.IsClicked(s, place) ? 1.0 : 0);
        var first = Rate(1);
        for (var place = 2; place <= truth.Options.Places; place++)
        {
            var (rate, curve) = (Rate(place), QueriesTruth.Examined(place));
            // of the ratio, by the delta method
            var error = rate / first * Math.Sqrt(((1 - rate) / (rate * pages.Length)) + ((1 - first) / (first * pages.Length)));
            output.WriteLine($"place {place}: {rate / first:0.000} ± {error:0.000}, truth {curve:0.000}");
            Math.Abs((rate / first) - curve).ShouldBeLessThan(3.3 * error, $"place {place}");
        }
    }

    [Fact]
    public void Best_order_has_ndcg_1_and_any_exchange_less_or_the_same()
    {
        foreach (var query in Enumerable.Range(0, Truth.QueryCount).Where(q => Truth.Judged(q).Count >= 12).Take(50))
        {
            int[] best = [.. Truth.Judged(query).Take(10).Select(static j => j.Document)];
            Truth.Ndcg(query, best, 10).ShouldBe(1, 1e-12);
            (best[0], best[9]) = (best[9], best[0]);
            Truth.Ndcg(query, best, 10).ShouldBeLessThanOrEqualTo(1);
            Truth.Ndcg(query, [], 10).ShouldBe(0);
        }
    }

    /// <summary>DCG by hand: grades 3, 0, 2 give 7/log2(2) + 0 + 3/log2(4) = 8.5; best is 3, 2: 7 + 3/log2(3) = 8.8928.</summary>
    [Fact]
    public void Ndcg_is_the_fields_own()
    {
        var (query, judged) = Enumerable.Range(0, Truth.QueryCount).Select(q => (q, Truth.Judged(q)))
            .First(static p => p.Item2.Any(static j => j.Grade == 3) && p.Item2.Any(static j => j.Grade == 2));
        int Of(int grade) => judged.First(j => j.Grade == grade).Document;
        var none = Enumerable.Range(0, Truth.DocumentCount).First(d => Truth.Grade(query, d) == 0);
        var ideal = judged.Take(3).Select(static (j, i) => (Math.Pow(2, j.Grade) - 1) / Math.Log2(i + 2)).Sum();
        Truth.Ndcg(query, [Of(3), none, Of(2)], 3).ShouldBe(8.5 / ideal, 1e-12);
    }

    [Fact]
    public void Grades_follow_what_is_asked_and_all_occur()
    {
        var counts = new int[5];
        foreach (var query in SmallQueries.Queries)
        {
            foreach (var (document, grade) in Truth.Judged(query.Id))
            {
                counts[grade]++;
                Truth.Grade(query.Id, document).ShouldBe(grade);
                ShopWords.KinOf(SmallQueries.Documents[document].Thing).ShouldBe(ShopWords.KinOf(query.Thing));
            }
        }
        counts[1..].ShouldAllBe(static c => c > 200);
        // the old ranker leaves room above it
        var ndcg = Enumerable.Range(0, Truth.SearchCount).Select(s => Truth.NdcgOfSearch(s, 10)).Where(static n => !double.IsNaN(n)).Average();
        output.WriteLine($"old ranker's nDCG@10: {ndcg:0.000}");
        ndcg.ShouldBeInRange(0.25, 0.8);
    }

    [Fact]
    public void Truth_is_made_again_from_the_options()
    {
        var again = QueriesTruth.Of(SmallQueries.Options);
        again.SearchCount.ShouldBe(Truth.SearchCount);
        for (var search = 0; search < again.SearchCount; search += 101) { again.Shown(search).ShouldBe(Truth.Shown(search)); }
    }
}
