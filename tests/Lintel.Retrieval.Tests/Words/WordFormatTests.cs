using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Tests.Words;

public sealed class WordFormatTests
{
    private static byte[] Bytes(WordIndex index)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { WordFormat.Write(writer, index); }
        return stream.ToArray();
    }

    private static WordIndex Read(byte[] bytes, TextAnalyser? analyser = null)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return WordFormat.Read(reader, analyser ?? SmallLibrary.Analyser);
    }

    private static WordIndex Sample(out SmallLibrary library)
    {
        library = SmallLibrary.Draw(3, 600);
        var index = library.Build().Remove([4, 5, 599]);
        foreach (var code in new[] { 4, 5, 599 }) { library.Texts.Remove(code); }
        library.Texts[4] = ("w1 w2", "w3");
        return index.Add(SmallLibrary.ToBuilder([KeyValuePair.Create(4, ("w1 w2", "w3"))]));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var index = Sample(out var library);
        var bytes = Bytes(index);
        var again = Read(bytes);
        Bytes(again).ShouldBe(bytes);
        var random = new RandomStream(4);
        for (var round = 0; round < 20; round++)
        {
            var query = SmallLibrary.Query(SmallLibrary.Text(random, 30, 8));
            var best = new ScoredItem[20];
            best[..again.Search(query, [], best, new())].ShouldBe(library.Scan(index, query, [], 20));
        }
        // the index goes on where it stood
        again.Add(SmallLibrary.ToBuilder([])).DocumentCount.ShouldBe(index.DocumentCount);
    }

    [Fact]
    public void Another_analysis_is_refused() =>
        Should.Throw<InvalidDataException>(static () => Read(Bytes(Sample(out _)), TextAnalyser.Of(["fold", "porter"])))
            .Message.ShouldContain("the design has [fold, porter]; index again");

    [Fact]
    public void Damage_is_refused_or_harmless()
    {
        var index = Sample(out _);
        var bytes = Bytes(index);
        var random = new RandomStream(9);
        var (refused, query, best) = (0, SmallLibrary.Query("w0 w1 w2 w3 w5 w8 w13"), new ScoredItem[30]);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.NextInt32(damaged.Length)] ^= (byte)(1 << random.NextInt32(8));
            if (round % 4 == 0) { damaged = damaged[..random.NextInt32(damaged.Length)]; }
            try
            {
                // what is read can be searched, and both searches agree
                var read = Read(damaged);
                var found = best[..read.Search(query, [], best, new(), single: true)].ToArray();
                best[..read.Search(query, [], best, new(), single: false)].ShouldBe(found);
            }
            catch (InvalidDataException) { refused++; }
        }
        refused.ShouldBeGreaterThan(200);
    }
}
