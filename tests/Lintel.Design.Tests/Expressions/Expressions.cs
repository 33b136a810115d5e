using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;

namespace Lintel.Design.Tests.Expressions;

/// <summary>A design with a field of every type, and the ways to check expressions over it.</summary>
internal static class Expressions
{
    private const string Text = """
        lintel: 1
        system: test
        goal: Every type of field, so that every rule of the language can be asked.
        events:
          order:
            source: orders.csv
            time: at
            keys: { user: user_id, shop: shop_id }
            fields: { price: number, gift: bool, city: text, due: time, state: number known settled_at }
          delivered: { source: d.csv, about: order by order_id, time: at, fields: { fee: number, city: text } }
          verdict: { source: v.csv, about: order by order_id, time: at, fields: { bad: bool } }
          visit: { source: w.csv, time: at, keys: { user: user_id }, fields: { pages: number } }
        decision: { each: order, kind: classification, label: verdict.bad }
        split: { by: time, train: 75%, test: 25% }
        features:
          recent: count(order) by user over 7d
          since_last: since(order) by user
          home: last(order.city) by user
        models:
          m: { kind: xgboost, uses: [recent] }
        evaluate: { metrics: [auc] }
        outcomes: [yes, no]
        policy: [ yes ]
        """;

    public static readonly SystemDesign Design = FraudDesign.Read(Text);

    private static readonly ExpressionScope Feature = new()
    {
        Place = "a feature",
        Zone = TimeZoneInfo.Utc,
        Events = Design.Events,
        Row = Design.Events[0],
        LabelEvents = ["verdict"],
        Features = Design.Features.ToDictionary(f => f.Name, f => new FeatureType(f.Value.Type, f.Name == "home" ? ColumnDesign.TextDomain : null)),
        AllowsAggregates = true,
    };

    private static readonly ExpressionScope Policy = Feature with { Place = "the policy", Models = ["m"], IsPolicy = true };

    public static Expression? Check(string text, DiagnosticBag diagnostics, bool policy = false) =>
        ExpressionChecker.Check(new LocatedText(text, "x", 1, 1), policy ? Policy : Feature, diagnostics);

    public static Expression Check(string text, bool policy = false)
    {
        var diagnostics = new DiagnosticBag();
        var expression = Check(text, diagnostics, policy);
        diagnostics.All.Select(d => d.ToString()).ShouldBeEmpty();
        return expression.ShouldNotBeNull();
    }

    /// <summary>The one fault of an expression.</summary>
    public static string Fault(string text, bool policy = false)
    {
        var diagnostics = new DiagnosticBag();
        Check(text, diagnostics, policy).ShouldBeNull();
        return diagnostics.All.ShouldHaveSingleItem().ToString();
    }
}
