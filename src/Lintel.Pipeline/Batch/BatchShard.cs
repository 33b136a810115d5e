using System.Globalization;

namespace Lintel.Pipeline.Batch;

/// <summary>Which parts of a batch one process makes: those whose number leaves <see cref="Index"/> − 1 when divided by
/// <see cref="Count"/>.</summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
public readonly record struct BatchShard(int Index, int Count)
{
    /// <summary>Every part.</summary>
    public static BatchShard Whole { get; } = new(1, 1);

    public bool Has(int part) => part % Count == Index - 1;

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <returns>False when the text is none: 1/8 to 8/8 are those of eight.</returns>
    public static bool TryParse(string text, out BatchShard shard)
    {
        shard = Whole;
        if (text.Split('/') is not [var index, var count]
            || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || i < 1 || i > n)
        {
            return false;
        }
        shard = new(i, n);
        return true;
    }

    public override string ToString() => $"{Index}/{Count}";
}
