using Lintel.Numerics.Random;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Interactions;

namespace Lintel.Retrieval.Tests;

public sealed class AlsTests
{
    private static readonly AlsOptions Small = new() { Factors = 5, Iterations = 30, Regularisation = 0.1f, Alpha = 4 };

    /// <summary>Users like one of three groups of items.</summary>
    private static InteractionMatrix Groups(int users, int items, ulong seed)
    {
        var random = new RandomStream(seed);
        var cells = new HashSet<(int, int)>();
        for (var i = 0; i < users * 8; i++)
        {
            var user = random.NextInt32(users);
            var item = random.NextInt32(items);
            if (item % 3 == user % 3 || random.NextDouble() < 0.05) { cells.Add((user, item)); }
        }
        return InteractionMatrix.Of(
            users, items, [.. cells.Select(static c => c.Item1)], [.. cells.Select(static c => c.Item2)],
            [.. cells.Select(static c => 1f + (c.Item1 % 2))]);
    }

    private static double Loss(InteractionMatrix matrix, FactorModel model, AlsOptions options)
    {
        double loss = 0;
        for (var user = 0; user < matrix.RowCount; user++)
        {
            for (var item = 0; item < matrix.ColumnCount; item++)
            {
                var at = matrix.Columns(user).BinarySearch(item);
                double dot = 0;
                for (var f = 0; f < options.Factors; f++) { dot += model.Users[user][f] * model.Items[item][f]; }
                var (wanted, weight) = at < 0 ? (0, 1) : (1, 1 + (options.Alpha * matrix.Weights(user)[at]));
                loss += weight * (wanted - dot) * (wanted - dot);
            }
        }
        foreach (var table in new[] { model.Users, model.Items })
        {
            for (var row = 0; row < table.Count; row++)
            {
                foreach (var v in table[row]) { loss += options.Regularisation * v * v; }
            }
        }
        return loss;
    }

    [Fact]
    public void Exact_iteration_never_raises_the_loss()
    {
        var matrix = Groups(40, 30, 3);
        var exact = Small with { Solver = AlsSolver.Exact };
        var losses = Enumerable.Range(1, 6)
            .Select(n => Loss(matrix, AlsTrainer.Fit(matrix, exact with { Iterations = n }, 1), exact)).ToList();
        for (var i = 1; i < losses.Count; i++) { losses[i].ShouldBeLessThanOrEqualTo(losses[i - 1] * (1 + 1e-6)); }
    }

    [Fact]
    public void Conjugate_gradients_reach_the_exact_loss()
    {
        var matrix = Groups(60, 40, 4);
        var exact = Loss(matrix, AlsTrainer.Fit(matrix, Small with { Solver = AlsSolver.Exact }, 1), Small);
        var steps = Loss(matrix, AlsTrainer.Fit(matrix, Small, 1), Small);
        steps.ShouldBeInRange(0.95 * exact, 1.05 * exact);
    }

    [Fact]
    public void Items_of_the_users_group_come_first()
    {
        var matrix = Groups(60, 30, 5);
        var model = AlsTrainer.Fit(matrix, Small, 1);
        var right = 0;
        for (var user = 0; user < 60; user++)
        {
            var scores = Enumerable.Range(0, 30)
                .Select(i => Enumerable.Range(0, 5).Sum(f => model.Users[user][f] * model.Items[i][f])).ToArray();
            right += Array.IndexOf(scores, scores.Max()) % 3 == user % 3 ? 1 : 0;
        }
        right.ShouldBeGreaterThan(55);
    }

    [Theory]
    [InlineData(AlsSolver.ConjugateGradient)]
    [InlineData(AlsSolver.Exact)]
    public void Threads_change_no_bit(AlsSolver solver)
    {
        var matrix = Groups(200, 50, 6);
        var options = Small with { Solver = solver, Factors = 20, Iterations = 3 };
        var one = AlsTrainer.Fit(matrix, options with { Threads = 1 }, 9);
        var four = AlsTrainer.Fit(matrix, options with { Threads = 4 }, 9);
        four.Users.Values.ShouldBe(one.Users.Values);
        four.Items.Values.ShouldBe(one.Items.Values);
    }

    [Fact]
    public void Folded_in_user_solves_the_same_problem_as_a_trained_one()
    {
        var matrix = Groups(60, 40, 7);
        var options = Small with { Solver = AlsSolver.Exact, Iterations = 60 };
        var model = AlsTrainer.Fit(matrix, options, 1);
        var user = new float[model.Items.Stride];
        model.FoldIn(matrix.Columns(3), matrix.Weights(3), user);
        for (var f = 0; f < options.Factors; f++) { user[f].ShouldBe(model.Users[3][f], 0.02f); }
    }

    [Fact]
    public void Row_without_interaction_has_no_factors_and_nothing_to_learn_is_refused()
    {
        var matrix = InteractionMatrix.Of(3, 2, [0, 2], [1, 0], [1, 1]);
        AlsTrainer.Fit(matrix, Small, 1).Users[1].ToArray().ShouldAllBe(static v => v == 0);
        Should.Throw<ArgumentException>(() => AlsTrainer.Fit(InteractionMatrix.Of(3, 2, [], [], []), Small, 1))
            .Message.ShouldContain("no interaction");
    }
}
