using Lintel.Numerics.Text.Posts;

namespace Lintel.Numerics.Text.Near;

/// <summary>A text that was found, and how alike it is.</summary>
/// <param name="Key">Its key; −1: none was found.</param> <param name="Likeness">0 to 1; 0: none was found.</param>
public readonly record struct NearText(long Key, double Likeness);

/// <summary>Texts that are not wanted again, or seen before: whether a text is a near copy of one of them.</summary>
/// <remarks>Texts are alike by Jaccard's share of the three-letter pieces of their normal form (<see cref="PostNormaliser"/>, <see cref="TextPieces"/>), so hidden copies
/// are copies. Candidates agree in a band of <see cref="MinHash"/> signatures, which misses one pair in ten thousand or less at the least likeness; each is
/// then compared exactly: what is found is as alike as it says. About 1.5 kB a text of 100 letters. One thread at a time.</remarks>
public sealed class NearTexts
{
    private const int MaxCount = 1 << 24, MaxPieces = 1 << 20, MinBytes = sizeof(long) + sizeof(int);

    private readonly MinHash _hash;
    private readonly PostNormaliser _normaliser = new();
    private readonly Dictionary<long, int> _slots = [];
    private readonly Stack<int> _free = new();

    // by band's hash: the first slot of a chain + 1; the next of slot s in band b stands at s·bands + b
    private readonly Dictionary<ulong, int> _heads = [];
    private int[] _next = [];

    // by slot; null: free
    private ulong[]?[] _pieces = [];
    private long[] _keys = [];

    // the last query that looked at a slot
    private int[] _asked = [];
    private int _query;

    private ulong[] _read = new ulong[512];
    private readonly ulong[] _bands;

    /// <param name="least">Likeness from which texts are found, 0.5 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is outside its range.</exception>
    public NearTexts(double least)
    {
        if (!(least is >= 0.5 and <= 1)) { throw new ArgumentOutOfRangeException(nameof(least), least, "expected 0.5 to 1"); }
        Least = least;
        _hash = new(least);
        _bands = new ulong[_hash.BandCount];
    }

    public double Least { get; }

    public int Count => _slots.Count;

    /// <summary>Adds a text, or replaces the one of this key. A text without a letter or sign is kept, and is near nothing.</summary>
    /// <param name="key">0 or more.</param>
    public void Add(long key, ReadOnlySpan<char> text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        Add(key, Pieces(text).ToArray());
    }

    /// <returns>False: there was none of this key.</returns>
    public bool Remove(long key)
    {
        if (!_slots.Remove(key, out var slot)) { return false; }
        if (_pieces[slot] is { Length: > 0 } pieces)
        {
            _hash.Read(pieces, _bands);
            for (var b = 0; b < _bands.Length; b++) { Unlink(slot, b); }
        }
        _pieces[slot] = null;
        _free.Push(slot);
        return true;
    }

    /// <summary>The text that is most alike, of several the one of the lowest key.</summary>
    public NearText Find(ReadOnlySpan<char> text)
    {
        var pieces = Pieces(text);
        var best = new NearText(-1, 0);
        if (pieces.IsEmpty || _slots.Count == 0) { return best; }
        _hash.Read(pieces, _bands);
        _query++;
        for (var b = 0; b < _bands.Length; b++)
        {
            if (!_heads.TryGetValue(_bands[b], out var link)) { continue; }
            for (; link > 0; link = _next[((link - 1) * _bands.Length) + b])
            {
                var slot = link - 1;
                if (_asked[slot] == _query) { continue; }
                _asked[slot] = _query;
                var other = _pieces[slot]!;
                // sets whose sizes differ more cannot be so alike
                var (small, large) = (Math.Min(other.Length, pieces.Length), Math.Max(other.Length, pieces.Length));
                if (small < Math.Max(Least, best.Likeness) * large - 1e-9) { continue; }
                var likeness = TextPieces.Likeness(pieces, other);
                if (likeness < Least - 1e-9 || likeness < best.Likeness) { continue; }
                if (likeness > best.Likeness || _keys[slot] < best.Key) { best = new(_keys[slot], likeness); }
            }
        }
        return best;
    }

    /// <summary>Writes the pieces of each text, by rising key; the texts themselves are not kept.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Least);
        writer.Write(_slots.Count);
        foreach (var (key, slot) in _slots.OrderBy(static s => s.Key))
        {
            writer.Write(key);
            writer.Write(_pieces[slot]!.Length);
            foreach (var piece in _pieces[slot]!) { writer.Write(piece); }
        }
    }

    /// <exception cref="InvalidDataException">A count, a key or a piece is out of its range or order; the message says which.</exception>
    public static NearTexts Read(BinaryReader reader)
    {
        var least = reader.ReadDouble();
        if (!(least is >= 0.5 and <= 1)) { throw new InvalidDataException($"likeness of {least}, expected 0.5 to 1"); }
        var texts = new NearTexts(least);
        var count = ReadCount(reader, "texts", MaxCount, MinBytes);
        var last = -1L;
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadInt64();
            if (key <= last) { throw new InvalidDataException($"text {i} has key {key} behind {last}; expected rising keys from 0"); }
            last = key;
            var pieces = new ulong[ReadCount(reader, $"pieces of key {key}", MaxPieces, sizeof(ulong))];
            for (var p = 0; p < pieces.Length; p++)
            {
                pieces[p] = reader.ReadUInt64();
                if (p > 0 && pieces[p] <= pieces[p - 1]) { throw new InvalidDataException($"piece {p} of key {key} does not rise"); }
            }
            texts.Add(key, pieces);
        }
        return texts;
    }

    private static int ReadCount(BinaryReader reader, string what, int most, int bytes)
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count >= 0 && count <= most && (long)count * bytes <= left
            ? count : throw new InvalidDataException($"{count:N0} {what}, expected 0 to {Math.Min(most, left / bytes):N0}");
    }

    private void Add(long key, ulong[] pieces)
    {
        _ = Remove(key);
        var slot = _free.Count > 0 ? _free.Pop() : NewSlot();
        _slots.Add(key, slot);
        (_keys[slot], _pieces[slot]) = (key, pieces);
        if (pieces.Length == 0) { return; }
        _hash.Read(pieces, _bands);
        for (var b = 0; b < _bands.Length; b++)
        {
            _next[(slot * _bands.Length) + b] = _heads.GetValueOrDefault(_bands[b]);
            _heads[_bands[b]] = slot + 1;
        }
    }

    private int NewSlot()
    {
        var slot = _slots.Count;
        if (slot == _keys.Length)
        {
            var room = Math.Max(64, 2 * slot);
            Array.Resize(ref _keys, room);
            Array.Resize(ref _pieces, room);
            Array.Resize(ref _asked, room);
            Array.Resize(ref _next, room * _bands.Length);
        }
        return slot;
    }

    private void Unlink(int slot, int band)
    {
        var after = _next[(slot * _bands.Length) + band];
        var link = _heads[_bands[band]];
        if (link == slot + 1)
        {
            if (after == 0) { _ = _heads.Remove(_bands[band]); }
            else { _heads[_bands[band]] = after; }
            return;
        }
        while (_next[((link - 1) * _bands.Length) + band] != slot + 1) { link = _next[((link - 1) * _bands.Length) + band]; }
        _next[((link - 1) * _bands.Length) + band] = after;
    }

    private ReadOnlySpan<ulong> Pieces(ReadOnlySpan<char> text)
    {
        var normal = _normaliser.Normalise(text);
        if (_read.Length < TextPieces.Most(normal.Length)) { _read = new ulong[2 * normal.Length]; }
        return _read.AsSpan(0, TextPieces.Read(normal, _read));
    }
}
