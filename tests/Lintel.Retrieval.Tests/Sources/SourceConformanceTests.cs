using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Tests.Towers;

namespace Lintel.Retrieval.Tests.Sources;

/// <summary>What every kind of candidate source must do, whoever wrote it.</summary>
public sealed class SourceConformanceTests
{
    private const int Items = 160, Warm = 140;

    private static readonly Groves Shop = Groves.Grow(200, Items, 10, cold: Items - Warm, skew: 0.5);
    private static readonly Dictionary<string, ICandidateSource> Fitted = CandidateKinds.Trainers.ToDictionary(
        static t => t.Kind.Name, static t => Fit(t, Shop.Examples));

    public static TheoryData<string> Kinds => [.. CandidateKinds.Trainers.Select(static t => t.Kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Written_and_read_offers_the_same(string kind)
    {
        var bytes = Bytes(Fitted[kind]);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = CandidateKinds.Find(kind).Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        Bytes(read).ShouldBe(bytes);
        foreach (var request in Requests(kind))
        {
            Retrieve(read, request, 40).ShouldBe(Retrieve(Fitted[kind], request, 40));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Same_seed_gives_the_same_source_whatever_the_threads(string kind)
    {
        var trainer = CandidateKinds.Find(kind);
        Bytes(Fit(trainer, Shop.Examples, threads: 1)).ShouldBe(Bytes(Fitted[kind]));
        Bytes(Fit(trainer, Shop.Examples, threads: 3)).ShouldBe(Bytes(Fitted[kind]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void More_than_there_is_gives_each_at_most_once_and_best_first(string kind)
    {
        foreach (var request in Requests(kind))
        {
            var offers = Retrieve(Fitted[kind], request, 5 * Items);
            offers.Length.ShouldBeLessThanOrEqualTo(Items);
            offers.Select(static o => o.Item).Distinct().Count().ShouldBe(offers.Length);
            for (var i = 1; i < offers.Length; i++) { offers[i].Score.ShouldBeLessThanOrEqualTo(offers[i - 1].Score); }
            Retrieve(Fitted[kind], request, 7).ShouldBe(
                offers.Take(7), "a smaller quota gives the first of a larger one");
            Retrieve(Fitted[kind], request, 0).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_what_may_be_offered_is(string kind)
    {
        var random = new RandomStream(3);
        foreach (var request in Requests(kind))
        {
            var mask = new byte[Items - 30];
            for (var item = 0; item < mask.Length; item++) { mask[item] = (byte)random.NextInt32(2); }
            request.Offered = mask;
            Retrieve(Fitted[kind], request, Items).ShouldAllBe(o => o.Item < mask.Length && mask[o.Item] == 1);
            request.Offered = new byte[Items];
            Retrieve(Fitted[kind], request, Items).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_known_of_who_asks_is_no_fault(string kind)
    {
        var trainer = CandidateKinds.Find(kind);
        var unknown = Ask(kind);
        unknown.Entity = -1;
        var later = Ask(kind, 3);
        later.SetHistory(1)[0] = new(0, 5_000, 1, 1);
        foreach (var request in new[] { Ask(kind), unknown, later })
        {
            var offers = Retrieve(Fitted[kind], request, 20);
            if (trainer.Needs == SourceNeeds.History)
            {
                offers.ShouldBeEmpty("it only knows what stands near a history");
            }
            else { offers.Length.ShouldBe(20); }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_interaction_is_enough_to_be_offered_something(string kind) =>
        Retrieve(Fitted[kind], Ask(kind, 3), 20).ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Catalogue_without_content_is_no_fault(string kind)
    {
        var bare = Groves.Grow(60, 40, 8, cold: 10, content: false);
        var source = Fit(CandidateKinds.Find(kind), bare.Examples);
        Retrieve(source, bare.Ask(1, 35), 50).Length.ShouldBeLessThanOrEqualTo(40);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_to_learn_from_is_said_or_is_no_fault(string kind)
    {
        var none = new SourceExamples
        {
            Interactions = [],
            EntityCount = 0,
            Items = Shop.Examples.Items,
            ItemCount = Items,
        };
        ICandidateSource source;
        try { source = Fit(CandidateKinds.Find(kind), none); }
        catch (FitException fault)
        {
            fault.Message.ShouldContain("interaction");
            return;
        }
        Retrieve(source, Ask(kind), 10).Length.ShouldBeLessThanOrEqualTo(10);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Items_that_nobody_had_do_not_come_in_the_order_of_a_file(string kind)
    {
        foreach (var request in Requests(kind))
        {
            request.Counts = request.AllCounts = new int[Items];
            var offers = Retrieve(Fitted[kind], request, Items);
            int[] cold = [.. offers.Select(static o => o.Item).Where(static i => i >= Warm)];
            if (cold.Length > 5) { cold.SequenceEqual(cold.Order()).ShouldBeFalse(); }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Payload_cut_short_is_refused(string kind)
    {
        var bytes = Bytes(Fitted[kind]);
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 61))
        {
            using var reader = new BinaryReader(new MemoryStream(bytes[..length]));
            var fault = Should.Throw<Exception>(() => CandidateKinds.Find(kind).Read(reader));
            (fault is InvalidDataException or EndOfStreamException).ShouldBeTrue(
                $"cut at {length} of {bytes.Length}: {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Payload_with_a_number_that_is_none_is_refused(string kind)
    {
        var bytes = Bytes(Fitted[kind]);
        if (bytes.Length == 0) { return; }
        // what every payload ends with: a number of four bytes; as a whole one, NaN is below 0
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), float.NaN).ShouldBeTrue();
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Should.Throw<InvalidDataException>(() => CandidateKinds.Find(kind).Read(reader));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Retrieve_allocates_nothing(string kind)
    {
        var (source, request, best) = (Fitted[kind], Ask(kind, 5, 50, 7), new ScoredItem[20]);
        for (var i = 0; i < 50; i++) { source.Retrieve(request, best); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { source.Retrieve(request, best); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static ICandidateSource Fit(ICandidateTrainer trainer, SourceExamples examples, int threads = 2) =>
        trainer.Fit(
        Activator.CreateInstance(trainer.Kind.Parameters)!, examples, new(7, threads, null, CancellationToken.None));

    private static CandidateRequest[] Requests(string kind) =>
        [Ask(kind), Ask(kind, 3), Ask(kind, 5, 50, 7, 5), Ask(kind, [.. Enumerable.Range(0, 30)])];

    private static CandidateRequest Ask(string kind, params int[] history)
    {
        var request = Shop.Ask(history);
        if (CandidateKinds.Find(kind).OffersKnown)
        {
            var all = new byte[Items];
            Array.Fill(all, (byte)1);
            request.Offered = all;
        }
        var (own, everybody) = (new int[Items], new int[Items]);
        foreach (var interaction in Shop.Examples.Interactions)
        {
            everybody[interaction.Item]++;
            own[interaction.Item] += interaction.Entity % 5 == 0 ? 1 : 0;
        }
        (request.Counts, request.AllCounts) = (own, everybody);
        return request;
    }

    private static ScoredItem[] Retrieve(ICandidateSource source, CandidateRequest request, int quota)
    {
        var best = new ScoredItem[quota];
        return best[..source.Retrieve(request, best)];
    }

    private static byte[] Bytes(ICandidateSource source)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { source.Write(writer); }
        return stream.ToArray();
    }
}
