using Lintel.Numerics.Random;
using Lintel.Numerics.Text;

namespace Lintel.Numerics.Tests.Text;

public sealed class TextPairsTests
{
    [Theory]
    [InlineData(0.5), InlineData(0.65), InlineData(0.8), InlineData(1.0)]
    public void All_pairs_are_found_and_no_others(double similarity)
    {
        string[] words = ["river", "rivers", "crimson", "crimsons", "night", "knight", "of", "dark", "park", "2", "ii",
            "lost"];
        var random = new RandomStream(4);
        var texts = Enumerable.Range(0, 400)
            .Select(_ => string.Join(' ', Enumerable.Range(0, 1 + random.NextInt32(4))
                .Select(_ => words[random.NextInt32(words.Length)])))
            .Distinct().ToArray();
        var pairs = TextPairs.Find(texts, similarity);
        var found = 0;
        for (var t = 0; t < texts.Length; t++)
        {
            var expected = Enumerable.Range(0, texts.Length).Where(o => o != t
                && AreAlike(texts[t], texts[o], similarity)).ToArray();
            pairs.Of(t).ToArray().ShouldBe(expected);
            found += expected.Length;
        }
        (similarity == 1 || found > 100).ShouldBeTrue();
    }

    [Fact]
    public void Parts_of_a_series_are_not_alike()
    {
        var pairs = TextPairs.Find(["police academy", "police academy 2", "police academy 3", "police academy iii",
            "police academi 2"], 0.6);
        pairs.Of(0).ToArray().ShouldBeEmpty();
        pairs.Of(1).ToArray().ShouldBe([4]);
    }

    [Fact]
    public void Short_and_empty_texts_are_no_trouble() => TextPairs.Find(["", "a", "b", "aa"], 0.5).Of(0).ToArray()
        .ShouldBeEmpty();

    [Fact]
    public void A_likeness_that_would_pair_everything_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => TextPairs.Find(["a"], 0.1));

    private static bool AreAlike(string a, string b, double similarity)
    {
        var (one, other) = (Pieces(a), Pieces(b));
        var both = one.Intersect(other).Count();
        return Numbers(a) == Numbers(b) && (double)both / (one.Count + other.Count - both) >= similarity - 1e-9;
    }

    private static HashSet<string> Pieces(string text) =>
        [.. Enumerable.Range(0, text.Length).Select(i => $" {text} ".Substring(i, 3))];

    private static string Numbers(string text) => string.Join(' ', text.Split(' ').Where(static w => w is "2" or "ii"));
}
