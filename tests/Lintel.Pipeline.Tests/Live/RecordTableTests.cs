using System.Text;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class RecordTableTests
{
    private static byte[] Id(int i) => Encoding.UTF8.GetBytes($"id-{i:D5}-{new string('x', i % 200)}");

    [Fact]
    public void Ids_added_are_found_and_forgotten_ones_are_not()
    {
        var table = new RecordTable(2);
        const int Count = 20_000;
        var horizon = 0;
        var random = new RandomStream(3);
        for (var i = 0; i < Count; i++)
        {
            table.Find(Id(i)).ShouldBe(-1);
            var slot = table.Add(Id(i), i, i, [i, -i]);
            table.Decision(slot) = 10L * i;
            if (i % 1000 == 999) { table.Forget(horizon = i - 700); }
            var asked = random.NextInt32(i + 1);
            var found = table.Find(Id(asked));
            (found >= 0).ShouldBe(asked >= horizon, $"{asked} at {i}, horizon {horizon}");
            if (found < 0) { continue; }
            table.Number(found).ShouldBe(asked);
            table.Values(found).ToArray().ShouldBe([asked, -asked]);
            table.Decision(found).ShouldBe(10L * asked);
        }
        table.Count.ShouldBe(Count - horizon);
    }

    [Fact]
    public void Saved_table_reads_the_same()
    {
        var table = new RecordTable(1);
        for (var i = 0; i < 3000; i++) { table.Decision(table.Add(Id(i), i, i, [i / 7.0])) = i - 1; }
        table.Forget(500);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) { table.Write(writer); }
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var again = RecordTable.Read(reader, 1);
        again.Count.ShouldBe(2500);
        again.Find(Id(499)).ShouldBe(-1);
        for (var i = 500; i < 3000; i++)
        {
            var slot = again.Find(Id(i));
            again.Number(slot).ShouldBe(i);
            again.Values(slot)[0].ShouldBe(i / 7.0);
            again.Decision(slot).ShouldBe(i - 1);
        }
        again.Add("new"u8, 1, 1, [0]).ShouldBe(2500);
    }

    [Fact]
    public void Table_of_another_layout_is_refused()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            new RecordTable(3).Write(writer);
        }
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Should.Throw<InvalidDataException>(() => RecordTable.Read(reader, 4)).Message.ShouldContain("3 values");
    }
}
