using FsCheck;
using FsCheck.Fluent;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Suggestions;

namespace Lintel.Retrieval.Tests.Suggestions;

public sealed class CompletionsTests
{
    [Fact]
    public void The_most_frequent_of_those_that_begin_so_are_found() =>
        Prop.ForAll<int>(static seed =>
        {
            var random = new RandomStream((ulong)seed);
            string Word(int longest) => new([.. Enumerable.Range(0, 1 + random.NextInt32(longest)).Select(_ => (char)('a' + random.NextInt32(3)))]);
            var counts = new Dictionary<string, int>();
            for (var i = 0; i < random.NextInt32(200); i++) { counts[Word(6)] = 1 + random.NextInt32(9); }
            var words = WordCounts.Of(counts);
            var completions = new Completions(words);
            for (var round = 0; round < 20; round++)
            {
                var prefix = random.NextInt32(5) == 0 ? "" : Word(4);
                var best = new int[random.NextInt32(12)];
                var expected = Enumerable.Range(0, words.Count).Where(w => words[w].StartsWith(prefix))
                    .OrderByDescending(words.CountOf).ThenBy(static w => w).Take(best.Length);
                if (!best.AsSpan(0, completions.Find(prefix, best)).ToArray().SequenceEqual(expected)) { return false; }
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Phrases_are_completed_and_a_hundred_at_most()
    {
        var words = WordCounts.Of(Enumerable.Range(0, 500).Select(static i => KeyValuePair.Create($"boundary layer {i:000}", 500 - i)));
        var best = new int[200];
        new Completions(words).Find("boundary l", best).ShouldBe(Completions.MaxCount);
        best[..100].ShouldBe(Enumerable.Range(0, 100));
        new Completions(words).Find("\uffff", best).ShouldBe(0);
    }

    [Fact]
    public void Counts_are_read_again_and_damage_is_refused()
    {
        var words = WordCounts.Of([KeyValuePair.Create("wing", 4), KeyValuePair.Create("lift", 2)]);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { words.Write(writer); }
        var bytes = stream.ToArray();
        var again = Read(bytes);
        (again[0].ToString(), again.CountOf(0), again[1].ToString(), again.CountOf(1)).ShouldBe(("lift", 2, "wing", 4));
        for (var cut = 1; cut <= bytes.Length; cut++) { Should.Throw<InvalidDataException>(() => Read(bytes[..^cut])); }
        Should.Throw<ArgumentException>(static () => WordCounts.Of([KeyValuePair.Create("wing", 0)])).Message.ShouldContain("count 0");
        Should.Throw<ArgumentException>(static () => WordCounts.Of([KeyValuePair.Create("", 1)])).Message.ShouldContain("0 characters");

        static WordCounts Read(byte[] bytes)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return WordCounts.Read(reader);
        }
    }
}
