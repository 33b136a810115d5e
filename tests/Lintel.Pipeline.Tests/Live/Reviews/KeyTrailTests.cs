using Lintel.Numerics.Random;
using Lintel.Pipeline.Live.Reviews;

namespace Lintel.Pipeline.Tests.Live.Reviews;

public sealed class KeyTrailTests
{
    [Fact]
    public void Latest_of_each_key_are_what_a_search_finds_also_past_the_ring_and_after_a_restart()
    {
        var decided = PaymentsDesign.Parse().Decision.Each;
        var trail = new KeyTrail(decided);
        var all = new List<(int Card, int Terminal, long Place)>();
        var random = new RandomStream(4);
        var values = new double[decided.Columns.Length];
        for (var i = 0; i < KeyTrail.Capacity + 5_000; i++)
        {
            var (card, terminal) = (random.NextInt32(3_000), random.NextInt32(20));
            values[trail.Columns[0]] = card;
            values[trail.Columns[1]] = i % 7 == 0 ? double.NaN : terminal;
            trail.Add(10L * i, i, values);
            all.Add((card, i % 7 == 0 ? -1 : terminal, 10L * i));
            if (i == 70_000) { trail = Reopened(trail, decided); }
        }
        var held = all[^KeyTrail.Capacity..];
        for (var key = 0; key < 200; key++)
        {
            Latest(trail, 0, key).ShouldBe(held.Where(e => e.Card == key).Select(static e => e.Place).Reverse().Take(5));
        }
        for (var key = 0; key < 20; key++)
        {
            Latest(trail, 1, key).ShouldBe(held.Where(e => e.Terminal == key).Select(static e => e.Place).Reverse().Take(5));
        }
        Latest(trail, 0, 9_999).ShouldBeEmpty();
    }

    [Fact]
    public void Entries_past_the_retention_are_not_asked_for()
    {
        var decided = PaymentsDesign.Parse().Decision.Each;
        var trail = new KeyTrail(decided);
        var values = new double[decided.Columns.Length];
        for (var i = 0; i < 10; i++) { trail.Add(i, known: i, values); }

        var places = new List<long>();
        trail.Read(0, 0, since: 8, most: 5, places);

        places.ShouldBe([9, 8]);
    }

    private static List<long> Latest(KeyTrail trail, int key, int code)
    {
        var places = new List<long>();
        trail.Read(key, code, since: 0, most: 5, places);
        return places;
    }

    private static KeyTrail Reopened(KeyTrail trail, Design.EventDesign decided)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        trail.Write(writer);
        writer.Flush();
        stream.Position = 0;
        var again = new KeyTrail(decided);
        using var reader = new BinaryReader(stream);
        again.Read(reader);
        return again;
    }
}
