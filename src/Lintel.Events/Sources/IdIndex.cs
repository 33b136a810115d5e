using System.Numerics;
using Lintel.Numerics.Random;

namespace Lintel.Events.Sources;

/// <summary>Finds rows by id: open addressing over row numbers, at most half full.</summary>
internal sealed class IdIndex
{
    private readonly IdColumn _ids;
    private readonly int[] _rows;
    private readonly int _mask;

    internal IdIndex(IdColumn ids, int rowCount)
    {
        _ids = ids;
        _mask = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, rowCount * 2)) - 1;
        _rows = new int[_mask + 1];
        for (var row = 0; row < rowCount; row++)
        {
            var at = Hash(ids, row);
            while (_rows[at] != 0 && !Same(ids, row, _rows[at] - 1)) { at = (at + 1) & _mask; }
            if (_rows[at] == 0) { _rows[at] = row + 1; }
            else { Repeats.Add(row); }
        }
    }

    /// <summary>Rows whose id an earlier row has, rising.</summary>
    internal List<int> Repeats { get; } = [];

    /// <returns>The first row that has this id; −1: none.</returns>
    internal int Find(IdColumn other, int row)
    {
        for (var at = Hash(other, row); _rows[at] != 0; at = (at + 1) & _mask)
        {
            if (Same(other, row, _rows[at] - 1)) { return _rows[at] - 1; }
        }
        return -1;
    }

    // numbers and texts of one id must meet: both hash the number where there is one
    private int Hash(IdColumn ids, int row)
    {
        if (ids is IdColumn.Numbers numbers) { return (int)RandomStream.Mix((ulong)numbers.Values[row]) & _mask; }
        var text = ids[row];
        Span<byte> utf8 = stackalloc byte[24];
        return text.Length <= 20 && System.Text.Encoding.UTF8.TryGetBytes(text, utf8, out var length)
            && KeyText.TryWhole(utf8[..length], out var whole)
            ? (int)RandomStream.Mix((ulong)whole) & _mask
            : string.GetHashCode(text, StringComparison.Ordinal) & _mask;
    }

    private bool Same(IdColumn other, int row, int own) =>
        other is IdColumn.Numbers a && _ids is IdColumn.Numbers b ? a.Values[row] == b.Values[own] : other[row] == _ids[own];
}
