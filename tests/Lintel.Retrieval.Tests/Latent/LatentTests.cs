using System.Numerics.Tensors;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Interactions;
using Lintel.Retrieval.Latent;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Tests.Words;
using Lintel.Retrieval.Words;
using MathNet.Numerics.LinearAlgebra;

namespace Lintel.Retrieval.Tests.Latent;

public sealed class LatentTests
{
    [Fact]
    public void The_strongest_directions_are_those_of_a_full_decomposition()
    {
        const int rows = 300, columns = 120, kept = 10;
        var (random, cells) = (new RandomStream(1), new List<(int Row, int Column, float Weight)>());
        for (var r = 0; r < rows; r++)
        {
            // twelve topics, each with words of its own, of falling strength
            var topic = r % 12;
            for (var i = 0; i < 8; i++) { cells.Add((r, (topic * 10) + random.NextInt32(10), (float)(1 + (0.3 * (12 - topic)) + random.NextDouble()))); }
        }
        var matrix = InteractionMatrix.Of(
            rows, columns, [.. cells.Select(static c => c.Row)], [.. cells.Select(static c => c.Column)], [.. cells.Select(static c => c.Weight)]);
        var full = Matrix<double>.Build.Dense(rows, columns);
        for (var r = 0; r < rows; r++)
        {
            for (var i = 0; i < matrix.Columns(r).Length; i++) { full[r, matrix.Columns(r)[i]] = matrix.Weights(r)[i]; }
        }
        var svd = full.Svd();
        var v = TruncatedSvd.Fit(matrix, new() { Dimensions = kept, Passes = 6 }, seed: 3, CancellationToken.None);
        for (var k = 0; k < kept; k++)
        {
            // ‖A v‖ is the singular value of a singular vector of unit length
            var direction = Vector<double>.Build.Dense(columns, c => v[c][k]);
            direction.L2Norm().ShouldBe(1, 1e-4);
            (full * direction).L2Norm().ShouldBe(svd.S[k], 1e-3 * svd.S[0]);
        }
    }

    [Fact]
    public void A_matrix_of_less_rank_gives_no_more_directions_than_it_has()
    {
        var matrix = InteractionMatrix.Of(6, 5, [0, 0, 1, 1, 2, 3, 4, 5], [0, 1, 0, 1, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1]);
        var v = TruncatedSvd.Fit(matrix, new() { Dimensions = 5 }, seed: 1, CancellationToken.None);
        double Strength(int k) => Enumerable.Range(0, 5).Sum(c => (double)v[c][k] * v[c][k]);
        Enumerable.Range(0, 5).Select(Strength).ShouldBe([1, 1, 0, 0, 0], 1e-5);
    }

    [Fact]
    public void Threads_change_no_bit_and_the_seed_does()
    {
        var index = SmallLibrary.Draw(4, 900, words: 200).Build();
        byte[] Fit(ulong seed, int threads) => Bytes(LatentTrainer.Fit(index, new() { Dimensions = 20, Threads = threads }, seed));
        var one = Fit(1, 1);
        Fit(1, 2).ShouldBe(one);
        Fit(1, 5).ShouldBe(one);
        Fit(2, 1).ShouldNotBe(one);
    }

    /// <summary>Boats and ships are never in one text, but in the same company; wheat is in another.</summary>
    private static readonly WordIndex Harbour = SmallLibrary.ToBuilder(
    [
        KeyValuePair.Create(0, ("", "boat harbour sail sea")), KeyValuePair.Create(1, ("", "boat harbour wind sea")),
        KeyValuePair.Create(2, ("", "ship harbour sail sea")), KeyValuePair.Create(3, ("", "ship wind sail harbour")),
        KeyValuePair.Create(4, ("", "wheat field rain farm")), KeyValuePair.Create(5, ("", "wheat field sun farm")),
        KeyValuePair.Create(6, ("", "rain field farm sun wheat")), KeyValuePair.Create(8, ("nobody", "")),
    ]).Build();

    [Fact]
    public void Texts_are_near_that_share_company_and_no_word()
    {
        var space = LatentTrainer.Fit(Harbour, new() { Dimensions = 2 }, seed: 1);
        var documents = space.Embed(Harbour, 9);
        documents[7].ToArray().ShouldAllBe(static v => v == 0);
        documents[8].ToArray().ShouldAllBe(static v => v == 0);
        var vector = new float[2];
        space.Embed(SmallLibrary.Query("boat"), vector).ShouldBeTrue();
        TensorPrimitives.Norm<float>(vector).ShouldBe(1, 1e-6f);
        var best = new ScoredItem[4];
        new ExactScan(documents).Search(vector, [], best);
        best.Select(static b => b.Item).Order().ShouldBe([0, 1, 2, 3]);
        space.Embed(SmallLibrary.Query("nobody nowhere"), vector).ShouldBeFalse();
        vector.ShouldBe([0f, 0f]);
    }

    [Fact]
    public void Documents_have_the_same_vectors_through_any_segments()
    {
        var library = SmallLibrary.Draw(6, 120);
        var index = library.Build();
        var space = LatentTrainer.Fit(index, new() { Dimensions = 8 }, seed: 1);
        var parts = SmallLibrary.ToBuilder(library.Texts.Take(70)).Build().Add(SmallLibrary.ToBuilder(library.Texts.Skip(70)));
        var (whole, joined) = (space.Embed(index, 120), space.Embed(parts, 120));
        for (var code = 0; code < 120; code++) { joined[code].ToArray().ShouldBe(whole[code].ToArray()); }
    }

    [Fact]
    public void What_was_written_is_read_again_and_damage_is_refused()
    {
        var space = LatentTrainer.Fit(Harbour, new() { Dimensions = 3 }, seed: 1);
        var bytes = Bytes(space);
        Bytes(Read(bytes)).ShouldBe(bytes);
        for (var cut = 1; cut < bytes.Length; cut += 7) { Should.Throw<InvalidDataException>(() => Read(bytes[..^cut])); }
        BitConverter.GetBytes(float.NaN).CopyTo(bytes, bytes.Length - 4);
        Should.Throw<InvalidDataException>(() => Read(bytes)).Message.ShouldContain("finite");
    }

    [Fact]
    public void Nothing_to_learn_is_refused()
    {
        Should.Throw<ArgumentException>(static () => LatentTrainer.Fit(Harbour, new() { Dimensions = 0 }, 1)).Message.ShouldContain("0 dimensions");
        Should.Throw<ArgumentException>(static () => LatentTrainer.Fit(Harbour, new() { LeastDocuments = 20 }, 1)).Message.ShouldContain("20 documents");
        Should.Throw<ArgumentException>(static () => LatentTrainer.Fit(SmallLibrary.ToBuilder([]).Build(), new(), 1)).Message.ShouldContain("no documents");
        Should.Throw<ArgumentException>(static () => LatentTrainer.Fit(Harbour, new() { Dimensions = 3 }, 1).Embed(new WordQuery(), new float[2]));
    }

    [Fact]
    public void Queries_allocate_nothing()
    {
        var space = LatentTrainer.Fit(Harbour, new() { Dimensions = 3 }, seed: 1);
        var (query, vector) = (SmallLibrary.Query("boat harbour nowhere"), new float[3]);
        for (var i = 0; i < 50; i++) { space.Embed(query, vector); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { space.Embed(query, vector); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static byte[] Bytes(LatentSpace space)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { space.Write(writer); }
        return stream.ToArray();
    }

    private static LatentSpace Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return LatentSpace.Read(reader, SmallLibrary.Analyser);
    }
}
