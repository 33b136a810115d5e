using Lintel.Numerics.Random;

namespace Lintel.Models.Tables;

/// <summary>A value by the numbers and ids that name a group; missing is a group of its own. Immutable; nothing is allocated to look one
/// up.</summary>
internal sealed class GroupTable
{
    private const int MaxGroups = 1 << 26;

    private readonly int _width;
    private readonly float[] _keys;
    private readonly double[] _values;
    private readonly int[] _slots;

    /// <param name="width">Numbers of a key, 1 or more.</param> <param name="keys">Row-major, [groups, width], no two the same.</param>
    internal GroupTable(int width, float[] keys, double[] values)
    {
        (_width, _keys, _values) = (width, keys, values);
        var size = 4;
        while (size < 2 * values.Length) { size *= 2; }
        _slots = new int[size];
        for (var group = 0; group < values.Length; group++)
        {
            var slot = Hash(keys.AsSpan(group * width, width)) & (size - 1);
            while (_slots[slot] != 0) { slot = (slot + 1) & (size - 1); }
            _slots[slot] = group + 1;
        }
    }

    public int Count => _values.Length;

    /// <summary>Value of a group; NaN: there is none.</summary>
    public double Find(ReadOnlySpan<float> key)
    {
        for (var slot = Hash(key) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var group = _slots[slot] - 1;
            if (Same(_keys.AsSpan(group * _width, _width), key)) { return _values[group]; }
        }
        return double.NaN;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_values.Length);
        foreach (var key in _keys) { writer.Write(key); }
        foreach (var value in _values) { writer.Write(value); }
    }

    /// <exception cref="InvalidDataException">A count or a value is out of range.</exception>
    public static GroupTable Read(BinaryReader reader, int width)
    {
        var count = Payload.ReadCount(reader, "groups", 0, MaxGroups, (width * sizeof(float)) + sizeof(double));
        var keys = new float[count * width];
        for (var i = 0; i < keys.Length; i++) { keys[i] = reader.ReadSingle(); }
        var values = new double[count];
        for (var i = 0; i < count; i++) { values[i] = Payload.ReadNumber(reader, $"value of group {i}"); }
        return new(width, keys, values);
    }

    /// <summary>−1, 0 or 1: an order in which equal keys stand together, missing first.</summary>
    internal static int Compare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var order = a[i].CompareTo(b[i]);
            if (order != 0) { return order; }
        }
        return 0;
    }

    private static bool Same(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (!(a[i] == b[i] || (float.IsNaN(a[i]) && float.IsNaN(b[i])))) { return false; }
        }
        return true;
    }

    private static int Hash(ReadOnlySpan<float> key)
    {
        ulong hash = 0;
        foreach (var value in key)
        {
            // one bit pattern for all that is missing, one for both zeros
            var bits = float.IsNaN(value) ? 0x7FC0_0000u : value == 0 ? 0u : BitConverter.SingleToUInt32Bits(value);
            hash = RandomStream.Mix(hash ^ bits);
        }
        return (int)(hash & int.MaxValue);
    }
}
