using System.Globalization;
using System.Text;

namespace Lintel.Events.Sources;

/// <summary>Collects ids: as whole numbers while all are, else as texts.</summary>
internal sealed class IdBuilder
{
    private readonly GrowingColumn<long> _wholes = new();
    private List<string>? _texts;

    internal int Count => _texts?.Count ?? _wholes.Count;

    internal void Add(long value)
    {
        if (_texts is null) { _wholes.Add(value); }
        else { _texts.Add(value.ToString(CultureInfo.InvariantCulture)); }
    }

    internal void Add(ReadOnlySpan<byte> utf8)
    {
        if (_texts is null)
        {
            if (KeyText.TryWhole(utf8, out var whole))
            {
                _wholes.Add(whole);
                return;
            }
            _texts = [.. _wholes.Values.ToArray().Select(static w => w.ToString(CultureInfo.InvariantCulture))];
        }
        _texts.Add(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>Ids of the chosen rows, in their order.</summary>
    internal IdColumn Pick(ReadOnlySpan<int> rows)
    {
        if (_texts is { } texts)
        {
            var picked = new string[rows.Length];
            for (var i = 0; i < picked.Length; i++) { picked[i] = texts[rows[i]]; }
            return new IdColumn.Texts(picked);
        }
        var numbers = new long[rows.Length];
        var values = _wholes.Values;
        for (var i = 0; i < numbers.Length; i++) { numbers[i] = values[rows[i]]; }
        return new IdColumn.Numbers(numbers);
    }
}

/// <summary>An array that grows.</summary>
internal sealed class GrowingColumn<T>
{
    private T[] _values = new T[1024];

    internal int Count { get; private set; }

    internal ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    internal void Add(T value)
    {
        if (Count == _values.Length) { Array.Resize(ref _values, Count * 2); }
        _values[Count++] = value;
    }

    internal T[] Pick(ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < picked.Length; i++) { picked[i] = _values[rows[i]]; }
        return picked;
    }
}
