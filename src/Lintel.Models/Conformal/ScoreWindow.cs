namespace Lintel.Models.Conformal;

/// <summary>The last conformity scores, sorted, and the share of misses that is aimed for now. Not thread-safe.</summary>
/// <remarks>Adaptive conformal inference: a miss lowers the share aimed for, a hit raises it, so that misses come to their share whatever
/// the scores do. α ← α + rate · (asked − missed). Source: Gibbs and Candès, Adaptive Conformal Inference Under Distribution Shift,
/// NeurIPS 2021. O(size) a score, of which nearly all is one move of memory.</remarks>
internal sealed class ScoreWindow
{
    /// <summary>Bounds of the share aimed for: beyond them only the one outermost score would count.</summary>
    private const double LeastMissed = 0.0005, MostMissed = 1 - LeastMissed;

    private readonly double[] _ring;
    private readonly double[] _sorted;
    private int _next;

    /// <param name="size">Scores kept, at least 1.</param> <param name="asked">Share of misses that is asked for, 0 to 1.</param>
    public ScoreWindow(int size, double asked)
    {
        (_ring, _sorted) = (new double[size], new double[size]);
        (Asked, Missed) = (asked, asked);
    }

    public int Count { get; private set; }

    public double Asked { get; }

    /// <summary>Share of misses that is aimed for now, 0 to 1.</summary>
    public double Missed { get; private set; }

    /// <summary>The score below which all but the share of misses lie: the ⌈(n + 1)(1 − α)⌉-th smallest, or the largest where there is
    /// none such; 0 of no scores.</summary>
    /// <param name="missed">α, 0 to 1.</param>
    public double Quantile(double missed) => Count == 0 ? 0 : _sorted[Math.Clamp((int)Math.Ceiling((Count + 1) * (1 - missed)) - 1, 0, Count - 1)];

    /// <param name="score">Finite.</param> <param name="wasMissed">Whether the range that was given missed the outcome.</param>
    public void Learn(double score, bool wasMissed, double rate)
    {
        Missed = Math.Clamp(Missed + (rate * (Asked - (wasMissed ? 1 : 0))), LeastMissed, MostMissed);
        if (Count == _ring.Length)
        {
            var old = Array.BinarySearch(_sorted, 0, Count, _ring[_next]);
            Array.Copy(_sorted, old + 1, _sorted, old, Count - old - 1);
            Count--;
        }
        var place = Array.BinarySearch(_sorted, 0, Count, score);
        if (place < 0) { place = ~place; }
        Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
        _sorted[place] = score;
        Count++;
        _ring[_next] = score;
        _next = (_next + 1) % _ring.Length;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Missed);
        writer.Write(Count);
        // oldest first
        for (var i = 0; i < Count; i++) { writer.Write(_ring[(_next - Count + i + _ring.Length) % _ring.Length]); }
    }

    /// <exception cref="InvalidDataException">Holds more scores than the window.</exception>
    public void Read(BinaryReader reader)
    {
        Missed = reader.ReadDouble();
        Count = reader.ReadInt32();
        if (Count < 0 || Count > _ring.Length)
        {
            throw new InvalidDataException($"{Count} conformity scores do not fit a window of {_ring.Length}");
        }
        for (var i = 0; i < Count; i++) { _ring[i] = reader.ReadDouble(); }
        _next = Count % _ring.Length;
        Array.Copy(_ring, _sorted, Count);
        Array.Sort(_sorted, 0, Count);
    }
}
