using Lintel.Events.Parquet;
using Lintel.Features;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Server.Tests.Verification;
using Lintel.Training.Export;

namespace Lintel.Server.Tests.Import;

public sealed class FeatureExportTests
{
    [Fact]
    public void Features_of_keys_at_an_instant_are_those_that_live_state_gives_then()
    {
        var history = RandomHistory.Of(2_000, 9);
        var compiled = CompiledDesign.Compile(history.Design, history.Dictionaries);
        var at = history.Order[1_700].Known;
        var columns = FeatureExport.Keys(history, compiled.Plan, "card", null, at);
        columns.Select(static c => c.Name).ShouldBe(["card", "as_of", "card_payments_1d", "card_amount_30d", "since_last"]);
        var cards = ((ParquetColumn.Text)columns[0]).Values;
        cards.Length.ShouldBe(40);

        // the live way: a state fed with what was known before, asked by text
        var engine = new FeatureEngine(compiled.Plan, InstantOrder.Together);
        FeatureReplay.Each(history, engine, new() { End = at }, static (in _, _) => { });
        var processed = history.Order.Count(e => e.Known < at);
        var state = LiveState.FromHistory(compiled, engine, history, processed);
        var registers = new double[compiled.Plan.RegisterCount];
        for (var k = 0; k < cards.Length; k++)
        {
            var record = new IncomingRecord();
            record.Begin(history.Design.Decision.Each);
            record.AddText(2, System.Text.Encoding.UTF8.GetBytes(cards[k]!));
            state.Peek(record, at, registers);
            foreach (var column in columns.Skip(2).Cast<ParquetColumn.Number>())
            {
                var live = registers[compiled.Plan.FeatureStart + compiled.Plan.FeatureNames.IndexOf(column.Name)];
                BitConverter.DoubleToInt64Bits(column.Values[k]).ShouldBe(BitConverter.DoubleToInt64Bits(live), column.Name);
            }
        }
        Should.Throw<InvalidDataException>(() => FeatureExport.Keys(history, compiled.Plan, "shop", null, at))
            .Message.ShouldContain("card, terminal");
        ((ParquetColumn.Number)FeatureExport.Keys(history, compiled.Plan, "card", ["c1", "nobody"], at)[2]).Values[1].ShouldBe(0);
    }
}
