using Lintel.Design.Expressions;

namespace Lintel.Design.Tests;

/// <summary>What a live system needs to be told: events by stream, reviews, limits, rhythms.</summary>
public sealed class LiveGrammarTests
{
    private const string Inspection = """

          inspection:
            about: payment
            fields: { fraud: bool, note: text }
        """;

    private const string Label = "    fields: { fraud: bool }";
    private const string Serve = "serve: { mode: online, on failure: allow, let through: 1% }";

    private static readonly string Text = FraudDesign.With(Label, Label + Inspection);

    private static string Reviews(string reviews) => Text.Replace(Serve, $"reviews: {reviews}\n{Serve}");

    [Fact]
    public void An_event_without_a_source_comes_by_stream()
    {
        var inspection = FraudDesign.Read(Text).Events[2];
        inspection.Source.ShouldBeEmpty();
        inspection.About!.Event.Name.ShouldBe("payment");
        inspection.Columns.Take(inspection.InheritedFrom).Select(static c => c.Name).ShouldBe(["time", "known", "fraud", "note"]);
    }

    [Theory]
    [InlineData("    known: 7d\n", "error LT0121: 'known' describes files, and event 'inspection' has none")]
    [InlineData("    where: a > 3\n", "error LT0121: 'where' describes files, and event 'inspection' has none")]
    [InlineData("    source: a.csv\n", "error LT0201")]
    public void What_describes_files_needs_files(string line, string expected) =>
        FraudDesign.Fault(Text.Replace("  inspection:\n", $"  inspection:\n{line}")).ShouldContain(expected);

    [Fact]
    public void Reviews_have_a_verdict_and_a_priority()
    {
        var reviews = FraudDesign.Read(Reviews("{ verdict: inspection.fraud, priority: p * amount + novel, lock: 20m, within: 4h }"))
            .Reviews.ShouldNotBeNull();
        reviews.Verdict.Name.ShouldBe("inspection");
        reviews.Verdict.Columns[reviews.VerdictColumn].Name.ShouldBe("fraud");
        ExpressionPrinter.Print(reviews.Priority!).ShouldBe("fraud * amount + novel");
        (reviews.Lock, reviews.Within).ShouldBe((TimeSpan.FromMinutes(20), TimeSpan.FromHours(4)));
    }

    [Fact]
    public void Reviews_have_defaults()
    {
        FraudDesign.Read(FraudDesign.Text).Reviews.ShouldBeNull();
        var reviews = FraudDesign.Read(Reviews("{ verdict: inspection.fraud }")).Reviews.ShouldNotBeNull();
        (reviews.Priority, reviews.Lock, reviews.Within).ShouldBe((null, TimeSpan.FromMinutes(15), null));
    }

    [Theory]
    [InlineData("{ priority: p }", "error LT0108: reviews lacks 'verdict'")]
    [InlineData("{ verdict: inspection.note }", "error LT0206: a verdict is a bool field of its event; got 'inspection.note'; expected such as inspection.fraud")]
    [InlineData("{ verdict: inspection }", "error LT0206: a verdict is a bool field of its event; got 'inspection'")]
    [InlineData("{ verdict: inspecton.fraud }", "error LT0114: there is no event 'inspecton'")]
    [InlineData("{ verdict: inspection.fraude }", "error LT0206: a verdict is a bool field of its event; got 'inspection.fraude'")]
    [InlineData("{ verdict: inspection.fraud, priority: night }", "error LT0206: the priority does not take")]
    [InlineData("{ verdict: inspection.fraud, priority: fraud >= threshold(top 3/day) }", "error LT0211: the priority cannot use a threshold")]
    [InlineData("{ verdict: inspection.fraud, lock: 0s }", "error LT0111: 'lock' leaves nothing; expected a value above 0")]
    public void A_wrong_word_about_reviews_is_one_diagnostic(string reviews, string expected) =>
        FraudDesign.Fault(Reviews(reviews)).ShouldContain(expected);

    [Fact]
    public void Reviews_need_an_outcome_that_is_reviewed() =>
        FraudDesign.Fault(Reviews("{ verdict: inspection.fraud }")
                .Replace("outcomes: [allow, review, block]", "outcomes: { allow: pass, review: refuse, block: refuse }"))
            .ShouldContain("error LT0121: nothing is sent to review");

    [Fact]
    public void Serving_has_limits()
    {
        var serve = FraudDesign.Read(FraudDesign.With("let through: 1%", "time out: 50ms, limit: 4000/s, remember: 90d")).Serve;
        (serve.TimeOut, serve.LimitPerSecond, serve.Remember)
            .ShouldBe((TimeSpan.FromMilliseconds(50), 4000, TimeSpan.FromDays(90)));
        var plain = FraudDesign.Read(FraudDesign.Text).Serve;
        (plain.TimeOut, plain.LimitPerSecond, plain.Remember).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("on failure: allow, let through: 1%", "time out: 50ms", "error LT0121: a time-out needs an answer to give instead; expected on failure: OUTCOME")]
    [InlineData("let through: 1%", "time out: 0ms", "error LT0111: 'time out' leaves nothing; expected a value above 0")]
    [InlineData("let through: 1%", "limit: 0/s", "error LT0111: 'limit' leaves nothing; expected a value above 0")]
    [InlineData("let through: 1%", "remember: 90", "error LT0203: a duration needs a unit")]
    public void A_wrong_limit_is_one_diagnostic(string old, string replacement, string expected) =>
        FraudDesign.Fault(FraudDesign.With(old, replacement)).ShouldContain(expected);

    [Fact]
    public void Calibration_has_a_rhythm_of_its_own() =>
        FraudDesign.Read(FraudDesign.With("refit: now", "calibrate: 1d, refit: now")).Retrain.Calibrate
            .ShouldBe(TimeSpan.FromDays(1));

    [Theory]
    [InlineData("{ fraud: bool, kind: text }", "verdict.kind", null)]
    [InlineData("{ fraud: bool, kind: text }", "verdict.fraud", "error LT0114: kinds of positives are a text field of a label event; got 'verdict.fraud'")]
    [InlineData("{ fraud: bool, kind: text }", "inspection.note", "error LT0114: kinds of positives are a text field of a label event; got 'inspection.note'")]
    public void Kinds_of_positives_are_a_field_of_the_label(string fields, string kinds, string? expected)
    {
        var text = Text.Replace(Label + "\n", $"    fields: {fields}\n").Replace("  baselines:", $"  kinds: {kinds}\n  baselines:");
        if (expected is null) { FraudDesign.Read(text).Evaluate.Kinds.ShouldNotBeNull().Event.Name.ShouldBe("verdict"); }
        else { FraudDesign.Fault(text).ShouldContain(expected); }
    }
}
