using FsCheck;
using FsCheck.Fluent;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Tests.Words;

public sealed class WordIndexTests
{
    [Fact]
    public void Scores_are_those_of_the_formula()
    {
        var library = SmallLibrary.Draw(1, 60);
        var index = library.Build();
        foreach (var text in new[] { "w0 w3 w7 w3", "w20", "w1 w2 w3 w4 w5 w6 w7 w8 nowhere" })
        {
            var query = SmallLibrary.Query(text);
            var scores = new float[60];
            index.Score(query, [.. library.Texts.Keys], scores, new());
            foreach (var code in library.Texts.Keys)
            {
                ((double)scores[code]).ShouldBe(library.Score(text, code), 1e-6);
                var why = index.Explain(query, code);
                ((float)why.Score).ShouldBe(scores[code]);
                why.Terms.Sum(static t => t.Part).ShouldBe(why.Score);
                why.Terms.ShouldAllBe(t => Math.Abs(t.Idf - index.Idf(t.Term)) < 1e-15);
            }
        }
    }

    // one field of weight 1: N 3, n 2, tf 1, len 2, avg 2: ln(1 + 1.5 / 2.5) · 1 / 2.2 as BM25Similarity.explain of Lucene 8 has it
    [Fact]
    public void One_field_is_the_bm25_of_lucene()
    {
        var builder = new WordIndexBuilder(new([new("body")]), SmallLibrary.Analyser);
        builder.Add(0, "red fox");
        builder.Add(1, "red hen");
        builder.Add(2, "old barn");
        builder.Build().Explain(SmallLibrary.Query("red"), 1).Score.ShouldBe(Math.Log(1.6) / 2.2, 1e-12);
    }

    [Fact]
    public void Searches_find_what_a_full_scan_finds() =>
        Prop.ForAll<int>(static seed =>
        {
            var random = new RandomStream((ulong)seed);
            var library = SmallLibrary.Draw((ulong)seed, 1 + random.NextInt32(700));
            var index = library.Build();
            var scratch = new WordScratch();
            for (var round = 0; round < 10; round++)
            {
                var query = SmallLibrary.Query(SmallLibrary.Text(random, 30, 8));
                var offered = round % 2 == 0 ? [] : Enumerable.Range(0, 500).Select(_ => (byte)random.NextInt32(2)).ToArray();
                var k = 1 + random.NextInt32(round < 8 ? 12 : 800);
                if (!Finds(index, library, query, offered, k, scratch)) { return false; }
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Many_blocks_and_windows_are_passed_by_rightly()
    {
        var library = SmallLibrary.Draw(5, 9_000, words: 400);
        var index = library.Build();
        var random = new RandomStream(6);
        for (var round = 0; round < 40; round++)
        {
            var query = SmallLibrary.Query(SmallLibrary.Text(random, 400, 10));
            Finds(index, library, query, [], 1 + random.NextInt32(30), new()).ShouldBeTrue();
        }
    }

    [Fact]
    public void Documents_that_come_and_go_leave_what_a_new_index_has() =>
        Prop.ForAll<int>(static seed =>
        {
            var random = new RandomStream((ulong)seed, 1);
            var library = SmallLibrary.Draw((ulong)seed, 200);
            var index = library.Build();
            var (before, merged) = (index, index);
            for (var step = 0; step < 12; step++)
            {
                index = Change(index, library, random);
                if (step == 4) { (before, merged) = (index, index.Merge(0, 1 + random.NextInt32(index.SegmentCount))); }
                if (step == 8) { index = index.Adopt(before, merged); }
                if (!IsAsNew(index, library, random)) { return false; }
            }
            return IsAsNew(index.Merge(), library, random) && index.Merge().SegmentCount == 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    /// <summary>Adds new documents and new versions, or removes some.</summary>
    private static WordIndex Change(WordIndex index, SmallLibrary library, RandomStream random)
    {
        int[] codes = [.. Enumerable.Range(0, 1 + random.NextInt32(20)).Select(_ => random.NextInt32(300)).Distinct().Order()];
        if (random.NextInt32(3) == 0)
        {
            foreach (var code in codes) { library.Texts.Remove(code); }
            return index.Remove(codes);
        }
        foreach (var code in codes) { library.Texts[code] = (SmallLibrary.Text(random, 30, 9), SmallLibrary.Text(random, 30, 60)); }
        return index.Add(SmallLibrary.ToBuilder(codes.Select(c => KeyValuePair.Create(c, library.Texts[c]))));
    }

    private static bool IsAsNew(WordIndex index, SmallLibrary library, RandomStream random)
    {
        var text = SmallLibrary.Text(random, 30, 8);
        var query = SmallLibrary.Query(text);
        var again = library.Build();
        return index.DocumentCount == library.Texts.Count && index.CountOf("w1") == again.CountOf("w1")
            && Finds(index, library, query, [], 15, new())
            && library.Scan(index, query, [], 400).SequenceEqual(library.Scan(again, query, [], 400));
    }

    private static bool Finds(WordIndex index, SmallLibrary library, WordQuery query, byte[] offered, int k, WordScratch scratch)
    {
        var expected = library.Scan(index, query, offered, k);
        var best = new ScoredItem[k];
        return best.AsSpan(0, index.Search(query, offered, best, scratch, single: true)).SequenceEqual(expected)
            && best.AsSpan(0, index.Search(query, offered, best, scratch, single: false)).SequenceEqual(expected);
    }

    [Fact]
    public void Nothing_to_find_is_no_fault()
    {
        var best = new ScoredItem[3];
        var empty = new WordIndexBuilder(SmallLibrary.Settings, SmallLibrary.Analyser).Build();
        empty.Search(SmallLibrary.Query("w1"), [], best, new()).ShouldBe(0);
        empty.Explain(SmallLibrary.Query("w1"), 4).Score.ShouldBe(0);
        var index = SmallLibrary.ToBuilder([KeyValuePair.Create(7, ("", "")), KeyValuePair.Create(9, ("w1", ""))]).Build();
        index.Search(SmallLibrary.Query(""), [], best, new()).ShouldBe(0);
        index.Search(SmallLibrary.Query("w1 w1 nowhere"), [], best, new()).ShouldBe(1);
        best[0].Item.ShouldBe(9);
        index.Search(SmallLibrary.Query("w1"), new byte[9], best, new()).ShouldBe(0);
        index.Search(SmallLibrary.Query("w1"), [], [], new()).ShouldBe(0);
        index.Remove([9, 12]).Search(SmallLibrary.Query("w1"), [], best, new()).ShouldBe(0);
    }

    [Fact]
    public void Wrong_documents_and_settings_are_refused()
    {
        var builder = new WordIndexBuilder(SmallLibrary.Settings, SmallLibrary.Analyser);
        builder.Add(3, "a", "b");
        Should.Throw<ArgumentException>(() => builder.Add(3, "a", "b")).Message.ShouldContain("order of their codes");
        Should.Throw<ArgumentException>(() => builder.Add(4, "a")).Message.ShouldContain("1 texts; expected 2");
        Should.Throw<ArgumentException>(static () => new Bm25Settings([])).Message.ShouldContain("0 fields");
        Should.Throw<ArgumentException>(static () => new Bm25Settings([new("a", 0)])).Message.ShouldContain("weighs 0");
        Should.Throw<ArgumentException>(static () => new Bm25Settings([new("a", 1, 1.5)])).Message.ShouldContain("b of field");
        Should.Throw<ArgumentException>(static () => new Bm25Settings([new("a"), new("a")])).Message.ShouldContain("twice");
        var other = new WordIndexBuilder(new([new("title")]), SmallLibrary.Analyser);
        Should.Throw<ArgumentException>(() => builder.Build().Add(other)).Message.ShouldContain("settings");
        Should.Throw<ArgumentException>(static () => new WordQuery().Add("a", 0)).Message.ShouldContain("weighs 0");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Queries_allocate_nothing(bool single)
    {
        var index = SmallLibrary.Draw(2, 3_000, words: 100).Build().Remove([5]);
        var (query, scratch, best, offered) = (new WordQuery(), new WordScratch(), new ScoredItem[10], new byte[3_000]);
        offered.AsSpan().Fill(1);
        var scores = new float[10];
        void Ask()
        {
            query.Read("w3 w50 w7 W7 w20 nowhere", index.Analyser);
            _ = index.Search(query, offered, best, scratch, single);
            index.Score(query, [1, 2, 3, 4, 5, 6, 7, 8, 2_000, 9], scores, scratch);
        }
        for (var i = 0; i < 50; i++) { Ask(); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { Ask(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
