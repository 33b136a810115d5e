using Lintel.Numerics.Random;
using Lintel.Numerics.Text;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Numerics.Tests.Text.Posts;

public sealed class NgramsTests
{
    [Fact]
    public void Words_and_pairs_of_words_are_counted()
    {
        var bag = Grams("no no yes", new(2, 3, 0));
        bag.Count.ShouldBe(4);                                  // no, yes; no no, no yes
        bag.Counts.ToArray().Order().ShouldBe([1, 1, 1, 2]);
        bag.Ids[0].ShouldBe((int)TextHash.Id(TextHash.Join(TextHash.Join(TextHash.Join(0, 0), 1), TextHash.Of("no")), 20));
    }

    [Theory]
    [InlineData("hate", 10)]     // four of three characters, three of four, two of five, and the word
    [InlineData("a", 2)]
    [InlineData("", 0)]
    public void Characters_are_taken_within_words_and_their_ends(string text, int expected) =>
        Grams(text, new(1, 3, 5)).Count.ShouldBe(expected);

    [Fact]
    public void A_character_beyond_the_first_plane_is_one()
    {
        Grams("😂", new(0, 3, 3)).Count.ShouldBe(1);
        Grams("😂😀", new(0, 2, 2)).Count.ShouldBe(3);
    }

    [Fact]
    public void Columns_are_told_apart_by_their_salt()
    {
        var (one, other) = (new GramBag(), new GramBag());
        Ngrams.Add("some words", new(), one);
        Ngrams.Add("some words", new(), other, salt: 1);
        one.Ids.ToArray().Intersect(other.Ids.ToArray()).ShouldBeEmpty();
    }

    [Fact]
    public void Ids_have_the_bits_that_were_asked_for()
    {
        foreach (var id in Grams("some words of a text that is longer than the others were", new(Bits: 8)).Ids.ToArray()) { id.ShouldBeInRange(0, 255); }
        Should.Throw<ArgumentException>(() => Grams("a", new(Bits: 30))).Message.ShouldContain("ids of 30 bits, expected 8 to 24");
        Should.Throw<ArgumentException>(() => Grams("a", new(0, 3, 2))).Message.ShouldContain("neither");
    }

    [Fact]
    public void A_bag_counts_as_a_dictionary_does()
    {
        var random = new RandomStream(5);
        var bag = new GramBag();
        for (var round = 0; round < 50; round++)
        {
            bag.Clear();
            var counts = new Dictionary<int, int>();
            for (var i = random.NextInt32(6_000); i > 0; i--)
            {
                var id = random.NextInt32(3_000);
                counts[id] = counts.GetValueOrDefault(id) + 1;
                bag.Add(id);
            }
            bag.Count.ShouldBe(counts.Count);
            for (var i = 0; i < bag.Count; i++) { bag.Counts[i].ShouldBe(counts[bag.Ids[i]]); }
        }
    }

    private static GramBag Grams(string text, NgramShape shape)
    {
        var bag = new GramBag();
        Ngrams.Add(text, shape, bag);
        return bag;
    }
}
