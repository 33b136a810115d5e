using Lintel.Decisions.Lists;
using Lintel.Decisions.Tests.Policy;
using Lintel.Events.Log;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Lists;

public sealed class ListLedgerTests
{
    private readonly SmallDesign _small = SmallDesign.With("block if card in blocklist", "review if card in watchlist", "allow");

    private static void Apply(ListLedger ledger, ListChange change, long known)
    {
        var writer = new PayloadWriter();
        change.Write(writer);
        ledger.Apply(new() { Place = known, Type = LiveRecordType.ListChange, Payload = writer.Written }, known);
    }

    private static ListChange Put(string key, long until = ListChange.Forever, string list = "blocklist") =>
        new(list, key, false, until, "ann", "stolen");

    private static ListChange Take(string key) => new("blocklist", key, true, 0, "bob", "found");

    private int Decide(ListLedger ledger, string card, long known)
    {
        var registers = new double[_small.Plan.RegisterCount];
        _small.Fill(registers, 10, fraud: 0, card: _small.Dictionaries["card"].Add(card));
        ledger.Fill(registers, known);
        return _small.Policy.Decide(registers);
    }

    [Fact]
    public void Key_is_a_member_from_its_change_to_the_microsecond_of_its_end()
    {
        var ledger = new ListLedger(_small.Plan);
        Apply(ledger, Put("c1", until: 1_000), known: 100);
        Decide(ledger, "c1", 101).ShouldBe(0);
        Decide(ledger, "c1", 999).ShouldBe(0);
        Decide(ledger, "c1", 1_000).ShouldBe(2);
        Decide(ledger, "c2", 101).ShouldBe(2);
        ledger.Entries("blocklist", 999).ShouldHaveSingleItem().ShouldBe(new("c1", 100, 1_000, "ann", "stolen"));
        ledger.Entries("blocklist", 1_000).ShouldBeEmpty();
    }

    [Fact]
    public void Missing_value_is_in_no_list_and_lists_do_not_mix()
    {
        var ledger = new ListLedger(_small.Plan);
        Apply(ledger, Put("c1", list: "watchlist"), 1);
        Decide(ledger, "c1", 2).ShouldBe(1);
        var registers = new double[_small.Plan.RegisterCount];
        _small.Fill(registers, 10, fraud: 0, card: double.NaN);
        ledger.Fill(registers, 2);
        _small.Plan.Lists.ShouldAllBe(l => double.IsNaN(registers[l.Register]));
        ledger.Names.ShouldBe(["blocklist", "watchlist"]);
    }

    [Fact]
    public void Renewed_key_lives_to_its_new_end_and_a_taken_one_is_gone()
    {
        var ledger = new ListLedger(_small.Plan);
        Apply(ledger, Put("c1", until: 1_000), 100);
        Apply(ledger, Put("c1", until: 2_000), 200);
        Apply(ledger, Put("c2", until: 900), 300);
        Apply(ledger, Put("c3"), 1_500);                                    // ends that have passed are swept here
        Decide(ledger, "c1", 1_999).ShouldBe(0);
        Decide(ledger, "c2", 1_501).ShouldBe(2);
        Apply(ledger, Take("c1"), 1_600);
        Decide(ledger, "c1", 1_601).ShouldBe(2);
        ledger.Find("blocklist", "c1", 1_601).ShouldBeNull();
    }

    [Fact]
    public void State_read_back_decides_the_same_and_writes_the_same_bytes()
    {
        var random = new RandomStream(5);
        var ledger = new ListLedger(_small.Plan);
        var known = 0L;
        for (var i = 0; i < 500; i++)
        {
            known += 1 + random.NextInt32(20);
            var key = $"c{random.NextInt32(40)}";
            Apply(ledger, random.NextInt32(4) == 0 ? Take(key) : Put(key,
                random.NextInt32(3) == 0 ? ListChange.Forever : known + random.NextInt32(400) + 1), known);
            if (i % 100 != 50) { continue; }
            var again = new ListLedger(_small.Plan);
            again.Read(new(new MemoryStream(Bytes(ledger))));
            Bytes(again).ShouldBe(Bytes(ledger));
            foreach (var at in (long[])[known, known + 50, known + 200])
            {
                for (var c = 0; c < 40; c++) { Decide(again, $"c{c}", at).ShouldBe(Decide(ledger, $"c{c}", at)); }
            }
            ledger = again;
        }

        static byte[] Bytes(ListLedger ledger)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            ledger.Write(writer);
            writer.Flush();
            return stream.ToArray();
        }
    }
}
