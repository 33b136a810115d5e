using Lintel.Decisions.Lists;
using Lintel.Decisions.Tests.Policy;

namespace Lintel.Decisions.Tests.Lists;

public sealed class NamedListsTests
{
    [Fact]
    public void A_change_makes_a_new_set_of_lists_and_leaves_the_old_alone()
    {
        var first = NamedLists.Empty.With("blocklist", [1, 2]);
        var second = first.With("blocklist", [3]).With("friends", [1]);
        first.Contains("blocklist", 1).ShouldBeTrue();
        first.Names.ShouldBe(["blocklist"]);
        second.Contains("blocklist", 1).ShouldBeFalse();
        second.Contains("blocklist", 3).ShouldBeTrue();
        second.Names.ShouldBe(["blocklist", "friends"]);
        NamedLists.Empty.Contains("blocklist", 1).ShouldBeFalse();
    }

    [Fact]
    public void Registers_say_whether_the_value_stands_in_the_list()
    {
        var small = SmallDesign.With("block if card in blocklist", "allow");
        var registers = new double[small.Plan.RegisterCount];
        var lists = NamedLists.Empty.With("blocklist", [7]);
        foreach (var (card, rule) in ((double, int)[])[(7, 0), (8, 1), (-1, 1), (double.NaN, 1)])
        {
            small.Fill(registers, 10, fraud: 0, card: card);
            lists.Fill(small.Plan, registers);
            small.Policy.Decide(registers).ShouldBe(rule);
        }
    }
}
