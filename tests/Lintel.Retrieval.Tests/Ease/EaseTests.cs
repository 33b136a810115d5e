using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Ease;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Tests.Towers;

namespace Lintel.Retrieval.Tests.Ease;

public sealed class EaseTests
{
    private static readonly FitContext Context = new(1, 2, null, CancellationToken.None);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Inverse_times_the_matrix_is_one(int n)
    {
        var random = new RandomStream(5);
        var roots = new double[n][];
        for (var i = 0; i < n; i++) { roots[i] = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())]; }
        var matrix = new double[n, n];
        var tiled = new TiledMatrix(n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = roots[i].Zip(roots[j], static (a, b) => a * b).Sum() + (i == j ? 1 : 0);
                matrix[i, j] = matrix[j, i] = tiled[i, j] = dot;
            }
        }
        tiled.Invert(Context);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++) { sum += matrix[i, k] * tiled[Math.Max(k, j), Math.Min(k, j)]; }
                sum.ShouldBe(i == j ? 1 : 0, 1e-9);
            }
        }
    }

    [Fact]
    public void Matrix_that_is_not_positive_definite_is_refused()
    {
        var matrix = new TiledMatrix(70);
        for (var i = 0; i < 70; i++) { matrix[i, i] = i == 66 ? -1 : 1; }
        Should.Throw<ArgumentException>(() => matrix.Invert(Context)).Message.ShouldContain("pivot 66");
    }

    [Fact]
    public void Score_is_the_sum_of_weights_that_minimise_the_squared_error()
    {
        var shop = Groves.Grow(40, 12, 4);
        var weights = Fitted(shop.Examples, 3);
        // at the least squared error, moving any weight either way makes it larger
        var x = new double[40, 12];
        foreach (var i in shop.Examples.Interactions) { x[i.Entity, i.Item] = 1; }
        var least = Loss();
        for (var i = 0; i < 12; i++)
        {
            for (var j = 0; j < 12; j++)
            {
                if (i == j) { continue; }
                foreach (var step in new[] { 1e-3, -1e-3 })
                {
                    weights[i, j] += step;
                    Loss().ShouldBeGreaterThan(least, $"weight {i}, {j} moved by {step}");
                    weights[i, j] -= step;
                }
            }
        }

        double Loss()
        {
            var loss = 0.0;
            for (var user = 0; user < 40; user++)
            {
                for (var j = 0; j < 12; j++)
                {
                    var predicted = 0.0;
                    for (var i = 0; i < 12; i++) { predicted += x[user, i] * weights[i, j]; }
                    loss += (x[user, j] - predicted) * (x[user, j] - predicted);
                }
            }
            foreach (var weight in weights) { loss += 3 * weight * weight; }
            return loss;
        }
    }

    [Fact]
    public void Too_many_items_are_refused_with_the_memory_they_would_take()
    {
        var shop = Groves.Grow(50, 40, 5);
        var few = new EaseParameters { ItemLimit = 20 };
        Should.Throw<FitException>(() => new EaseTrainer().Fit(few, shop.Examples, Context))
            .Message.ShouldContain("'item limit' is 20");
        TiledMatrix.Bytes(20_000).ShouldBeInRange(1_600_000_000, 1_620_000_000);
    }

    [Fact]
    public void Fewer_neighbours_keep_the_largest_weights()
    {
        var shop = Groves.Grow(200, 60, 8);
        var (all, some) = (Offers(1_000), Offers(25));
        some[..5].Count(o => all[..8].Any(a => a.Item == o.Item)).ShouldBeGreaterThan(2);
        Offers(1).Length.ShouldBeLessThanOrEqualTo(3);

        ScoredItem[] Offers(int neighbours)
        {
            var settings = new EaseParameters { Neighbours = neighbours, Regularisation = 20 };
            var source = new EaseTrainer().Fit(settings, shop.Examples, Context);
            var best = new ScoredItem[60];
            return best[..source.Retrieve(shop.Ask(1, 2, 3), best)];
        }
    }

    /// <summary>Weights by item and item.</summary>
    private static double[,] Fitted(SourceExamples examples, double regularisation)
    {
        var source = (Lintel.Retrieval.Neighbours.NeighbourSource)new EaseTrainer().Fit(
            new EaseParameters { Regularisation = regularisation }, examples, Context);
        var n = source.Places.Count;
        var weights = new double[n, n];
        Span<float> row = new float[n];
        for (var place = 0; place < n; place++)
        {
            row.Clear();
            source.Table.Add(place, 1, row);
            for (var other = 0; other < n; other++)
            {
                weights[source.Places.Items[place], source.Places.Items[other]] = row[other];
            }
        }
        return weights;
    }
}
