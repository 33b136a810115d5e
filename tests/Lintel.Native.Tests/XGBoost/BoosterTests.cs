using System.Text;
using Lintel.Native.XGBoost;

namespace Lintel.Native.Tests.XGBoost;

/// <summary>Each call does what its name says, and would be missed if its neighbour were called instead.</summary>
public sealed class BoosterTests
{
    // 6 rows of 2 features; the label is 1 where the first feature is above 2
    private static readonly float[] Rows = [1, 9, 2, 8, float.NaN, 7, 3, 6, 4, 5, 5, 4];
    private static readonly float[] Labels = [0, 0, 0, 1, 1, 1];

    [Fact]
    public void Version_is_that_of_the_header() => Booster.LibraryVersion.Major.ShouldBe(1);

    [Fact]
    public void Matrix_tells_rows_from_columns()
    {
        using var matrix = DMatrix.FromDense(Rows, 2, 1);
        matrix.RowCount.ShouldBe(6);
        matrix.ColumnCount.ShouldBe(2);
    }

    [Fact]
    public void Matrix_of_ragged_length_is_refused() =>
        Should.Throw<ArgumentException>(() => DMatrix.FromDense(Rows.AsSpan(1), 2, 1)).Message.ShouldContain("11 values");

    [Fact]
    public void Infinity_is_refused_with_the_librarys_own_words()
    {
        var error = Should.Throw<NativeException>(() => DMatrix.FromDense([1, float.PositiveInfinity], 2, 1));
        error.Library.ShouldBe("xgboost");
        error.Message.ShouldContain("inf");
        error.Message.ShouldNotContain(".cc:");
        error.Message.ShouldNotContain('\n');
    }

    [Fact]
    public void Labels_and_weights_are_told_apart()
    {
        using var matrix = Matrix();
        matrix.SetWeights([1, 1, 1, 0, 0, 0]);
        using var booster = Fitted(matrix, 3);
        Margins(booster, matrix).ShouldAllBe(m => m < 0, "only negatives have weight");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Labels_of_a_wrong_count_are_refused(int count)
    {
        using var matrix = DMatrix.FromDense(Rows, 2, 1);
        Should.Throw<ArgumentException>(() => matrix.SetLabels(new float[count])).Message.ShouldContain($"{count} values of label for 6 rows");
    }

    [Fact]
    public void A_wrong_parameter_value_is_reported_with_its_name()
    {
        using var matrix = Matrix();
        using var booster = new Booster(matrix);
        booster.SetParameter("max_depth", "many");
        Should.Throw<NativeException>(() => booster.Update(0)).Message.ShouldContain("max_depth");
    }

    [Fact]
    public void Rounds_and_features_are_counted_apart()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 3);
        booster.RoundCount.ShouldBe(3);
        booster.FeatureCount.ShouldBe(2);
    }

    [Fact]
    public void Leaves_are_those_of_the_tree_that_is_asked_for()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 3);
        for (var tree = 0; tree < 3; tree++)
        {
            var leaves = new float[6];
            booster.PredictLeaves(matrix, tree, leaves);
            // rows of one leaf have one margin, and a split parts them
            leaves.Distinct().Count().ShouldBe(2);
            leaves.ShouldAllBe(l => l == 1 || l == 2);
        }
        Should.Throw<NativeException>(() => booster.PredictLeaves(matrix, 3, new float[6])).Message.ShouldContain("slice tree 3");
    }

    [Fact]
    public void Derivatives_of_a_loss_of_ones_own_move_the_margins_against_the_gradient()
    {
        using var matrix = Matrix();
        using var booster = new Booster(matrix);
        foreach (var (name, value) in new[]
        {
            ("objective", "reg:squarederror"), ("base_score", "0"), ("tree_method", "hist"), ("nthread", "1"), ("eta", "1"),
            ("lambda", "0"), ("min_child_weight", "0"),
        })
        {
            booster.SetParameter(name, value);
        }
        booster.Update([3, 3, 3, -4, -4, -4], [2, 2, 2, 2, 2, 2]);
        // −Σ gradient / Σ hessian of a leaf: the hessians are not taken for gradients
        Margins(booster, matrix).ShouldBe([-1.5f, -1.5f, -1.5f, 2, 2, 2]);
        Should.Throw<ArgumentException>(() => booster.Update(new float[6], new float[5])).Message.ShouldContain("5 hessians");
    }

    [Fact]
    public void Margins_are_log_odds_and_separate_the_classes()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 10);
        var margins = Margins(booster, matrix);
        margins[0].ShouldBeLessThan(0);
        margins[5].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Contributions_sum_to_the_margin()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 10);
        var contributions = new float[6 * 3];
        booster.PredictContributions(matrix, contributions);
        var margins = Margins(booster, matrix);
        for (var i = 0; i < 6; i++) { contributions.AsSpan(i * 3, 3).ToArray().Sum().ShouldBe(margins[i], 1e-5f); }
    }

    [Fact]
    public void Room_of_a_wrong_length_is_refused()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 1);
        Should.Throw<ArgumentException>(() => booster.PredictMargins(matrix, new float[5])).Message.ShouldContain("library has 6");
    }

    [Fact]
    public void A_saved_model_loads_and_scores_alike()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 10);
        var json = booster.SaveJson();
        Encoding.UTF8.GetString(json).ShouldStartWith("{\"learner\"");
        using var loaded = new Booster();
        loaded.Load(json);
        Margins(loaded, matrix).ShouldBe(Margins(booster, matrix));
    }

    [Fact]
    public void Garbage_is_no_model()
    {
        using var booster = new Booster();
        Should.Throw<NativeException>(() => booster.Load("{\"learner\": 3}"u8)).Operation.ShouldBe("load model");
    }

    [Fact]
    public void A_booster_without_matrix_cannot_be_updated()
    {
        using var booster = new Booster();
        Should.Throw<InvalidOperationException>(() => booster.Update(0));
    }

    [Fact]
    public void In_place_prediction_gives_the_same_margins()
    {
        using var matrix = Matrix();
        using var booster = Fitted(matrix, 10);
        using var inPlace = new DensePrediction(booster, Rows, 2, 3);
        inPlace.CallCount.ShouldBe(2);
        var margins = Margins(booster, matrix);
        inPlace.Call(1).ToArray().ShouldBe(margins[3..]);
        inPlace.Call(0).ToArray().ShouldBe(margins[..3]);
    }

    [Theory]
    [InlineData("[12:34:56] ./src/data/data.cc:1104: Check failed: valid: Input data contains `inf`.\nStack trace:\n  [bt]",
        "valid: Input data contains `inf`.")]
    [InlineData("[12:34:56] ../src/x.cc:3: no such thing", "no such thing")]
    [InlineData("plain", "plain")]
    [InlineData("", "no message")]
    public void Error_text_keeps_what_a_reader_needs(string text, string expected) => XGBoostError.Clean(text).ShouldBe(expected);

    private static DMatrix Matrix()
    {
        var matrix = DMatrix.FromDense(Rows, 2, 1);
        matrix.SetLabels(Labels);
        return matrix;
    }

    private static Booster Fitted(DMatrix matrix, int rounds)
    {
        var booster = new Booster(matrix);
        foreach (var (name, value) in new[]
        {
            ("objective", "binary:logistic"), ("tree_method", "hist"), ("nthread", "1"), ("verbosity", "0"), ("min_child_weight", "0"),
        })
        {
            booster.SetParameter(name, value);
        }
        for (var i = 0; i < rounds; i++) { booster.Update(i); }
        return booster;
    }

    private static float[] Margins(Booster booster, DMatrix matrix)
    {
        var margins = new float[matrix.RowCount];
        booster.PredictMargins(matrix, margins);
        return margins;
    }
}
