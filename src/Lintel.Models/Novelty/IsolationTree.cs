using Lintel.Models.GradientBoosting;
using Lintel.Numerics.Random;

namespace Lintel.Models.Novelty;

/// <summary>Grows one isolation tree over a sample of rows.</summary>
/// <remarks>At each node a feature is drawn among those that still vary, then a threshold between its least and its largest value,
/// uniformly; left when x &lt; threshold, so that neither side is empty. A row that misses the feature goes to the side that holds
/// more of the node's rows that have it (left when even). A node is a leaf when it holds one row, when no feature varies, or at the depth limit.
/// Source: Liu, Ting and Zhou, "Isolation Forest", ICDM 2008, algorithm 2.</remarks>
internal sealed class IsolationTree
{
    private readonly TrainingRows _rows;
    private readonly int[] _sample;
    private readonly RandomStream _random;
    private readonly double _perStep;
    private readonly int _limit;
    private readonly int[] _features;
    private readonly List<TreeNode> _nodes = [];

    private IsolationTree(TrainingRows rows, int[] sample, RandomStream random, double perStep)
    {
        (_rows, _sample, _random, _perStep) = (rows, sample, random, perStep);
        _limit = PathLength.Limit(sample.Length);
        _features = [.. Enumerable.Range(0, rows.FeatureCount)];
    }

    /// <param name="sample">Rows to grow on, 1 or more; their order is changed.</param>
    /// <param name="perStep">What one step of the path adds to the score.</param>
    /// <returns>A leaf's value is perStep · (its depth + c(its rows)), a node's cover its rows.</returns>
    public static Tree Grow(TrainingRows rows, int[] sample, RandomStream random, double perStep) =>
        new IsolationTree(rows, sample, random, perStep).Grow();

    // breadth first, which is the order that a Tree's nodes stand in
    private Tree Grow()
    {
        var waiting = new Queue<Part>();
        waiting.Enqueue(new(0, _sample.Length, 0));
        while (waiting.TryDequeue(out var part))
        {
            if (part.Count == 1 || part.Depth == _limit || !TryDrawFeature(part, out var feature, out var range))
            {
                var path = part.Depth + PathLength.Expected(part.Count);
                _nodes.Add(new(-1, (float)(_perStep * path), false, part.Count));
                continue;
            }
            var threshold = Threshold(range.Least, range.Largest);
            var missingLeft = MoreAreLeft(part, feature, threshold);
            _nodes.Add(new(feature, threshold, missingLeft, part.Count));
            var left = Divide(part, feature, threshold, missingLeft);
            waiting.Enqueue(new(part.First, left, part.Depth + 1));
            waiting.Enqueue(new(part.First + left, part.Count - left, part.Depth + 1));
        }
        return new([.. _nodes], _rows.FeatureCount);
    }

    /// <summary>Each feature that varies in the part alike: features are tried in a random order.</summary>
    private bool TryDrawFeature(Part part, out int feature, out (float Least, float Largest) range)
    {
        for (var left = _features.Length; left > 0; left--)
        {
            var at = _random.NextInt32(left);
            feature = _features[at];
            (_features[at], _features[left - 1]) = (_features[left - 1], feature);
            range = Range(part, feature);
            if (range.Least < range.Largest) { return true; }
        }
        (feature, range) = (-1, default);
        return false;
    }

    private (float Least, float Largest) Range(Part part, int feature)
    {
        var (least, largest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var i = part.First; i < part.End; i++)
        {
            // no comparison with NaN holds: a missing value changes neither
            var x = Value(i, feature);
            if (x < least) { least = x; }
            if (x > largest) { largest = x; }
        }
        return (least, largest);
    }

    /// <returns>Above the least and at most the largest.</returns>
    private float Threshold(float least, float largest)
    {
        var drawn = (float)(least + (_random.NextDouble() * ((double)largest - least)));
        return Math.Clamp(drawn, MathF.BitIncrement(least), largest);
    }

    private bool MoreAreLeft(Part part, int feature, float threshold)
    {
        int left = 0, right = 0;
        for (var i = part.First; i < part.End; i++)
        {
            var x = Value(i, feature);
            if (x < threshold) { left++; }
            else if (x >= threshold) { right++; }
        }
        return left >= right;
    }

    /// <returns>Rows that went left; they stand first now.</returns>
    private int Divide(Part part, int feature, float threshold, bool missingLeft)
    {
        var next = part.First;
        for (var i = part.First; i < part.End; i++)
        {
            var x = Value(i, feature);
            if (!(x < threshold || (missingLeft && float.IsNaN(x)))) { continue; }
            (_sample[i], _sample[next]) = (_sample[next], _sample[i]);
            next++;
        }
        return next - part.First;
    }

    private float Value(int place, int feature) => _rows.Features[((long)_sample[place] * _rows.FeatureCount) + feature];

    /// <summary>A node's rows in the sample, [First, First + Count).</summary>
    private readonly record struct Part(int First, int Count, int Depth)
    {
        public int End => First + Count;
    }
}
