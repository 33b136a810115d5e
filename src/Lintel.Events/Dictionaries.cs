using Lintel.Numerics.Text;

namespace Lintel.Events;

/// <summary>Text to dense code and back, one dictionary for each domain (an entity's keys, or all texts). Codes are given in
/// the order of first sight and never change, so state may be indexed by them. Not thread-safe: the sequencer owns it.</summary>
public sealed class CodeDictionary(string domain)
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    // an entry of the map and its bucket; a reference of the list; a hash
    private const int EntryBytes = 28, ReferenceBytes = 8, HashBytes = 8;

    private long _textBytes;

    // by code; null: nobody asked for any. Replaced whole when it grows, so that who reads one meanwhile finds it
    private ulong[]? _hashes;

    public string Domain { get; } = domain;

    public int Count => _texts.Count;

    /// <summary>Memory that the texts and their codes take, room ahead included: on 64 bits a text of n characters is an object of
    /// 22 + 2n bytes, rounded up to 8, and about 36 more, 44 with its hash, up to twice that after the tables have grown.</summary>
    public long Bytes => _textBytes + ((long)EntryBytes * _codes.Capacity) + ((long)ReferenceBytes * _texts.Capacity)
        + ((long)HashBytes * (_hashes?.Length ?? 0));

    /// <summary>The code of a text, given now if it is new.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        var lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var code)) { return code; }
        var owned = text.ToString();
        code = _texts.Count;
        _codes.Add(owned, code);
        _texts.Add(owned);
        _textBytes += (22 + (2 * owned.Length) + 7) & ~7;
        if (_hashes is not null) { KeepHash(code); }
        return code;
    }

    /// <summary>The code of a text; −1 when it was never seen.</summary>
    public int Find(ReadOnlySpan<char> text) =>
        _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code) ? code : -1;

    public string Text(int code) => _texts[code];

    /// <summary>Keeps from now on the hash of each text's content (<see cref="TextHash"/>) beside it.</summary>
    public void KeepHashes()
    {
        if (_hashes is not null) { return; }
        var hashes = new ulong[Math.Max(16, _texts.Count)];
        for (var code = 0; code < _texts.Count; code++) { hashes[code] = TextHash.Of(_texts[code]); }
        _hashes = hashes;
    }

    /// <summary>The hash of a text's content; <see cref="KeepHashes"/> was called.</summary>
    /// <returns>False: there is no such code.</returns>
    public bool TryHash(double code, out ulong hash)
    {
        if (!(code >= 0 && code < _texts.Count))
        {
            hash = 0;
            return false;
        }
        hash = _hashes![(int)code];
        return true;
    }

    private void KeepHash(int code)
    {
        var hashes = _hashes!;
        if (code == hashes.Length) { Array.Resize(ref hashes, 2 * code); }
        hashes[code] = TextHash.Of(_texts[code]);
        _hashes = hashes;
    }

    /// <summary>Makes room, so that the codes that come move nothing.</summary>
    internal void Reserve(int count)
    {
        _codes.EnsureCapacity(count);
        _texts.EnsureCapacity(count);
    }
}

/// <summary>The dictionaries of one workspace, by domain.</summary>
public sealed class CodeDictionaries
{
    private readonly SortedDictionary<string, CodeDictionary> _byDomain = new(StringComparer.Ordinal);

    public CodeDictionary this[string domain]
    {
        get
        {
            if (!_byDomain.TryGetValue(domain, out var dictionary))
            {
                _byDomain.Add(domain, dictionary = new(domain));
            }
            return dictionary;
        }
    }

    public IEnumerable<CodeDictionary> All => _byDomain.Values;

    /// <summary>Writes every domain's texts in the order of their codes.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_byDomain.Count);
        foreach (var (domain, dictionary) in _byDomain)
        {
            writer.Write(domain);
            writer.Write(dictionary.Count);
            for (var code = 0; code < dictionary.Count; code++) { writer.Write(dictionary.Text(code)); }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote: every text has its code again.</summary>
    /// <exception cref="InvalidDataException">A domain names one text twice.</exception>
    public static CodeDictionaries Read(BinaryReader reader)
    {
        var dictionaries = new CodeDictionaries();
        for (var domains = reader.ReadInt32(); domains > 0; domains--)
        {
            var dictionary = dictionaries[reader.ReadString()];
            var count = reader.ReadInt32();
            dictionary.Reserve(count);
            for (var code = 0; code < count; code++)
            {
                if (dictionary.Add(reader.ReadString()) != code)
                {
                    throw new InvalidDataException($"dictionary '{dictionary.Domain}' holds one text twice at code {code}");
                }
            }
        }
        return dictionaries;
    }
}
