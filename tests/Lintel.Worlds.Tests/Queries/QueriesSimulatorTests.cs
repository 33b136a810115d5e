using Lintel.Worlds.Queries;

namespace Lintel.Worlds.Tests.Queries;

public sealed class QueriesSimulatorTests
{
    private static SearchLedger Ledger => SmallQueries.Ledger;

    private static IEnumerable<int> Searches => Enumerable.Range(0, Ledger.Searches);

    [Fact]
    public void Pages_hold_published_documents_once_and_as_many_as_there_are_places()
    {
        foreach (var search in Searches)
        {
            var shown = SmallQueries.Truth.Shown(search);
            shown.Length.ShouldBeLessThanOrEqualTo(SmallQueries.Options.Places);
            shown.Distinct().Count().ShouldBe(shown.Length);
            shown.All(d => SmallQueries.Documents[d].Published <= Ledger.Second[search]).ShouldBeTrue();
            if (search > 0) { Ledger.Second[search].ShouldBeGreaterThanOrEqualTo(Ledger.Second[search - 1]); }
        }
    }

    /// <summary>Of what could stand at a place each counts 1 in expectation when it is weighed by 1/propensity: together the pool.</summary>
    [Fact]
    public void Propensities_say_how_often_a_document_stands_where_it_was_shown()
    {
        double sum = 0, pools = 0;
        foreach (var search in Searches.Where(static s => Ledger.PageLength(s) == SmallQueries.Options.Places))
        {
            sum += 1 / Ledger.Propensity[Ledger.First(search)];
            pools++;
        }
        (sum / pools).ShouldBeInRange(SmallQueries.Options.Places, SmallQueries.Options.Pool);
        (Searches.Count(static s => Ledger.IsExplored[s]) / (double)Ledger.Searches).ShouldBe(SmallQueries.Options.Explored, 0.015);
    }

    [Fact]
    public void Head_queries_are_asked_often_and_slips_find_nothing()
    {
        var byBand = Searches.GroupBy(static s => SmallQueries.Truth.Band(Ledger.Query[s])).ToDictionary(static g => g.Key, static g => g.Count());
        (byBand["head"] / (double)(SmallQueries.Options.Queries / 100)).ShouldBeGreaterThan(10.0 * byBand["tail"] / SmallQueries.Options.Queries);
        double Nothing(bool typo) => Searches.Where(s => SmallQueries.Queries[Ledger.Query[s]].HasTypo == typo).Average(static s => Ledger.PageLength(s) == 0 ? 1.0 : 0);
        Nothing(true).ShouldBeGreaterThan(Nothing(false) + 0.3);
        Searches.Average(static s => Ledger.PageLength(s) == 0 ? 1.0 : 0).ShouldBeInRange(0.01, 0.3);
    }

    [Fact]
    public void Who_found_nothing_good_tries_other_words_for_the_same_thing()
    {
        foreach (var session in Searches.GroupBy(static s => Ledger.Session[s]))
        {
            int[] searches = [.. session];
            searches.All(s => Ledger.User[s] == Ledger.User[searches[0]]).ShouldBeTrue();
            searches[..^1].All(static s => Ledger.End[s] == SearchEnd.Reformulated).ShouldBeTrue();
            Ledger.End[searches[^1]].ShouldNotBe(SearchEnd.Reformulated);
            searches.Select(static s => SmallQueries.Queries[Ledger.Query[s]].Thing).Distinct().Count().ShouldBe(1);
        }
        foreach (var end in Enum.GetValues<SearchEnd>()) { Searches.Count(s => Ledger.End[s] == end).ShouldBeGreaterThan(500, end.ToString()); }
    }

    [Fact]
    public void Mix_of_queries_turns_and_new_queries_come_with_it()
    {
        var turned = QueriesSimulator.TurnedCategories(SmallQueries.Options).ToHashSet();
        double Share(bool after) => Searches.Where(s => Ledger.Second[s] / 86_400 >= SmallQueries.Options.DriftDay == after)
            .Average(s => turned.Contains(ShopWords.CategoryOf(SmallQueries.Queries[Ledger.Query[s]].Thing)) ? 1.0 : 0);
        Share(after: true).ShouldBeGreaterThan(1.6 * Share(after: false));
        Searches.Where(static s => Ledger.Second[s] / 86_400 < SmallQueries.Options.DriftDay).Any(static s => SmallQueries.Queries[Ledger.Query[s]].IsLate).ShouldBeFalse();
        Searches.Any(static s => SmallQueries.Queries[Ledger.Query[s]].IsLate).ShouldBeTrue();
    }

    [Fact]
    public void Variants_are_near_duplicates()
    {
        var variants = SmallQueries.Documents.Where(static d => d.Family != d.Id).ToArray();
        (variants.Length / (double)SmallQueries.Documents.Length).ShouldBe(SmallQueries.Options.Variants, 0.03);
        foreach (var variant in variants)
        {
            var first = SmallQueries.Documents[variant.Family];
            (variant.Thing, variant.Brand, variant.Material, variant.Feature).ShouldBe((first.Thing, first.Brand, first.Material, first.Feature));
        }
    }
}
