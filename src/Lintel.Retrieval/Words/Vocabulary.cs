using System.Runtime.InteropServices;
using Lintel.Models;

namespace Lintel.Retrieval.Words;

/// <summary>The terms of a segment, numbered in ordinal order. Immutable.</summary>
internal sealed class Vocabulary
{
    /// <summary>Bounds on what a damaged file may ask for.</summary>
    internal const int MaxTerms = 1 << 27, MaxTermLength = 256;

    private readonly char[] _letters;
    private readonly int[] _starts;

    // open addressing: term + 1; 0 is free
    private readonly int[] _slots;

    private Vocabulary(char[] letters, int[] starts)
    {
        (_letters, _starts) = (letters, starts);
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * Count) + 2)];
        for (var term = 0; term < Count; term++)
        {
            var slot = SlotOf(this[term]);
            while (_slots[slot] != 0) { slot = (slot + 1) & (_slots.Length - 1); }
            _slots[slot] = term + 1;
        }
    }

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<char> this[int term] => _letters.AsSpan(_starts[term].._starts[term + 1]);

    /// <summary>Bytes that it takes in memory.</summary>
    public long Bytes => (sizeof(char) * (long)_letters.Length) + (sizeof(int) * ((long)_starts.Length + _slots.Length));

    /// <param name="terms">In ordinal order, none twice.</param>
    public static Vocabulary Of(IReadOnlyList<string> terms)
    {
        var starts = new int[terms.Count + 1];
        for (var t = 0; t < terms.Count; t++) { starts[t + 1] = checked(starts[t] + terms[t].Length); }
        var letters = new char[starts[^1]];
        for (var t = 0; t < terms.Count; t++) { terms[t].CopyTo(letters.AsSpan(starts[t])); }
        return new(letters, starts);
    }

    /// <returns>−1: it is not there.</returns>
    public int Find(ReadOnlySpan<char> term)
    {
        for (var slot = SlotOf(term); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (this[_slots[slot] - 1].SequenceEqual(term)) { return _slots[slot] - 1; }
        }
        return -1;
    }

    /// <summary>The first term that is not before another in ordinal order; <see cref="Count"/>: all are.</summary>
    public int LowerBound(ReadOnlySpan<char> term)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].SequenceCompareTo(term) < 0) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes<int>(_starts));
        writer.Write(MemoryMarshal.AsBytes<char>(_letters));
    }

    /// <exception cref="InvalidDataException">Cut short, or the terms are not in order.</exception>
    public static Vocabulary Read(BinaryReader reader)
    {
        var starts = new int[Payload.ReadCount(reader, "terms", 0, MaxTerms, sizeof(int)) + 1];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(starts.AsSpan()));
        for (var t = 0; t + 1 < starts.Length; t++)
        {
            if (starts[0] != 0 || starts[t + 1] <= starts[t] || starts[t + 1] - starts[t] > MaxTermLength)
            {
                throw new InvalidDataException($"term {t} stands from {starts[t]} to {starts[t + 1]}; index again");
            }
        }
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if ((long)starts[^1] * sizeof(char) > left)
        {
            throw new InvalidDataException($"terms of {starts[^1]:N0} characters do not fit the {left:N0} bytes that are left; index again");
        }
        var letters = new char[starts[^1]];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(letters.AsSpan()));
        for (var t = 0; t + 2 < starts.Length; t++)
        {
            if (letters.AsSpan(starts[t]..starts[t + 1]).SequenceCompareTo(letters.AsSpan(starts[t + 1]..starts[t + 2])) >= 0)
            {
                throw new InvalidDataException($"terms {t} and {t + 1} are not in order; index again");
            }
        }
        return new(letters, starts);
    }

    private int SlotOf(ReadOnlySpan<char> term) => string.GetHashCode(term) & (_slots.Length - 1);
}
