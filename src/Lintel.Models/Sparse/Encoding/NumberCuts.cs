using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.Sparse.Encoding;

/// <summary>Cuts a number's range into bins: bin b holds what is at or above cut b − 1 and below cut b.</summary>
internal sealed class NumberCuts
{
    public const int MaxBins = 1_024;

    /// <summary>Values that the quantiles are taken of: evenly spaced rows, so that a column of any length takes the same time.</summary>
    private const int MaxSample = 200_000;

    // rising; filled up with +∞, which no number reaches, to whole vectors
    private readonly float[] _cuts;

    private NumberCuts(ReadOnlySpan<float> cuts)
    {
        BinCount = cuts.Length + 1;
        _cuts = new float[(cuts.Length + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count];
        Array.Fill(_cuts, float.PositiveInfinity);
        cuts.CopyTo(_cuts);
    }

    public int BinCount { get; }

    /// <summary>For numbers of which nothing is known: zero, and both signs in half octaves from 2⁻⁸ to 2³².</summary>
    public static NumberCuts Grid()
    {
        var cuts = new List<float> { float.Epsilon };
        for (var half = -16; half <= 64; half++)
        {
            var cut = MathF.Pow(2, half / 2f);
            cuts.Add(cut);
            cuts.Add(-cut);
        }
        cuts.Add(-float.Epsilon);
        cuts.Sort();
        return new(CollectionsMarshal.AsSpan(cuts));
    }

    /// <summary>Quantiles of one column; a value of its own bin for each of few values.</summary>
    /// <param name="rows">Row-major, [n, columns]; missing is NaN.</param> <param name="bins">Most bins, 1 to <see cref="MaxBins"/>.</param>
    public static NumberCuts Fit(ReadOnlySpan<float> rows, int columns, int column, int bins)
    {
        var count = rows.Length / columns;
        var step = ((count - 1) / MaxSample) + 1;
        var sample = new List<float>((count / step) + 1);
        for (var i = 0; i < count; i += step)
        {
            var x = rows[(i * columns) + column];
            if (!float.IsNaN(x)) { sample.Add(x); }
        }
        sample.Sort();
        var cuts = new List<float>();
        var distinct = Distinct(sample, bins);
        if (distinct is not null) { cuts.AddRange(distinct.Skip(1)); }
        else
        {
            for (var b = 1; b < bins; b++)
            {
                var cut = sample[(int)((long)b * sample.Count / bins)];
                if (cut > sample[0] && (cuts.Count == 0 || cut > cuts[^1])) { cuts.Add(cut); }
            }
        }
        return new(CollectionsMarshal.AsSpan(cuts));
    }

    /// <summary>O(bins / 16).</summary>
    /// <param name="x">A number, not NaN.</param>
    public int Bin(float x)
    {
        var value = Vector512.Create(x);
        ref var cuts = ref MemoryMarshal.GetArrayDataReference(_cuts);
        var below = 0;
        for (var i = 0; i < _cuts.Length; i += Vector512<float>.Count)
        {
            var reached = Vector512.GreaterThanOrEqual(value, Vector512.LoadUnsafe(ref cuts, (nuint)i));
            below += BitOperations.PopCount((uint)reached.ExtractMostSignificantBits());
        }
        return Math.Min(below, BinCount - 1);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(BinCount - 1);
        for (var i = 0; i < BinCount - 1; i++) { writer.Write(_cuts[i]); }
    }

    /// <exception cref="InvalidDataException">The cuts do not rise, or are too many.</exception>
    public static NumberCuts Read(BinaryReader reader)
    {
        var cuts = new float[Payload.ReadCount(reader, "cuts", 0, MaxBins - 1, sizeof(float))];
        for (var i = 0; i < cuts.Length; i++)
        {
            cuts[i] = reader.ReadSingle();
            if (float.IsFinite(cuts[i]) && (i == 0 || cuts[i] > cuts[i - 1])) { continue; }
            throw new InvalidDataException($"cut {i} is {cuts[i]}, expected a finite number above the one before");
        }
        return new(cuts);
    }

    /// <returns>Null: there are more than <paramref name="most"/>.</returns>
    private static List<float>? Distinct(List<float> sorted, int most)
    {
        var distinct = new List<float>();
        foreach (var x in sorted)
        {
            if (distinct.Count > 0 && distinct[^1] == x) { continue; }
            if (distinct.Count == most) { return null; }
            distinct.Add(x);
        }
        return distinct;
    }
}
