using Lintel.Models;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Towers;

namespace Lintel.Retrieval.Tests.Towers;

public sealed class TowerSourceTests
{
    private static readonly TowerParameters Small = new() { Dimensions = 12, Epochs = 8, Batch = 128, History = 8 };
    private static readonly Groves Shop = Groves.Grow(400, 240, 12, cold: 40);
    private static readonly TowerSource Fitted = Fit(Shop);

    private static TowerSource Fit(Groves groves, TowerParameters? settings = null, int threads = 2, bool corrected = true) =>
        (TowerSource)new TowerTrainer { IsCorrected = corrected }.Fit(
            settings ?? Small, groves.Examples, new(7, threads, null, CancellationToken.None));

    private static int[] Retrieve(ICandidateSource source, CandidateRequest request, int count)
    {
        var best = new ScoredItem[count];
        var filled = source.Retrieve(request, best);
        for (var i = 1; i < filled; i++) { best[i].Score.ShouldBeLessThanOrEqualTo(best[i - 1].Score); }
        return [.. best[..filled].Select(static b => b.Item)];
    }

    private static int[] OfGenre(int genre, int from, int to, int count) =>
        [.. Enumerable.Range(from, to - from).Where(i => Shop.GenreOf[i] == genre).Take(count)];

    [Fact]
    public void Items_of_the_histories_genre_come_first()
    {
        for (var genre = 0; genre < Groves.Genres; genre++)
        {
            var offered = Retrieve(Fitted, Shop.Ask(OfGenre(genre, 0, 200, 4)), 10);
            offered.Length.ShouldBe(10);
            offered.Count(i => Shop.GenreOf[i] == genre).ShouldBeGreaterThan(7, $"genre {genre}");
        }
    }

    [Fact]
    public void Cold_items_are_found_by_their_content()
    {
        var hits = 0;
        for (var genre = 0; genre < Groves.Genres; genre++)
        {
            var request = Shop.Ask(OfGenre(genre, 0, 200, 4));
            var offered = new byte[240];
            offered.AsSpan(200).Fill(1);
            request.Offered = offered;
            hits += Retrieve(Fitted, request, 3).Count(i => i >= 200 && Shop.GenreOf[i] == genre);
        }
        // at random one in eight would be of the genre: 3 of 24
        hits.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Item_without_interactions_and_content_has_no_vector_and_is_never_offered()
    {
        var bare = Groves.Grow(100, 60, 10, cold: 10, content: false);
        var source = Fit(bare);
        source.Has(55).ShouldBeFalse();
        Retrieve(source, bare.Ask(1, 2), 60).ShouldAllBe(static i => i < 50);
        Retrieve(source, bare.Ask(55), 10).ShouldBeEmpty("nothing is known of a history of such items");
    }

    [Fact]
    public void Without_the_correction_popular_items_are_offered_too_little()
    {
        var skewed = Groves.Grow(600, 600, 14, skew: 1, stray: 0.5);
        var narrow = Small with { Epochs = 15, Batch = 24 };
        var shares = new double[600];
        foreach (var interaction in skewed.Examples.Interactions) { shares[interaction.Item] += 1.0 / skewed.Examples.Interactions.Length; }
        var (with, without) = (Offered(Fit(skewed, narrow)), Offered(Fit(skewed, narrow, corrected: false)));
        // uncorrected, batches punish an item for being there often: what is learnt is the lift, not how likely it is next
        with.ShouldBeGreaterThan(2 * without);

        // mean share of what is offered to users with a history of three usual items
        double Offered(TowerSource source)
        {
            var sum = 0.0;
            for (var user = 0; user < 100; user++)
            {
                sum += Retrieve(source, skewed.Ask(20 + user, 21 + (user / 2), 30 + (user / 3)), 10).Sum(i => shares[i]);
            }
            return sum / 1_000;
        }
    }

    [Fact]
    public void Nothing_known_of_who_asks_gives_nothing()
    {
        Retrieve(Fitted, Shop.Ask(), 10).ShouldBeEmpty();
        Retrieve(Fitted, Shop.Ask(3), 0).ShouldBeEmpty();
        var later = Shop.Ask(3);
        later.SetHistory(1)[0] = new(0, 5_000, 1, 1);
        Retrieve(Fitted, later, 10).ShouldBeEmpty("an item that came after the fit has no vector");
    }

    [Fact]
    public void Only_what_may_be_offered_is_and_more_than_there_is_gives_all()
    {
        var request = Shop.Ask(1, 2, 3);
        var offered = new byte[240];
        offered[17] = offered[230] = 1;
        request.Offered = offered;
        Retrieve(Fitted, request, 50).Order().ShouldBe([17, 230]);
    }

    [Fact]
    public void Same_seed_gives_the_same_bytes_and_threads_do_not_matter()
    {
        var bytes = Bytes(Fitted);
        Bytes(Fit(Shop, threads: 1)).ShouldBe(bytes);
        Bytes(Fit(Shop, threads: 3)).ShouldBe(bytes);
    }

    [Fact]
    public void Written_and_read_offers_the_same()
    {
        var bytes = Bytes(Fitted);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = new TowerTrainer().Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        Bytes((TowerSource)read).ShouldBe(bytes);
        var request = Shop.Ask(5, 50, 7);
        Retrieve(read, request, 20).ShouldBe(Retrieve(Fitted, request, 20));
    }

    [Fact]
    public void Cut_or_broken_file_is_refused()
    {
        var bytes = Bytes(Fitted);
        for (var length = 0; length < bytes.Length; length += 997)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes[..length]));
            var fault = Should.Throw<Exception>(() => new TowerTrainer().Read(reader));
            (fault is InvalidDataException or EndOfStreamException).ShouldBeTrue($"cut at {length}: {fault}");
        }
        byte[] broken = [.. bytes];
        BitConverter.TryWriteBytes(broken.AsSpan(12 + 240 + 40), float.NaN).ShouldBeTrue();
        using var nan = new BinaryReader(new MemoryStream(broken));
        Should.Throw<InvalidDataException>(() => new TowerTrainer().Read(nan)).Message.ShouldContain("NaN");
    }

    [Fact]
    public void Unfit_interactions_are_refused_in_words()
    {
        var single = Groves.Grow(50, 20, 1);
        Should.Throw<FitException>(() => Fit(single)).Message.ShouldContain("no next item");
        Should.Throw<FitException>(() => Fit(Shop, Small with { LearningRate = 1e30 })).Message.ShouldContain("diverged");
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => new TowerTrainer().Fit(Small, Shop.Examples, new(1, 1, null, source.Token)));
    }

    [Fact]
    public void Retrieve_allocates_nothing()
    {
        var request = Shop.Ask(5, 50, 7);
        var best = new ScoredItem[20];
        for (var i = 0; i < 50; i++) { Fitted.Retrieve(request, best); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { Fitted.Retrieve(request, best); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static byte[] Bytes(TowerSource source)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { source.Write(writer); }
        return stream.ToArray();
    }
}
