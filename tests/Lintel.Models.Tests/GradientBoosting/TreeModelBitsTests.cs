using Lintel.Models.GradientBoosting;
using Lintel.Models.GradientBoosting.Inference;
using Lintel.Native.XGBoost;

namespace Lintel.Models.Tests.GradientBoosting;

/// <summary>Our margins are XGBoost's, bit for bit: missing values, one row, batches, every vector width, shallow and deep trees.</summary>
public sealed class TreeModelBitsTests
{
    private const int Count = 24_000;

    public static TheoryData<int, int, double, string> Shapes => new()
    {
        { 30, 1, 0.3, "logistic" },
        { 61, 4, 0.1, "logistic" },
        { 100, 6, 0.3, "logistic" },
        { 20, 7, 0.3, "logistic" },
        { 20, 8, 0.3, "logistic" },
        { 9, 14, 0.5, "logistic" },
        { 30, 6, 0.3, "squared" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Margins_equal_the_librarys_to_the_bit(int trees, int depth, double learningRate, string objective)
    {
        var rows = SyntheticRows.Classification(Count);
        var (json, expected) = XGBoostFit(rows, trees, depth, learningRate, objective);
        var model = XGBoostJson.Read(json);
        model.TreeCount.ShouldBe(trees);

        var batch = new double[Count];
        model.Score(rows.Features, batch);
        Array.ConvertAll(batch, static m => (float)m).ShouldBe(expected);

        var one = new double[1];
        for (var i = 0; i < Count; i++)
        {
            model.Score(rows.Features.AsSpan(i * SyntheticRows.Features, SyntheticRows.Features), one);
            if (one[0] != batch[i]) { one[0].ShouldBe(batch[i], $"row {i}"); }
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void Every_vector_width_gives_the_scalar_bits(int depth)
    {
        var rows = SyntheticRows.Classification(TileKernel.Rows);
        var forest = XGBoostJson.Read(XGBoostFit(rows, 20, depth, 0.5, "logistic").Json).Forest;
        var tile = new float[2 * SyntheticRows.Features * TileKernel.Rows];
        var scalar = new float[TileKernel.Rows];
        forest.ScoreEach(rows.Features, tile, scalar);
        scalar.Distinct().Count().ShouldBeGreaterThan(TileKernel.Rows / 2);
        AssertWidth<Lanes512>(forest, rows, tile, scalar);
        AssertWidth<Lanes256>(forest, rows, tile, scalar);
    }

    [Fact]
    public void Stages_are_the_models_of_fewer_trees()
    {
        var train = SyntheticRows.Classification(3_000, 1);
        var heldOut = SyntheticRows.Classification(500, 2);
        var trainer = new XGBoostTrainer();
        var parameters = new XGBoostParameters { Trees = 12, ClassWeight = 3 };
        var stages = trainer.FitStages(parameters, train, heldOut.Features, SyntheticRows.Context())!;
        stages.Count.ShouldBe(12);
        foreach (var count in new[] { 1, 5, 12 })
        {
            var model = trainer.Fit(trainer.WithStages(parameters, count), train, SyntheticRows.Context());
            var margins = new double[500];
            model.Score(heldOut.Features, margins);
            stages[count - 1].ShouldBe(Array.ConvertAll(margins, static m => (float)m));
        }
    }

    private static void AssertWidth<TLanes>(PackedForest forest, TrainingRows rows, float[] tile, float[] expected)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var sums = new float[TileKernel.Rows];
        forest.ScoreTile<TLanes>(rows.Features, tile, new float[TileKernel.ScratchFloats], sums);
        sums.ShouldBe(expected);
    }

    private static (byte[] Json, float[] Margins) XGBoostFit(
        TrainingRows rows, int trees, int depth, double learningRate, string objective)
    {
        using var matrix = DMatrix.FromDense(rows.Features, rows.FeatureCount, 1);
        matrix.SetLabels(rows.Labels);
        using var booster = new Booster(matrix);
        foreach (var (name, value) in new[]
        {
            ("objective", objective == "squared" ? "reg:squarederror" : "binary:logistic"), ("tree_method", "hist"), ("nthread", "1"),
            ("verbosity", "0"), ("max_depth", $"{depth}"), ("eta", $"{learningRate}"), ("base_score", "0.3"), ("min_child_weight", "0.1"),
        })
        {
            booster.SetParameter(name, value);
        }
        for (var i = 0; i < trees; i++) { booster.Update(i); }
        var json = booster.SaveJson();
        // a loaded copy has no cached sums: it walks every tree
        using var copy = new Booster();
        copy.Load(json);
        var margins = new float[rows.Count];
        copy.PredictMargins(matrix, margins);
        return (json, margins);
    }
}
