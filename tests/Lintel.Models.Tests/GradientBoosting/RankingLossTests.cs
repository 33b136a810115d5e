using Lintel.Models.GradientBoosting;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.GradientBoosting;

public sealed class RankingLossTests
{
    private const int GroupSize = 20, Groups = 400, Columns = 4;

    [Fact]
    public void Pair_pushes_the_better_row_up_as_much_as_the_other_down()
    {
        var loss = Derived([0, 1], [2, 1.5f], byNdcg: false);
        var rho = 1 / (1 + Math.Exp(1.5 - 2));
        var scale = Math.Log2(1 + (2 * rho)) / (2 * rho);
        loss.Gradients[1].ShouldBe((float)(-rho * scale), 1e-6f);
        loss.Gradients[0].ShouldBe(-loss.Gradients[1]);
        loss.Hessians.ShouldAllBe(h => Math.Abs(h - (rho * (1 - rho) * scale)) < 1e-6);
    }

    [Fact]
    public void Lambda_weighs_a_pair_by_what_swapping_it_changes_in_ndcg()
    {
        // ranked 0, 1, 2 by margin; grades 0, 0, 2: gains 0, 0, 3, discounts 1, 1/log2 3, 1/2, ideal 3
        var loss = Derived([0, 0, 2], [3, 2, 1], byNdcg: true);
        var (rho0, rho1) = (1 / (1 + Math.Exp(-2)), 1 / (1 + Math.Exp(-1)));
        var (delta0, delta1) = (1 - 0.5, (1 / Math.Log2(3)) - 0.5);
        var sum = 2 * ((rho0 * delta0) + (rho1 * delta1));
        var scale = Math.Log2(1 + sum) / sum;
        loss.Gradients[0].ShouldBe((float)(rho0 * delta0 * scale), 1e-6f);
        loss.Gradients[1].ShouldBe((float)(rho1 * delta1 * scale), 1e-6f);
        loss.Gradients[2].ShouldBe(-loss.Gradients[0] - loss.Gradients[1], 1e-6f);
    }

    [Fact]
    public void Groups_do_not_touch_each_other_and_equal_grades_say_nothing()
    {
        var loss = Derived([1, 1, 0, 1], [5, 1, 1, 2], byNdcg: true, groups: [2, 2]);
        loss.Gradients[..2].ShouldBe([0, 0]);
        loss.Gradients[3].ShouldBe(-loss.Gradients[2]);
        loss.Gradients[3].ShouldBeLessThan(0);
    }

    [Fact]
    public void Pair_weighs_as_its_better_row()
    {
        var plain = Derived([0, 1, 1, 0], [0, 0, 0, 0], byNdcg: false, groups: [2, 2]);
        var weighted = Derived([0, 1, 1, 0], [0, 0, 0, 0], byNdcg: false, groups: [2, 2], weights: [7, 3, 1, 9]);
        weighted.Gradients[..2].ShouldBe([3 * plain.Gradients[0], 3 * plain.Gradients[1]]);
        weighted.Gradients[2..].ShouldBe(plain.Gradients[2..]);
    }

    [Theory]
    [InlineData("lambdarank")]
    [InlineData("pairwise")]
    public void Ranking_loss_orders_each_group_where_a_pointwise_loss_follows_the_level_of_groups(string objective)
    {
        var (train, judge) = (Leveled(1), Leveled(2));
        var settings = new XGBoostParameters { Trees = 40, Depth = 3, Rows = 1, Columns = 1 };
        var ranked = Ndcg(Fit(settings with { Objective = objective }, train), judge);
        var pointwise = Ndcg(Fit(settings with { Objective = "logistic" }, train), judge);
        var chance = Ndcg(new float[judge.Count], judge);
        ranked.ShouldBeGreaterThan(chance + 0.05);
        pointwise.ShouldBeLessThan(chance);

        float[] Fit(XGBoostParameters with, TrainingRows rows)
        {
            var margins = new double[judge.Count];
            new XGBoostTrainer().Fit(with, rows, SyntheticRows.Context()).Score(judge.Features, margins);
            return [.. margins.Select(static m => (float)m)];
        }
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        var rows = Leveled(1);
        var settings = new XGBoostParameters { Trees = 10, Objective = "lambdarank" };
        byte[] Bytes(int threads)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            new XGBoostTrainer().Fit(settings, rows, SyntheticRows.Context(threads: threads)).Write(writer);
            writer.Flush();
            return stream.ToArray();
        }
        Bytes(2).ShouldBe(Bytes(1));
        Bytes(3).ShouldBe(Bytes(1));
    }

    /// <summary>Within a group the first feature rises with the label; over all groups it falls, since it is low where most are
    /// positive.</summary>
    private static TrainingRows Leveled(ulong seed)
    {
        var random = new RandomStream(seed);
        var features = new float[Groups * GroupSize * Columns];
        var labels = new float[Groups * GroupSize];
        for (var group = 0; group < Groups; group++)
        {
            var level = 2 * random.NextNormal();
            for (var i = group * GroupSize; i < (group + 1) * GroupSize; i++)
            {
                var row = features.AsSpan(i * Columns, Columns);
                foreach (ref var x in row) { x = (float)random.NextNormal(); }
                var z = level - 1 + row[0];
                labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
                row[0] -= (float)level;
            }
        }
        return new()
        {
            Features = features,
            FeatureCount = Columns,
            Labels = labels,
            Groups = [.. Enumerable.Repeat(GroupSize, Groups)],
        };
    }

    private static double Ndcg(float[] margins, TrainingRows rows)
    {
        var sum = 0.0;
        for (var group = 0; group < Groups; group++)
        {
            var labels = rows.Labels.AsSpan(group * GroupSize, GroupSize).ToArray();
            var order = Enumerable.Range(0, GroupSize).OrderByDescending(i => margins[(group * GroupSize) + i]).ToArray();
            var dcg = order.Select((i, rank) => labels[i] / Math.Log2(rank + 2)).Sum();
            var ideal = labels.OrderDescending().Select((label, rank) => label / Math.Log2(rank + 2)).Sum();
            sum += ideal > 0 ? dcg / ideal : 0;
        }
        return sum / Groups;
    }

    private static RankingLoss Derived(float[] labels, float[] margins, bool byNdcg, int[]? groups = null, float[]? weights = null)
    {
        var loss = new RankingLoss("xgboost", new()
        {
            Features = new float[labels.Length],
            FeatureCount = 1,
            Labels = labels,
            Weights = weights,
            Groups = groups ?? [labels.Length],
        }, byNdcg, threads: 1);
        loss.Derive(margins, CancellationToken.None);
        return loss;
    }
}
