using Lintel.Native;
using Lintel.Native.DuckDb;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;

namespace Lintel.Pipeline.Batch;

/// <summary>Reads a complete batch for the version that serves.</summary>
public static class PrecomputedReader
{
    /// <summary>The newest complete batch of a version; null: there is none.</summary>
    /// <param name="root">Holds a folder each batch.</param>
    public static BatchFolder? Newest(string root, SystemVersion version) => BatchFolder.Of(root, version.Number)
        .FirstOrDefault(b => b.Description.DesignHash == version.Design.Hash && b.Description.Asks is null && b.IsComplete);

    /// <summary>Reads every part; the sequencer is asked for codes between them.</summary>
    /// <exception cref="InvalidDataException">A part was cut short or altered, or is of another design.</exception>
    public static PrecomputedPages Read(BatchFolder folder, LiveService live)
    {
        var version = live.Version;
        var items = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var code = 0; code < version.Compiled.ItemNames.Length; code++) { items[version.Compiled.ItemNames[code]] = code; }
        using var connection = DuckDbConnection.Open();
        var parts = new PrecomputedPart[folder.Description.Parts];
        for (var p = 0; p < parts.Length; p++) { parts[p] = ReadPart(connection, folder.PartPath(p), folder, version, live, items); }
        var (_, column) = BatchAudience.WhoAsks(version.Design);
        return new(folder.Description, version.Compiled, column, parts);
    }

    private static PrecomputedPart ReadPart(
        DuckDbConnection connection, string path, BatchFolder folder, SystemVersion version, LiveService live,
        Dictionary<string, int> items)
    {
        try
        {
            var part = new PartBuilder(items, version.Design.Decision.Ranking!.Candidates.Length);
            using var rows = connection.Query(Sql(path, folder.Description.Entity, version));
            while (rows.NextChunk()) { part.Take(rows.Chunk); }
            return part.Build(live.CodesOf(folder.Description.Entity, part.Keys));
        }
        catch (NativeException fault)
        {
            throw new InvalidDataException(
                $"{path}: cannot be read ({fault.Message.Trim()}); delete it and run lintel batch again, which makes it anew.", fault);
        }
    }

    private static string Sql(string path, string entity, SystemVersion version)
    {
        var ranking = version.Design.Decision.Ranking!;
        string[] columns =
        [
            entity, ranking.Of.Name, BatchPart.Shown, BatchPart.Row, BatchPart.Score, BatchPart.Propensity, BatchPart.Price,
            .. ranking.Candidates.Select(static c => c.RankColumn),
        ];
        return $"SELECT {string.Join(", ", columns.Select(DuckDbConnection.Identifier))} FROM read_parquet({DuckDbConnection.Literal(path)})";
    }

    private sealed class PartBuilder(Dictionary<string, int> items, int sourceCount)
    {
        private const int Key = 0, Item = 1, Shown = 2, Row = 3, Score = 4, Propensity = 5, Price = 6, FirstRank = 7;

        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _items = items.GetAlternateLookup<ReadOnlySpan<char>>();
        private readonly List<int> _offerStarts = [], _pageStarts = [];
        private readonly List<Offer> _offers = [];
        private readonly List<StoredItem> _pages = [];
        private readonly long[][] _ranks = [.. Enumerable.Range(0, sourceCount).Select(static _ => new long[DuckDbAppender.ChunkRows])];
        private char[] _text = new char[256];
        private string _key = "";

        internal List<string> Keys { get; } = [];

        internal void Take(in DuckDbChunk chunk)
        {
            var keys = chunk.Texts(Key);
            var names = chunk.Texts(Item);
            var shown = chunk.Values<byte>(Shown);
            var row = chunk.Values<long>(Row);
            var score = chunk.Values<double>(Score);
            var propensity = chunk.Values<double>(Propensity);
            var price = chunk.Values<double>(Price);
            var hasScore = chunk.Validity(Score);
            var hasPropensity = chunk.Validity(Propensity);
            var hasPrice = chunk.Validity(Price);
            for (var s = 0; s < _ranks.Length; s++) { chunk.Values<long>(FirstRank + s).CopyTo(_ranks[s]); }
            for (var r = 0; r < chunk.RowCount; r++)
            {
                var key = Decode(keys[r]);
                if (Keys.Count == 0 || !key.SequenceEqual(_key)) { Begin(key.ToString()); }
                // an item that this version's catalogue does not hold is no candidate
                if (!_items.TryGetValue(Decode(names[r]), out var item)) { continue; }
                if (shown[r] != 0)
                {
                    _pages.Add(new(
                        item, (int)row[r], hasScore[r] ? score[r] : double.NaN, hasPropensity[r] ? propensity[r] : double.NaN,
                        hasPrice[r] ? price[r] : double.NaN));
                }
                for (var s = 0; s < _ranks.Length; s++)
                {
                    if (_ranks[s][r] is > 0 and var rank) { _offers.Add(new(item, (ushort)s, (ushort)rank)); }
                }
            }
        }

        internal PrecomputedPart Build(int[] codes)
        {
            Sort();
            return new(codes, [.. _offerStarts, _offers.Count], [.. _offers], [.. _pageStarts, _pages.Count], [.. _pages]);
        }

        private void Begin(string key)
        {
            Sort();
            Keys.Add(_key = key);
            _offerStarts.Add(_offers.Count);
            _pageStarts.Add(_pages.Count);
        }

        /// <summary>Brings the last one's offers into the order in which sources are asked.</summary>
        private void Sort()
        {
            if (Keys.Count == 0) { return; }
            _offers.Sort(
                _offerStarts[^1], _offers.Count - _offerStarts[^1],
                Comparer<Offer>.Create(static (a, b) => a.Source != b.Source ? a.Source.CompareTo(b.Source) : a.Rank.CompareTo(b.Rank)));
        }

        private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> text)
        {
            if (_text.Length < text.Length) { _text = new char[2 * text.Length]; }
            return _text.AsSpan(0, System.Text.Encoding.UTF8.GetChars(text, _text));
        }
    }
}
