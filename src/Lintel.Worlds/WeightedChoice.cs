using Lintel.Numerics.Random;

namespace Lintel.Worlds;

/// <summary>Draws one of several with chances in proportion to their weights. Immutable.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _upTo;

    /// <param name="weights">None below 0, one above.</param>
    public WeightedChoice(IEnumerable<double> weights)
    {
        var total = 0d;
        _upTo = [.. weights.Select(w => total += w)];
    }

    public int Draw(RandomStream random)
    {
        var at = random.NextDouble() * _upTo[^1];
        var i = Array.BinarySearch(_upTo, at);
        i = i < 0 ? ~i : i + 1;
        // what weighs nothing ends where the one before it does
        while (i < _upTo.Length - 1 && _upTo[i] <= at) { i++; }
        return Math.Min(i, _upTo.Length - 1);
    }

    /// <summary>The chance of one.</summary>
    public double Chance(int i) => (_upTo[i] - (i > 0 ? _upTo[i - 1] : 0)) / _upTo[^1];
}
