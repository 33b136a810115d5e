using Lintel.Design.Diagnostics;

namespace Lintel.Design.Tests;

/// <summary>A design of delivery times: a value, its quantiles, several asks about one order.</summary>
internal static class DeliveryDesign
{
    public const string Text = """
        lintel: 1
        system: delivery
        goal: Say how many minutes an order will take.
        events:
          order: { source: orders.csv, id: order_id, time: at, keys: { store: store_id, market: market_id }, fields: { items: number } }
          ask: { source: asks.csv, id: ask_id, about: order by order_id, time: at, fields: { route: number } }
          delivered: { source: delivered.csv, about: order by order_id, time: at }
          cancelled: { source: cancelled.csv, about: order by order_id, time: at }
        decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time), censored: cancelled }
        split: { by: time, train: 70%, test: 30%, gap: 4h }
        features:
          store: store
          market: market
          hour: hour(time)
          route: route
          items: order.items
        models:
          usual: { kind: median, uses: [store, market, hour] }
          minutes: { kind: xgboost, quantiles: [10%, 50%, 90%], residual over: usual }
        evaluate:
          metrics: [mae, coverage@80%]
          baselines: [mean, median, route]
          gates: { mae: "<= 12" }
        """;

    public static SystemDesign Read(string old = "", string replacement = "", params (string Old, string New)[] more)
    {
        var diagnostics = new DiagnosticBag();
        var text = more.Aggregate(With(old, replacement), static (text, m) => text.Replace(m.Old, m.New));
        var design = DesignFile.Parse("design.yaml", text, TestKinds.All, diagnostics);
        diagnostics.All.Where(static d => d.Severity == Severity.Error).Select(static d => d.ToString()).ShouldBeEmpty();
        return design!;
    }

    /// <summary>The only fault of a design.</summary>
    public static string Fault(string old, string replacement)
    {
        var diagnostics = new DiagnosticBag();
        DesignFile.Parse("design.yaml", With(old, replacement), TestKinds.All, diagnostics).ShouldBeNull();
        return diagnostics.All.Where(static d => d.Severity == Severity.Error).ShouldHaveSingleItem().ToString();
    }

    private static string With(string old, string replacement)
    {
        if (old.Length == 0) { return Text; }
        Text.ShouldContain(old);
        return Text.Replace(old, replacement);
    }
}
