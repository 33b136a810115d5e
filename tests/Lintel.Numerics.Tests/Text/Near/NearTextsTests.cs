using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Near;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Numerics.Tests.Text.Near;

public sealed class NearTextsTests
{
    private static readonly PostNormaliser Normaliser = new();

    private static readonly string[] Words = [.. "the a you are not this people never always stupid great again want they who country vote why dont know think really"
        .Split(' '), .. Enumerable.Range(0, 200).Select(static i => $"{(char)('a' + (i % 26))}{(char)('a' + (i * 7 % 26))}{(char)('a' + (i * 11 % 26))}er")];

    [Theory]
    [InlineData(0.5), InlineData(0.8), InlineData(0.9)]
    public void What_is_alike_is_found_and_nothing_else(double least)
    {
        var random = new RandomStream(3);
        var texts = new NearTexts(least);
        var kept = new Dictionary<long, (string Text, HashSet<string> Pieces)>();
        var (alike, found) = (0, 0);
        for (var round = 0; round < 3_000; round++)
        {
            var key = random.NextInt32(800);
            if (round % 5 == 4)
            {
                texts.Remove(key).ShouldBe(kept.Remove(key));
                continue;
            }
            var text = round % 3 == 0 && kept.Count > 0 ? Edited(kept.Values.First().Text, random) : Sentence(random);
            kept[key] = (text, Pieces(text));
            texts.Add(key, text);
            texts.Count.ShouldBe(kept.Count);
            if (round % 4 != 0) { continue; }
            var asked = Edited(text, random);
            var near = texts.Find(asked);
            var pieces = Pieces(asked);
            var best = kept.Max(k => Likeness(pieces, k.Value.Pieces));
            if (near.Key >= 0)
            {
                near.Likeness.ShouldBe(Likeness(pieces, kept[near.Key].Pieces), 1e-12);
                near.Likeness.ShouldBeGreaterThanOrEqualTo(least - 1e-9);
            }
            if (best < least - 1e-9)
            {
                near.ShouldBe(new(-1, 0));
                continue;
            }
            alike++;
            found += near.Likeness == best ? 1 : 0;
        }
        alike.ShouldBeGreaterThan(100);
        // one in ten thousand may be missed
        found.ShouldBeGreaterThanOrEqualTo(alike - 1);
    }

    [Fact]
    public void Hidden_copies_are_copies()
    {
        var texts = new NearTexts(0.9);
        texts.Add(5, "You are ALL stupid people and we hate you");
        texts.Find("y0u are @user all ѕtupid people and we h a t e you!!!").Key.ShouldBe(-1, "a mention and a sign more");
        texts.Find("y0u are all ѕtupid people, and we h.a.t.e you").ShouldBe(new(5, 1));
        texts.Find("nothing of the kind").ShouldBe(new(-1, 0));
        texts.Find("").ShouldBe(new(-1, 0));
    }

    [Fact]
    public void Of_equals_the_lowest_key_is_named()
    {
        var texts = new NearTexts(0.9);
        foreach (var key in (long[])[9, 4, 7]) { texts.Add(key, "the very same text"); }
        texts.Find("the very same text").Key.ShouldBe(4);
        texts.Remove(4).ShouldBeTrue();
        texts.Remove(4).ShouldBeFalse();
        texts.Find("the very same text").Key.ShouldBe(7);
        texts.Add(7, "");
        texts.Find("the very same text").Key.ShouldBe(9);
    }

    [Fact]
    public void Written_and_read_finds_the_same()
    {
        var random = new RandomStream(8);
        var texts = new NearTexts(0.8);
        var all = Enumerable.Range(0, 300).Select(_ => Sentence(random)).ToArray();
        for (var i = 0; i < all.Length; i++) { texts.Add(3L * i, all[i]); }
        texts.Remove(30);
        var bytes = Bytes(texts);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = NearTexts.Read(reader);
        Bytes(read).ShouldBe(bytes);
        foreach (var text in all)
        {
            var asked = Edited(text, random);
            read.Find(asked).ShouldBe(texts.Find(asked));
        }
    }

    [Fact]
    public void Damage_is_refused_in_words()
    {
        var texts = new NearTexts(0.8);
        texts.Add(1, "some text");
        texts.Add(2, "another text");
        var bytes = Bytes(texts);
        Damaged(0, BitConverter.GetBytes(0.1)).ShouldContain("likeness of 0.1");
        Damaged(8, BitConverter.GetBytes(int.MaxValue)).ShouldContain("texts, expected 0 to");
        Damaged(12, BitConverter.GetBytes(-1L)).ShouldContain("expected rising keys");
        Damaged(20, BitConverter.GetBytes(1 << 19)).ShouldContain("pieces of key 1, expected");
        Damaged(24, BitConverter.GetBytes(ulong.MaxValue)).ShouldContain("does not rise");

        string Damaged(int at, byte[] with)
        {
            byte[] damaged = [.. bytes];
            with.CopyTo(damaged, at);
            using var reader = new BinaryReader(new MemoryStream(damaged));
            return Should.Throw<InvalidDataException>(() => NearTexts.Read(reader)).Message;
        }
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        var random = new RandomStream(9);
        var texts = new NearTexts(0.9);
        for (var i = 0; i < 200; i++) { texts.Add(i, Sentence(random)); }
        var asked = Sentence(random);
        texts.Find(asked);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { texts.Find(asked); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => new NearTexts(0.3));
    }

    private static string Sentence(RandomStream random) =>
        string.Join(' ', Enumerable.Range(0, 5 + random.NextInt32(20)).Select(_ => Words[random.NextInt32(Words.Length)]));

    private static string Edited(string text, RandomStream random)
    {
        var words = text.Split(' ');
        for (var edits = random.NextInt32(4); edits > 0; edits--) { words[random.NextInt32(words.Length)] = Words[random.NextInt32(Words.Length)]; }
        return string.Join(' ', words);
    }

    // by sets of texts, beside the index
    private static double Likeness(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return (double)both / (one.Count + other.Count - both);
    }

    private static HashSet<string> Pieces(string text)
    {
        text = $" {Normaliser.Normalise(text)} ";
        return [.. Enumerable.Range(0, text.Length - 2).Select(i => text.Substring(i, 3))];
    }

    private static byte[] Bytes(NearTexts texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { texts.Write(writer); }
        return stream.ToArray();
    }
}
