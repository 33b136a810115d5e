using Lintel.Design;
using Lintel.Models;
using Lintel.Models.GradientBoosting;
using Lintel.Numerics.Random;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Fitting;

/// <summary>Candidates of requests as rows: groups reach the ranker, and every model learns its own label.</summary>
public sealed class GroupedFitTests
{
    private const int Requests = 300, Candidates = 12;

    private static readonly Examples Rows = Drawn();
    private static readonly int[] All = [.. Enumerable.Range(0, Rows.Count)];

    [Fact]
    public void Groups_are_the_runs_of_one_request()
    {
        Rows.GroupsOf([0, 1, 2, 12, 13, 24]).ShouldBe([3, 2, 1]);
        Rows.GroupsOf([]).ShouldBe([]);
        Plain(Rows).GroupsOf([0, 1]).ShouldBeNull();
    }

    [Theory]
    [InlineData("lambdarank")]
    [InlineData("pairwise")]
    public void Ranker_is_fitted_on_requests_and_stops_by_their_ndcg(string objective)
    {
        var settings = new XGBoostParameters { Trees = 30, Depth = 3, Objective = objective, EarlyStop = 5 };
        var fitted = Fit(Model("rank", settings));
        var model = (TreeModel)fitted.Graph.Nodes[0].Model!;
        model.Scale.ShouldBe(ScoreScale.Value);
        model.TreeCount.ShouldBeInRange(1, 30);
        // the sampling of negatives moves no level of a rank score
        model.Offset.ShouldBe(0);
        var right = 0;
        for (var r = 0; r < Requests; r++)
        {
            var scores = fitted.OutOfFold[0].AsSpan(r * Candidates, Candidates).ToArray();
            var labels = Rows.Labels.AsSpan(r * Candidates, Candidates).ToArray();
            if (double.IsNaN(scores[0])) { continue; }
            right += labels[Array.IndexOf(scores, scores.Max())] > 0 ? 1 : -1;
        }
        right.ShouldBeGreaterThan(0, "the first place is relevant in most requests, though only one in four candidates is");
    }

    [Fact]
    public void Ranker_without_requests_is_refused_in_words() =>
        Should.Throw<FitException>(() => Fit(Model("rank", new XGBoostParameters { Objective = "lambdarank" }), Plain(Rows)))
            .Message.ShouldContain("no groups");

    [Fact]
    public void Model_learns_the_label_that_it_names_on_rows_where_that_is_known()
    {
        var settings = new XGBoostParameters { Trees = 20, Depth = 3 };
        var fitted = Fit(Model("like", settings), Model("finish", settings) with { Label = "finish", Calibrate = "platt" });
        // like rises with the first feature, finish with the second
        Score(0, [2, 0]).ShouldBeGreaterThan(Score(0, [-2, 0]) + 1);
        Score(1, [0, 2]).ShouldBeGreaterThan(Score(1, [0, -2]) + 1);
        Math.Abs(Score(1, [2, 0]) - Score(1, [-2, 0])).ShouldBeLessThan(1);
        // every row is scored, also those whose finish is not known
        fitted.OutOfFold[1].Count(double.IsNaN).ShouldBe(fitted.OutOfFold[0].Count(double.IsNaN));
        Should.Throw<ArgumentException>(() => Fit(Model("x", settings) with { Label = "none" })).Message.ShouldContain("no label 'none'");

        double Score(int node, float[] row)
        {
            var margin = new double[1];
            fitted.Graph.Nodes[node].Model!.Score(row, margin);
            return margin[0];
        }
    }

    [Fact]
    public void Early_stop_of_a_second_label_leaves_out_what_is_not_known()
    {
        var fitted = Fit(Model("finish", new XGBoostParameters { Trees = 15, Depth = 2, EarlyStop = 3 }) with { Label = "finish" });
        ((TreeModel)fitted.Graph.Nodes[0].Model!).TreeCount.ShouldBeGreaterThan(1);
    }

    private static FittedSystem Fit(params ModelDesign[] models) => Fit(models, Rows);

    private static FittedSystem Fit(ModelDesign model, Examples rows) => Fit([model], rows);

    private static FittedSystem Fit(ModelDesign[] models, Examples rows)
    {
        var chain = ForwardChain.Make(All, rows.Known, rows.LabelKnown, 5, TimeSpan.Zero);
        return new SystemFitter([.. models], ["a", "b"], rows, 1, 2, NoProgress.Instance, CancellationToken.None)
            .Fit(All, chain, models.ToDictionary(static m => m.Name, static m => m.Parameters));
    }

    private static ModelDesign Model(string name, object parameters) =>
        new(name, default, "xgboost", parameters, ["a", "b"], [], null, 0.5, null, false);

    private static Examples Plain(Examples rows) => new()
    {
        Features = rows.Features,
        FeatureCount = 2,
        Labels = rows.Labels,
        LabelKnown = rows.LabelKnown,
        Known = rows.Known,
    };

    private static Examples Drawn()
    {
        var random = new RandomStream(5);
        var count = Requests * Candidates;
        var (features, like, finish) = (new float[2 * count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            (features[2 * i], features[(2 * i) + 1]) = ((float)a, (float)b);
            like[i] = random.NextDouble() < 1 / (1 + Math.Exp(1.5 - (2 * a))) ? 1 : 0;
            finish[i] = i % 7 == 0 ? float.NaN : random.NextDouble() < 1 / (1 + Math.Exp(1 - (2 * b))) ? 1 : 0;
        }
        return new()
        {
            Features = features,
            FeatureCount = 2,
            Labels = like,
            LabelSets = new Dictionary<string, float[]> { ["like"] = like, ["finish"] = finish },
            GroupOf = [.. Enumerable.Range(0, count).Select(static i => i / Candidates)],
            Known = [.. Enumerable.Range(0, count).Select(static i => 1_000L * (i / Candidates))],
            LabelKnown = [.. Enumerable.Range(0, count).Select(static i => (1_000L * (i / Candidates)) + 1)],
        };
    }
}
