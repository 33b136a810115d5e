using System.Text;
using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Tests.GradientBoosting;

/// <summary>Models that the library would not write, or that we do not take, are refused in words.</summary>
public sealed class XGBoostJsonTests
{
    private const string Tree = """
        {"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[1,0,0],"split_conditions":[0.5,-1,2],
         "sum_hessian":[3,1,2],"default_left":[1,0,0],"split_type":[0,0,0]}
        """;

    [Fact]
    public void Smallest_model_is_read()
    {
        var model = XGBoostJson.Read(Json());
        model.FeatureCount.ShouldBe(2);
        model.Scale.ShouldBe(ScoreScale.LogOdds);
        var margins = new double[3];
        model.Score([9, 0.4f, 9, 0.5f, 9, float.NaN], margins);
        margins.ShouldBe([-1, 2, -1]);
    }

    [Fact]
    public void Node_that_pruning_left_behind_is_dropped()
    {
        var tree = """
            {"left_children":[3,7,-1,-1,-1],"right_children":[2,7,-1,-1,-1],"split_indices":[0,0,0,0,0],"split_conditions":[0.5,1,2,-1,8],
             "sum_hessian":[3,1,2,1,1],"default_left":[0,0,0,0,0],"split_type":[0,0,0,0,0]}
            """;
        XGBoostJson.Read(Json(tree: tree)).Trees[0].Nodes.ToArray().Select(static n => n.Value).ShouldBe([0.5f, -1, 2]);
    }

    [Fact]
    public void Base_score_becomes_log_odds_in_single_precision() =>
        XGBoostJson.Read(Json(baseScore: "2E-1")).Start.ShouldBe(-MathF.Log((1f / 0.2f) - 1f));

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("{}", "a part is missing")]
    [InlineData("{\"learner\": 3}", "XGBoost's model cannot be read")]
    public void Text_that_is_no_model_is_refused(string json, string expected) => Fault(Encoding.UTF8.GetBytes(json)).ShouldContain(expected);

    [Fact]
    public void Other_kinds_of_model_are_refused()
    {
        Fault(Json(objective: "multi:softmax")).ShouldContain("objective 'multi:softmax'");
        Fault(Json(classes: "3")).ShouldContain("several classes");
        Fault(Json(booster: "gblinear")).ShouldContain("booster 'gblinear'");
        Fault(Json(tree: Tree.Replace("\"split_type\":[0", "\"split_type\":[1", StringComparison.Ordinal))).ShouldContain("categorical split");
        Fault(Json(tree: Tree.Replace("[0.5,", "[NaN,", StringComparison.Ordinal))).ShouldContain("categorical splits also look like this");
    }

    [Theory]
    [InlineData("\"left_children\":[1,", "\"left_children\":[0,", "links do not form a tree")]
    [InlineData("\"right_children\":[2,", "\"right_children\":[9,", "links do not form a tree")]
    [InlineData("\"split_indices\":[1,", "\"split_indices\":[2,", "feature 2 of 2")]
    [InlineData("\"sum_hessian\":[3,", "\"sum_hessian\":[-3,", "cover -3")]
    [InlineData("\"sum_hessian\":[3,1,2]", "\"sum_hessian\":[3,1]", "unequal length")]
    [InlineData("[0.5,-1,2]", "[1e60,-1,2]", "")]
    public void Damaged_trees_are_refused(string part, string damage, string expected) =>
        Fault(Json(tree: Tree.Replace(part, damage, StringComparison.Ordinal))).ShouldContain(expected);

    [Fact]
    public void Trees_too_deep_or_of_no_node_are_refused()
    {
        Should.Throw<InvalidDataException>(() => new Tree([], 1)).Message.ShouldContain("0 nodes");
        var chain = new List<TreeNode>();
        for (var i = 0; i < 70; i++)
        {
            chain.Add(new(0, 1, false, 1));
            if (i > 0) { chain.Insert(chain.Count - 1, new(-1, 0, false, 1)); }
        }
        chain.AddRange([new(-1, 0, false, 1), new(-1, 0, false, 1)]);
        Should.Throw<InvalidDataException>(() => new Tree([.. chain], 1)).Message.ShouldContain("depth 70");
        Should.Throw<InvalidDataException>(() => new Tree([new(-1, 0, false, 1), new(-1, 0, false, 1)], 1)).Message.ShouldContain("reach 1");
    }

    private static string Fault(byte[] json) => Should.Throw<InvalidDataException>(() => XGBoostJson.Read(json)).Message;

    private static byte[] Json(
        string tree = Tree, string objective = "binary:logistic", string classes = "0", string booster = "gbtree", string baseScore = "5E-1") =>
        Encoding.UTF8.GetBytes($$$"""
            {"learner":{"learner_model_param":{"num_class":"{{{classes}}}","num_feature":"2","base_score":"{{{baseScore}}}"},
             "objective":{"name":"{{{objective}}}"},"gradient_booster":{"name":"{{{booster}}}","model":{"trees":[{{{tree}}}]} } } }
            """);
}
