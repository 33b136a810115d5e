using Lintel.Design;
using Lintel.Events;
using Lintel.Numerics.Text;

namespace Lintel.Features.Tests;

/// <summary>Ids of features: hashes of contents, not of codes, without allocation.</summary>
public sealed class IdFeatureTests
{
    private const string Features = """
        channel: channel
        hashed_channel: channel hashed 22 bits
        both: cross(card, channel, hour(time)) hashed 20 bits
        rounded: cross(card, amount) hashed 20 bits
        """;

    private static readonly string[] Channels = ["web", "shop", "phone"];

    [Fact]
    public void Ids_do_not_depend_on_who_came_first()
    {
        var (one, other) = (Read(Channels), Read([.. Channels.Reverse(), "telex"]));
        for (var f = 1; f < 3; f++) { other.ShouldSatisfyAllConditions(o => o["web"][f].ShouldBe(one["web"][f]), o => o["shop"][f].ShouldBe(one["shop"][f])); }
        one["web"][0].ShouldNotBe(other["web"][0]);
        one["web"][1].ShouldBe(TextHash.Id(TextHash.Join(0, TextHash.Of("web")), 22));
        one["web"][2].ShouldBe(TextHash.Id(
            TextHash.Join(TextHash.Join(TextHash.Join(0, TextHash.Of("card 1")), TextHash.Of("web")), 3), 20));
    }

    [Fact]
    public void A_missing_part_makes_the_id_missing()
    {
        var dictionaries = new CodeDictionaries();
        var engine = Engine(dictionaries);
        var card = dictionaries["card"].Add("card 1");
        Accept(engine, card, 12.5, double.NaN)[..].ShouldBe([double.NaN, double.NaN, double.NaN, double.NaN]);
        var channel = dictionaries["text"].Add("web");
        var whole = Accept(engine, card, 12, channel);
        whole.ShouldAllBe(static id => id >= 0);
        Accept(engine, double.NaN, 12, channel)[2..].ShouldBe([double.NaN, double.NaN]);
        // a code that no text has yet: a peek at something new
        Accept(engine, card, 12, dictionaries["text"].Count)[1..3].ShouldBe([double.NaN, double.NaN]);
    }

    [Fact]
    public void Shapes_say_which_are_ids() => Engine(new()).Plan.FeatureShapes.ShouldBe(
        [new(FeatureShape.MaxIds, 0), new(1 << 22, 1), new(1 << 20, 2), new(1 << 20, 3)]);

    [Fact]
    public void Reading_allocates_nothing()
    {
        var dictionaries = new CodeDictionaries();
        var engine = Engine(dictionaries);
        double[] cards = [.. Enumerable.Range(0, 100).Select(c => (double)dictionaries["card"].Add($"card {c}"))];
        var (values, registers) = (new double[engine.Plan.Design.Events[0].Columns.Length], new double[engine.Plan.RegisterCount]);
        void Round()
        {
            foreach (var card in cards)
            {
                (values[2], values[3], values[4], values[5]) = (card, card, 7, double.NaN);
                engine.Accept(new() { Type = 0, Number = 0, Subject = -1, Known = 0, Values = values }, registers);
            }
        }

        Round();
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static FeatureEngine Engine(CodeDictionaries dictionaries) =>
        new(new FeaturePlanBuilder(TestDesigns.Payments(Features), dictionaries).Build(), InstantOrder.ByPlace);

    private static double[] Accept(FeatureEngine engine, double card, double amount, double channel)
    {
        var registers = new double[engine.Plan.RegisterCount];
        double[] values = [3 * 3_600e6, 3 * 3_600e6, card, double.NaN, amount, channel];
        engine.Accept(new() { Type = 0, Number = 0, Subject = -1, Known = (long)3_600e6 * 3, Values = values }, registers);
        return registers[engine.Plan.FeatureStart..][..engine.Plan.FeatureCount];
    }

    private static Dictionary<string, double[]> Read(string[] channels)
    {
        var dictionaries = new CodeDictionaries();
        var engine = Engine(dictionaries);
        var card = dictionaries["card"].Add("card 1");
        return channels.ToDictionary(static c => c, c => Accept(engine, card, 1, dictionaries["text"].Add(c)));
    }
}
