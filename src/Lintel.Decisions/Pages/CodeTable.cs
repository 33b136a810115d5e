using System.Numerics;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Pages;

/// <summary>Counts by code, cleared for each use: open addressing, at most half full. Allocates only while it
/// grows.</summary>
internal sealed class CodeTable
{
    private long[] _keys = new long[64];
    private int[] _counts = new int[64];
    private int _used;

    public void Clear()
    {
        Array.Clear(_counts);
        _used = 0;
    }

    /// <summary>How often a code was added; 0: never.</summary>
    public int this[long key] => _counts[Find(key)];

    public int this[double value] => this[BitConverter.DoubleToInt64Bits(value)];

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public void Add(long key)
    {
        if (2 * (_used + 1) > _keys.Length) { Grow(); }
        var at = Find(key);
        if (_counts[at]++ == 0)
        {
            _keys[at] = key;
            _used++;
        }
    }

    // where the key stands, or the free place where it would
    private int Find(long key)
    {
        var mask = _keys.Length - 1;
        var at = (int)RandomStream.Mix((ulong)key) & mask;
        while (_counts[at] != 0 && _keys[at] != key) { at = (at + 1) & mask; }
        return at;
    }

    private void Grow()
    {
        var (keys, counts) = (_keys, _counts);
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)keys.Length * 2);
        (_keys, _counts) = (new long[length], new int[length]);
        for (var i = 0; i < keys.Length; i++)
        {
            if (counts[i] == 0) { continue; }
            var at = Find(keys[i]);
            (_keys[at], _counts[at]) = (keys[i], counts[i]);
        }
    }
}
