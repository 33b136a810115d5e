using Lintel.Retrieval.Ease;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Neighbours;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Tests.Sources;

/// <summary>How good the sources are on real ratings, beside what is published for the same protocol.</summary>
public sealed class SharedRatingsTests
{
    [SharedRatingsFact]
    public void Ease_is_as_good_as_published() =>
        Ndcg(new EaseTrainer(), new EaseParameters { Regularisation = 500 }).ShouldBeGreaterThan(0.475);

    [SharedRatingsFact]
    public void Als_is_as_good_as_published()
    {
        var settings = new AlsParameters { Regularisation = 60, Alpha = 10 };
        Ndcg(new AlsSourceTrainer(), settings).ShouldBeGreaterThan(0.475);
    }

    [SharedRatingsFact]
    public void Item_to_item_is_better_than_popularity() =>
        Ndcg(new ItemToItemTrainer(), new ItemToItemParameters { Decay = 1, Recent = 1_000 }).ShouldBeGreaterThan(0.35);

    private static double Ndcg(ICandidateTrainer trainer, object settings)
    {
        var (train, test) = SharedRatings.Split(seed: 1);
        return SharedRatings.Ndcg(trainer.Fit(settings, train, new(1, 2, null, CancellationToken.None)), train, test);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SharedRatingsFactAttribute : FactAttribute
    {
        public SharedRatingsFactAttribute()
        {
            if (SharedRatings.Path is null) { Skip = "shared/data/recs/ml-100k is not beside this repository"; }
        }
    }
}
