using System.Numerics.Tensors;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Tests;

public sealed class ExactScanTests
{
    private static FactorTable Items(int count, int factors, ulong seed)
    {
        var table = new FactorTable(count, factors);
        var random = new RandomStream(seed);
        for (var i = 0; i < count; i++)
        {
            var scale = Math.Exp(random.NextNormal());
            for (var f = 0; f < factors; f++) { table.Row(i)[f] = (float)(random.NextNormal() * scale); }
        }
        return table;
    }

    private static ScoredItem[] BruteForce(FactorTable items, float[] query, int k, int[] excluded) =>
        [.. Enumerable.Range(0, items.Count).Except(excluded)
            .Select(i => new ScoredItem(i, TensorPrimitives.Dot(query, items[i])))
            .OrderByDescending(static s => s.Score).ThenBy(static s => s.Item).Take(k)];

    [Theory]
    [InlineData(500, 8)]
    [InlineData(2000, 64)]
    [InlineData(1000, 100)]
    [InlineData(300, 128)]
    public void Finds_what_brute_force_finds(int count, int factors)
    {
        var items = Items(count, factors, 1);
        var scan = new ExactScan(items);
        var random = new RandomStream(2);
        for (var round = 0; round < 50; round++)
        {
            var query = Enumerable.Range(0, factors).Select(_ => (float)random.NextNormal()).ToArray();
            int[] excluded = round % 2 == 0 ? [] : [.. Enumerable.Range(0, 20).Select(_ => random.NextInt32(count)).Distinct().Order()];
            var best = new ScoredItem[10];
            scan.Search(query, excluded, best).ShouldBe(10);
            best.ShouldBe(BruteForce(items, query, 10, excluded));
        }
    }

    [Fact]
    public void Wide_and_plain_arithmetic_agree()
    {
        var random = new RandomStream(3);
        var items = Items(100, 64, 3);
        var codes = new ByteCodes(items.Values, 100, items.Stride, 64);
        var query = Enumerable.Range(0, 64).Select(_ => (float)random.NextNormal()).ToArray();
        var bytes = new byte[codes.Stride];
        var encoded = codes.Encode(query, bytes);
        var (low, high) = (new float[112], new float[112]);
        codes.Bounds(encoded, bytes, low, high);
        for (var i = 0; i < 100; i++)
        {
            TensorPrimitives.Dot(query, items[i]).ShouldBeInRange(low[i], high[i]);
            (high[i] - low[i]).ShouldBeLessThan(0.1f * TensorPrimitives.Norm<float>(query) * TensorPrimitives.Norm(items[i]));
        }
        low[100..].ShouldAllBe(static v => float.IsNaN(v));
        // the extremes of both codes, where sixteen bits come closest to their end
        ByteCodes.Plain([127, 127], [127, 127]).ShouldBe(2 * 127 * 127);
    }

    [Fact]
    public void Marks_keep_items_out_as_the_list_does()
    {
        var items = Items(333, 24, 4);
        var scan = new ExactScan(items);
        var query = Enumerable.Range(0, 24).Select(static f => (float)Math.Sin(f)).ToArray();
        var marks = new byte[333];
        for (var i = 0; i < marks.Length; i += 3) { marks[i] = 1; }
        var best = new ScoredItem[200];
        scan.SearchOffered(query, marks, best).ShouldBe(111);
        best[..111].ShouldBe(BruteForce(items, query, 200, [.. Enumerable.Range(0, 333).Where(static i => i % 3 != 0)]));
        Should.Throw<ArgumentException>(() => scan.SearchOffered(query, marks.AsSpan(1), best)).Message.ShouldContain("332 marks");
    }

    [Fact]
    public void Vectors_that_codes_hold_exactly_are_told_apart_by_the_last_bit()
    {
        // one number a vector: codes have no error, and only float32 rounds
        var items = new FactorTable(64, 2);
        for (var i = 0; i < 64; i++) { items.Row(i)[0] = 1 + (i % 8 * MathF.BitIncrement(0.0000001f)); }
        var query = new float[] { 0.7f, 0 };
        var best = new ScoredItem[9];
        new ExactScan(items).Search(query, [], best);
        best.ShouldBe(BruteForce(items, query, 9, []));
    }

    [Fact]
    public void More_than_there_are_gives_all_and_zeros_are_no_fault()
    {
        var scan = new ExactScan(new FactorTable(3, 4));
        var best = new ScoredItem[10];
        scan.Search([1, 0, 0, 0], [1], best).ShouldBe(2);
        best[..2].ShouldBe([new(0, 0), new(2, 0)]);
        scan.Search([0, 0, 0, 0], [], best.AsSpan(0, 0)).ShouldBe(0);
    }

    [Fact]
    public void Numbers_that_are_none_are_refused()
    {
        var items = Items(3, 4, 1);
        Should.Throw<ArgumentException>(() => new ExactScan(items).Search([1, 2, float.NaN, 4], [], new ScoredItem[1]));
        Should.Throw<ArgumentException>(() => new ExactScan(items).Search([1, 2], [], new ScoredItem[1]));
        items.Row(1)[2] = float.PositiveInfinity;
        Should.Throw<ArgumentException>(() => new ExactScan(items)).Message.ShouldContain("item 1");
    }

    [Fact]
    public void Search_allocates_nothing()
    {
        var scan = new ExactScan(Items(1000, 64, 1));
        var query = new float[64];
        query.AsSpan().Fill(1);
        var best = new ScoredItem[10];
        for (var i = 0; i < 50; i++) { scan.Search(query, [], best); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { scan.Search(query, [], best); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
