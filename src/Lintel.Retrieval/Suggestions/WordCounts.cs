using System.Runtime.InteropServices;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Suggestions;

/// <summary>Words as people write them and how often each occurs: what spelling and completion are made of. Immutable.</summary>
public sealed class WordCounts
{
    private readonly int[] _counts;

    private WordCounts(Vocabulary words, int[] counts) => (Words, _counts) = (words, counts);

    public int Count => _counts.Length;

    /// <summary>In ordinal order.</summary>
    public ReadOnlySpan<char> this[int word] => Words[word];

    internal Vocabulary Words { get; }

    /// <summary>How often it occurs; above 0.</summary>
    public int CountOf(int word) => _counts[word];

    /// <returns>−1: it does not occur.</returns>
    public int Find(ReadOnlySpan<char> word) => Words.Find(word);

    /// <summary>Counts the words of texts.</summary>
    /// <param name="analyser">Without stems, so that words stay what people write: <c>[fold]</c>.</param>
    /// <param name="least">Words that occur less often are left out: nearly all are mistakes. At least 1.</param>
    public static WordCounts Of(IEnumerable<string> texts, TextAnalyser analyser, int least = 1)
    {
        var tally = new Tally([]);
        foreach (var text in texts) { _ = analyser.Analyse(text, ref tally); }
        return Of(tally.Counts.Where(c => c.Value >= least));
    }

    /// <param name="counts">Words or phrases of 1 to 256 characters, each once, with counts above 0.</param>
    /// <exception cref="ArgumentException">A word is empty, too long or stands twice, or a count is not above 0.</exception>
    public static WordCounts Of(IEnumerable<KeyValuePair<string, int>> counts)
    {
        KeyValuePair<string, int>[] sorted = [.. counts.OrderBy(static c => c.Key, StringComparer.Ordinal)];
        for (var i = 0; i < sorted.Length; i++)
        {
            var (word, count) = sorted[i];
            if (word.Length is < 1 or > Vocabulary.MaxTermLength || count < 1 || (i > 0 && sorted[i - 1].Key == word))
            {
                throw new ArgumentException(
                    $"word '{word}' has {word.Length} characters and the count {count}; expected 1 to {Vocabulary.MaxTermLength} characters, a count above 0, and each word once");
            }
        }
        return new(Vocabulary.Of([.. sorted.Select(static c => c.Key)]), [.. sorted.Select(static c => c.Value)]);
    }

    public void Write(BinaryWriter writer)
    {
        Words.Write(writer);
        writer.Write(MemoryMarshal.AsBytes<int>(_counts));
    }

    /// <exception cref="InvalidDataException">Cut short, or numbers that cannot be.</exception>
    public static WordCounts Read(BinaryReader reader)
    {
        try
        {
            var words = Vocabulary.Read(reader);
            var counts = new int[words.Count];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(counts.AsSpan()));
            foreach (var count in counts)
            {
                if (count < 1) { throw new InvalidDataException($"a word has the count {count}; index again"); }
            }
            return new(words, counts);
        }
        catch (EndOfStreamException fault) { throw new InvalidDataException("the counts of words are cut short; index again", fault); }
    }

    private readonly record struct Tally(Dictionary<string, int> Counts) : ITokenSink
    {
        public void Token(scoped ReadOnlySpan<char> term, TokenPlace place)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(Counts.GetAlternateLookup<ReadOnlySpan<char>>(), term, out _);
            count++;
        }
    }
}
