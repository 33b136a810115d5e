using Lintel.Numerics.Random;

namespace Lintel.Retrieval.Factorisation;

/// <summary>Factor vectors of rows, each padded with zeros to a whole number of vector lanes.</summary>
public sealed class FactorTable
{
    internal const int Lanes = 16;

    public FactorTable(int count, int factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        (Count, Factors) = (count, factors);
        Stride = (factors + Lanes - 1) / Lanes * Lanes;
        Values = GC.AllocateArray<float>(checked(count * Stride));
    }

    public int Count { get; }

    /// <summary>Factors of one row, padding left out.</summary>
    public int Factors { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Row-major, [Count, Stride].</summary>
    internal float[] Values { get; }

    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * Stride, Factors);

    internal Span<float> Row(int row) => Values.AsSpan(row * Stride, Stride);

    /// <summary>Small normal numbers, the same for the same seed.</summary>
    internal static FactorTable Drawn(int count, int factors, ulong seed, ulong stream)
    {
        var table = new FactorTable(count, factors);
        var random = new RandomStream(seed, stream);
        var scale = 0.1 / Math.Sqrt(factors);
        for (var row = 0; row < count; row++)
        {
            var values = table.Row(row);
            for (var f = 0; f < factors; f++) { values[f] = (float)(random.NextNormal() * scale); }
        }
        return table;
    }
}
