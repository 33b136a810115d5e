using Lintel.Numerics.Text.Analysis;

namespace Lintel.Training.Tests.Ranking.Search;

/// <summary>How good BM25 is on real collections, beside the reference's figures for the same parameters.</summary>
public sealed class SharedSearchTests
{
    [SharedSearchTheory]
    [InlineData("cranfield", 0.359), InlineData("med", 0.683), InlineData("cacm", 0.497), InlineData("lisa", 0.469)]
    public void Bm25_is_within_a_hundredth_of_the_reference_or_better(string name, double reference)
    {
        var collection = SearchCollection.Read(name)!;
        var index = collection.Build(TextAnalyser.Of(collection.Chain));
        collection.Judge("ndcg", 10, SearchCollection.Items(collection.Lists(index, 10))).ShouldBeGreaterThan(reference - 0.01);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SharedSearchTheoryAttribute : TheoryAttribute
    {
        public SharedSearchTheoryAttribute()
        {
            if (SearchCollection.Read("med") is null) { Skip = "shared/data/search is not beside this repository"; }
        }
    }
}
