namespace Lintel.Worlds.Queries;

/// <summary>The search that made the log: it knows words, not what they mean. A document is found when it has all words of a query, or of
/// three and more all but one; it scores rare words, twice where they stand in the title, and popularity. A slip, another word for the same
/// thing or a number written otherwise finds nothing or less.</summary>
internal sealed class OldRanker
{
    /// <summary>Documents kept for a query, some of them not published yet.</summary>
    private const int Kept = 120;

    private readonly QueriesOptions _options;
    private readonly Document[] _documents;
    private readonly Dictionary<string, List<(int Document, bool InTitle)>> _postings = new(StringComparer.Ordinal);
    private readonly int[]?[] _ranked;
    private readonly Query[] _queries;
    private readonly double[] _scores;
    private readonly int[] _found;

    public OldRanker(QueriesOptions options, Document[] documents, Query[] queries)
    {
        (_options, _documents, _queries) = (options, documents, queries);
        (_ranked, _scores, _found) = (new int[queries.Length][], new double[documents.Length], new int[documents.Length]);
        foreach (var document in documents)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (var word in document.Title.Split(' ')) { Post(word, inTitle: true); }
            foreach (var word in document.Body.Split(' ')) { Post(word, inTitle: false); }

            void Post(string word, bool inTitle)
            {
                if (!seen.Add(word)) { return; }
                if (!_postings.TryGetValue(word, out var list)) { _postings[word] = list = []; }
                list.Add((document.Id, inTitle));
            }
        }
    }

    /// <summary>The best documents for a query that are published, best first.</summary>
    /// <param name="pool">[Pool].</param> <returns>Documents found.</returns>
    public int Rank(int query, int second, Span<int> pool)
    {
        var count = 0;
        foreach (var document in _ranked[query] ??= RankAll(query))
        {
            if (_documents[document].Published > second) { continue; }
            pool[count++] = document;
            if (count == pool.Length) { break; }
        }
        return count;
    }

    private int[] RankAll(int query)
    {
        var words = _queries[query].Text.Split(' ');
        List<int> touched = [];
        foreach (var word in words)
        {
            if (!_postings.TryGetValue(word, out var list)) { continue; }
            var rarity = Math.Log(_documents.Length / (double)list.Count);
            foreach (var (document, inTitle) in list)
            {
                if (_found[document]++ == 0) { touched.Add(document); }
                _scores[document] += rarity * (inTitle ? 2 : 1);
            }
        }
        var needed = words.Length < 3 ? words.Length : (words.Length + 1) / 2;
        List<(double Score, int Document)> found = [];
        foreach (var document in touched)
        {
            if (_found[document] >= needed)
            {
                var noise = QueryStreams.Uniform(_options, QueryStreams.Ranker, query, document);
                found.Add((_scores[document] + (1.5 * Math.Log(_documents[document].Popularity)) + (2 * noise), document));
            }
            (_scores[document], _found[document]) = (0, 0);
        }
        found.Sort(static (a, b) => (b.Score, a.Document).CompareTo((a.Score, b.Document)));
        return [.. found.Take(Kept).Select(static f => f.Document)];
    }
}
