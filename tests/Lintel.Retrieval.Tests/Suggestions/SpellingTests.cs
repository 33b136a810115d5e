using FsCheck;
using FsCheck.Fluent;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Suggestions;

namespace Lintel.Retrieval.Tests.Suggestions;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0), InlineData("abc", "abc", 0), InlineData("abc", "", 3), InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1), InlineData("ca", "abc", 3), InlineData("wign", "wing", 1), InlineData("aerofoil", "airfoil", 2)]
    public void Distances_are_those_of_the_definition(string a, string b, int expected)
    {
        EditDistance.Between(a, b, 5).ShouldBe(expected);
        EditDistance.Between(b, a, 5).ShouldBe(expected);
        if (expected > 1) { EditDistance.Between(a, b, expected - 1).ShouldBe(expected); }
    }

    [Fact]
    public void Finds_what_comparing_with_every_word_finds() =>
        Prop.ForAll<int>(static seed =>
        {
            var random = new RandomStream((ulong)seed);
            string Word() => new([.. Enumerable.Range(0, 1 + random.NextInt32(12)).Select(_ => (char)('a' + random.NextInt32(3)))]);
            var counts = new Dictionary<string, int>();
            for (var i = 0; i < 300; i++) { counts[Word()] = 1 + random.NextInt32(5); }
            var words = WordCounts.Of(counts);
            var spelling = new Spelling(words);
            var best = new SpellingSuggestion[8];
            for (var round = 0; round < 30; round++)
            {
                var (asked, edits) = (Word(), random.NextInt32(3));
                var expected = Enumerable.Range(0, words.Count)
                    .Select(w => new SpellingSuggestion(w, EditDistance.Between(asked, words[w], 2), words.CountOf(w)))
                    .Where(s => s.Edits <= edits).OrderBy(static s => s.Edits).ThenByDescending(static s => s.Count).ThenBy(static s => s.Word).Take(8);
                if (!best.AsSpan(0, spelling.Find(asked, edits, best)).ToArray().SequenceEqual(expected)) { return false; }
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void The_nearest_and_most_frequent_word_comes_first()
    {
        var words = WordCounts.Of(["The wing of a wing", "wine and wing, a king, Wíng"], TextAnalyser.Of(["fold"]));
        var (spelling, best) = (new Spelling(words), new SpellingSuggestion[3]);
        spelling.Find("wnig", Spelling.UsualEdits(4), best).ShouldBe(1);
        words[best[0].Word].ToString().ShouldBe("wing");
        best[0].ShouldBe(new(words.Find("wing"), 1, 4));
        spelling.Find("wing", 1, best).ShouldBe(3);
        best.Select(b => words[b.Word].ToString()).ShouldBe(["wing", "king", "wine"]);
        spelling.Find("", 2, best).ShouldBe(2);
        spelling.Find(new string('w', 200), 2, best).ShouldBe(0);
        Spelling.UsualEdits(2).ShouldBe(0);
        Spelling.UsualEdits(9).ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => spelling.Find("wing", 3, best));
    }

    [Fact]
    public void Searches_allocate_nothing()
    {
        var words = WordCounts.Of(["aerodynamics of wings in slipstreams of propellers"], TextAnalyser.Of(["fold"]));
        var (spelling, completions, best, numbers) = (new Spelling(words), new Completions(words), new SpellingSuggestion[3], new int[5]);
        void Ask()
        {
            spelling.Find("propelers", 2, best);
            completions.Find("a", numbers);
        }
        for (var i = 0; i < 50; i++) { Ask(); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { Ask(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
