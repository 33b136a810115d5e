using Lintel.Cli.Verbs;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Tests.Verbs;

/// <summary>What serving prints to try it is complete: it names what a decision is about, and sends that first.</summary>
public sealed class TryItTests
{
    private const string About = """
        lintel: 1
        system: deliveries
        goal: Say how many minutes are left.
        events:
          order: { source: orders.csv, id: order_id, time: at, keys: { store: store }, fields: { items: number } }
          ask: { source: asks.csv, id: ask_id, about: order by order_id, time: at, keys: { store: store, trip: order_id, courier: courier }, fields: { rain: bool } }
          delivered: { source: delivered.csv, about: order by order_id, time: at }
        decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time) }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 3h }
        features: { items: order.items }
        models: { minutes: { kind: median, uses: [items] } }
        evaluate: { metrics: [mae] }
        """;

    private static DecisionForm Form(string text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("design.yaml", text, Composition.Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return DecisionForm.Of(design!, null);
    }

    [Fact]
    public void What_a_decision_is_about_is_sent_first_and_named() => TryIt.Lines(Form(About), "http://here").ShouldBe(
    [
        """curl -s 'http://here/v1/events' -d '{"event":"order","id":"try-1","store":"1","items":50}'""",
        """curl -s 'http://here/v1/decide?explain=true' -d '{"id":"try-1","about":"try-1","store":"1","trip":"try-1","courier":"1","rain":false}'""",
    ]);

    [Fact]
    public void A_value_of_the_data_that_is_missing_is_null_and_a_quote_does_not_end_the_shell_text()
    {
        var form = new DecisionForm("payment", [new("card", "key", "o'hara"), new("amount", "number", "")], []);
        TryIt.Lines(form, "http://here").ShouldHaveSingleItem()
            .ShouldBe("""curl -s 'http://here/v1/decide?explain=true' -d '{"id":"try-1","card":"o'\''hara","amount":null}'""");
    }
}
