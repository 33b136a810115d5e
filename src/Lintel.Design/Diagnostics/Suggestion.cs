namespace Lintel.Design.Diagnostics;

/// <summary>Finds the known word that someone probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest known word by edit distance, or null when none is near (more than a third of its letters
    /// away).</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        if (word.Length > 100) { return null; }
        foreach (var candidate in known)
        {
            var limit = Math.Max(word.Length, candidate.Length) / 3;
            var distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance && distance <= limit)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>"did you mean 'x'?", or the known words themselves when none is near; null when nothing is
    /// known.</summary>
    public static string? Fix(string word, IEnumerable<string> known)
    {
        var words = known.Distinct().ToList();
        if (words.Count == 0) { return null; }
        return Nearest(word, words) is { } near ? $"did you mean '{near}'?" : $"known: {Join(words)}";
    }

    public static string Join(IEnumerable<string> words)
    {
        var sorted = words.Order(StringComparer.Ordinal).ToList();
        return sorted.Count <= 24 ? string.Join(", ", sorted) : $"{string.Join(", ", sorted.Take(24))}, …";
    }

    /// <summary>Edit distance where swapping two neighbours counts once. Source: Damerau, CACM 7(3), 1964 (restricted
    /// form).</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) { last[j] = j; }
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
