namespace Lintel.Numerics.Text;

/// <summary>Which of many texts are alike: all pairs from a likeness on, found once.</summary>
/// <remarks>Texts are alike by Jaccard's share of their three-letter pieces (those that both have over those that one
/// has, ends padded with a blank), and only when their numbers agree: digits, and Roman numerals from II to XX, tell
/// the parts of a series apart. Exact: a pair shares one of the rare pieces that each begins with. Source: Chaudhuri,
/// Ganti and Kaushik, ICDE 2006 (prefix filter).</remarks>
public sealed class TextPairs
{
    private readonly int[][] _of;

    private TextPairs(int[][] of) => _of = of;

    /// <summary>The texts that one is alike to, in rising order; itself is not among them.</summary>
    public ReadOnlySpan<int> Of(int text) => _of[text];

    /// <param name="texts">Normalised (<see cref="TitleText"/>).</param> <param name="similarity">0.5 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="similarity"/> is below 0.5 or above 1.</exception>
    public static TextPairs Find(string[] texts, double similarity)
    {
        if (!(similarity is >= 0.5 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(similarity), similarity, "expected 0.5 to 1");
        }
        var pieces = Ranked([.. texts.Select(Pieces)]);
        var numbers = texts.Select(Numbers).ToArray();
        var found = new List<int>[texts.Length];
        for (var t = 0; t < found.Length; t++) { found[t] = []; }
        var holders = new Dictionary<int, List<int>>();
        var asked = new int[texts.Length];
        for (var t = 0; t < texts.Length; t++)
        {
            // two sets that share this many of their pieces share one of so few of the rarest
            var set = pieces[t];
            var prefix = set.Length - (int)Math.Ceiling((similarity * set.Length) - 1e-9) + 1;
            foreach (var piece in set.AsSpan(0, Math.Min(prefix, set.Length)))
            {
                if (!holders.TryGetValue(piece, out var others)) { holders[piece] = others = []; }
                foreach (var other in others)
                {
                    if (asked[other] == t + 1) { continue; }
                    asked[other] = t + 1;
                    if (numbers[other] != numbers[t] || Jaccard(pieces[other], set) < similarity - 1e-9) { continue; }
                    found[t].Add(other);
                    found[other].Add(t);
                }
                others.Add(t);
            }
        }
        return new([.. found.Select(static f => f.Order().ToArray())]);
    }

    // three letters in the bits of one number, each once
    private static ulong[] Pieces(string text)
    {
        var padded = $" {text} ";
        var pieces = new HashSet<ulong>();
        for (var i = 0; i + 2 < padded.Length; i++)
        {
            _ = pieces.Add(((ulong)padded[i] << 32) | ((ulong)padded[i + 1] << 16) | padded[i + 2]);
        }
        return [.. pieces];
    }

    // pieces numbered from the rarest, sorted so in each text
    private static int[][] Ranked(ulong[][] pieces)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var piece in pieces.SelectMany(static p => p)) { counts[piece] = counts.GetValueOrDefault(piece) + 1; }
        var ranks = counts.OrderBy(static c => c.Value).ThenBy(static c => c.Key)
            .Select(static (c, rank) => (c.Key, rank))
            .ToDictionary(static c => c.Key, static c => c.rank);
        return [.. pieces.Select(p => p.Select(piece => ranks[piece]).Order().ToArray())];
    }

    private static double Jaccard(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j]) { both++; }
            var step = one[i].CompareTo(other[j]);
            if (step <= 0) { i++; }
            if (step >= 0) { j++; }
        }
        return (double)both / (one.Length + other.Length - both);
    }

    private static string Numbers(string text) =>
        string.Join(' ', text.Split(' ').Where(static word => char.IsDigit(word.FirstOrDefault()) || IsRoman(word)));

    private static bool IsRoman(string word) => word is
        "ii" or "iii" or "iv" or "v" or "vi" or "vii" or "viii" or "ix" or "x" or "xi" or "xii" or "xiii" or "xiv" or "xv"
        or "xvi" or "xvii" or "xviii" or "xix" or "xx";
}
