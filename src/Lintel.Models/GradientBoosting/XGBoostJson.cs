using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Lintel.Models.GradientBoosting;

/// <summary>Reads the JSON that XGBoost 1.7 saves, once, when a model has been fitted. Serving never sees it.</summary>
/// <remarks>Layout: <c>learner.gradient_booster.model.trees[i]</c> with one array per property, indexed by node; −1 in
/// <c>left_children</c> is a leaf, whose value stands in <c>split_conditions</c>. Nodes that pruning left behind are not reached and
/// dropped. Categorical splits are refused: Lintel encodes categories before the model.</remarks>
internal static class XGBoostJson
{
    /// <param name="leaves">By tree, values by the node's number in the library's order, which take the place of the library's; null: its own.</param>
    /// <exception cref="InvalidDataException">Not such a model, or one with several outputs or categorical splits.</exception>
    public static TreeModel Read(ReadOnlyMemory<byte> json, IReadOnlyList<float[]>? leaves = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement.GetProperty("learner"), leaves);
        }
        // a bare NaN is how XGBoost 1.7 marks categorical splits; JSON has no such token
        catch (JsonException e) { throw Fault("it is not JSON; categorical splits also look like this, and are not supported", e); }
        catch (KeyNotFoundException e) { throw Fault("a part is missing: " + e.Message, e); }
        catch (Exception e) when (e is InvalidOperationException or FormatException) { throw Fault(e.Message, e); }
    }

    private static TreeModel Read(JsonElement learner, IReadOnlyList<float[]>? leaves)
    {
        var parameters = learner.GetProperty("learner_model_param");
        var objective = learner.GetProperty("objective").GetProperty("name").GetString();
        var booster = learner.GetProperty("gradient_booster");
        if (booster.GetProperty("name").GetString() is var name && name != "gbtree")
        {
            throw Fault($"booster '{name}', expected 'gbtree'");
        }
        if (Number(parameters, "num_class") > 1) { throw Fault("it has several classes, expected one output"); }
        var featureCount = (int)Number(parameters, "num_feature");
        var start = (float)Number(parameters, "base_score");
        var scale = ScoreScale.Value;
        if (objective == "binary:logistic")
        {
            scale = ScoreScale.LogOdds;
            start = -MathF.Log((1f / start) - 1f);   // as the library does, in float32
        }
        else if (objective != "reg:squarederror")
        {
            throw Fault($"objective '{objective}', expected 'binary:logistic' or 'reg:squarederror'");
        }
        var trees = ImmutableArray.CreateBuilder<Tree>();
        foreach (var tree in booster.GetProperty("model").GetProperty("trees").EnumerateArray())
        {
            trees.Add(ReadTree(tree, trees.Count, featureCount, leaves?[trees.Count]));
        }
        return new(trees.ToImmutable(), featureCount, start, 0, scale);
    }

    private static Tree ReadTree(JsonElement tree, int index, int featureCount, float[]? leaves)
    {
        var left = Array(tree, "left_children", static e => e.GetInt32());
        var right = Array(tree, "right_children", static e => e.GetInt32());
        var features = Array(tree, "split_indices", static e => e.GetInt32());
        var values = Array(tree, "split_conditions", static e => e.GetSingle());
        var covers = Array(tree, "sum_hessian", static e => e.GetSingle());
        var missingLeft = Array(tree, "default_left", static e => e.ValueKind == JsonValueKind.True || (e.ValueKind == JsonValueKind.Number && e.GetInt32() != 0));
        if (Array(tree, "split_type", static e => e.GetInt32()) is var types && types.Contains(1))
        {
            throw Fault($"tree {index} has a categorical split; encode the category as a number first");
        }
        var count = left.Length;
        if (right.Length != count || features.Length != count || values.Length != count || covers.Length != count
            || missingLeft.Length != count || count == 0)
        {
            throw Fault($"tree {index}: its arrays are empty or of unequal length");
        }
        var nodes = new List<TreeNode>(count);
        var queue = new Queue<int>([0]);
        while (queue.TryDequeue(out var node))
        {
            if (node < 0 || node >= count || nodes.Count == count) { throw Fault($"tree {index}: its links do not form a tree"); }
            var isLeaf = left[node] == -1;
            nodes.Add(new(isLeaf ? -1 : features[node], isLeaf && leaves is not null ? (node < leaves.Length ? leaves[node] : 0) : values[node], !isLeaf && missingLeft[node], covers[node]));
            if (isLeaf) { continue; }
            queue.Enqueue(left[node]);
            queue.Enqueue(right[node]);
        }
        return new([.. nodes], featureCount);
    }

    private static T[] Array<T>(JsonElement tree, string property, Func<JsonElement, T> convert) =>
        [.. tree.GetProperty(property).EnumerateArray().Select(convert)];

    private static double Number(JsonElement parameters, string property) =>
        float.Parse(parameters.GetProperty(property).GetString()!, CultureInfo.InvariantCulture);

    private static InvalidDataException Fault(string message, Exception? inner = null) =>
        new($"XGBoost's model cannot be read: {message}", inner);
}
