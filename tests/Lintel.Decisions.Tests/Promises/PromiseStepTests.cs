using System.Text.RegularExpressions;
using Lintel.Decisions.Promises;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Tests.Promises;

/// <summary>Every kind of step: its sentence, what it makes of a promise, and what is wrong with a line.</summary>
public sealed partial class PromiseStepTests
{
    public static TheoryData<string> Kinds => [.. PromiseStepKinds.All.Select(static k => k.Kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Sentence_has_a_slot_for_each_property_that_says_what_it_is(string kind)
    {
        var about = PromiseStepKinds.Find(kind)!.Kind;
        about.Family.ShouldBe(KindFamily.PromiseStep);
        var properties = about.Parameters.GetProperties();
        properties.Select(static p => p.Name.ToLowerInvariant())
            .ShouldBe(Slot().Matches(about.Sentence!).Select(static m => m.Groups[1].Value), ignoreOrder: true);
        foreach (var property in properties) { property.GetCustomAttributes(typeof(ParameterAttribute), false).ShouldHaveSingleItem(); }
    }

    // quantiles 10 %, 50 %, 90 % at 10, 30 and 50: straight between them, two minutes for four percent
    [Theory]
    [InlineData(30)]
    [InlineData(37.5, "promise least cost of minutes")]                  // (3 - 0.4) / (3 + 1) = 65 %
    [InlineData(45, "promise 80% of minutes")]
    [InlineData(52.5, "promise 95% of minutes")]
    [InlineData(40, "promise least cost of minutes", "round to 5")]       // the middle goes to the larger one
    [InlineData(38, "promise least cost of minutes", "round up to 1")]
    [InlineData(30, "round up to 5")]
    [InlineData(34, "at least 34")]
    [InlineData(30, "at least 7")]
    [InlineData(32, "keep 32 if within 3")]
    [InlineData(30, "keep 2 * minutes if within 3")]
    [InlineData(30, "keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 3")]
    public void Lines_make_a_promise_of_the_estimate(double promise, params string[] lines)
    {
        var design = PromiseDesign.With(lines);
        var registers = design.Registers(10, 30, 50);
        for (var r = design.Plan.Design.Decision.Each.Columns.Length; r < design.Plan.FeatureStart; r++) { registers[r] = double.NaN; }
        design.Policy.Promise!.Run(registers).ShouldBe(promise, 1e-9);
        design.Policy.Promise.Trace(registers).DefaultIfEmpty(30).Last().ShouldBe(promise, 1e-9);
        design.Policy.Promise.Trace(registers).Length.ShouldBe(lines.Length);
    }

    [Fact]
    public void A_missing_quantile_promises_nothing_and_no_line_mends_it() =>
        PromiseDesign.With("promise 80% of minutes", "round to 5", "at least 10", "keep 5 if within 3").Promise(10, 30, double.NaN).ShouldBe(double.NaN);

    [Fact]
    public void A_promise_allocates_nothing()
    {
        var design = PromiseDesign.With("promise least cost of minutes", "round to 5", "at least 10", "keep 32 if within 3");
        var (promise, registers) = (design.Policy.Promise!, design.Registers(10, 30, 50));
        _ = promise.Run(registers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { _ = promise.Run(registers); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("promise least cost of single", "'single' gives no quantiles")]
    [InlineData("promise least cost of range", "there is no model 'range'")]
    [InlineData("promise 120% of minutes", "'{share}' of 'promise {share} of {model}' cannot be this")]
    [InlineData("round to 0", "'{unit}' of 'round to {unit}' cannot be this")]
    [InlineData("take 20", "this is no step of a promise")]
    [InlineData("keep delivered.tip if within 3", "delivered")]
    [InlineData("keep last(decision.score) by trip over 4h if within 3", "score")]
    public void A_line_that_cannot_be_meant_is_told(string line, string message) =>
        Should.Throw<DesignException>(() => PromiseDesign.With(line)).Diagnostics
            .ShouldContain(d => d.Severity == Severity.Error && d.Message.Contains(message, StringComparison.Ordinal), line);

    [Fact]
    public void Costs_must_be_named_and_known_and_a_promise_stands_first()
    {
        Should.Throw<DesignException>(() => PromiseDesign.WithCosts("{ late: 3, early: 1 }", "promise least cost of minutes"))
            .Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("needs the cost 'lost'");
        Should.Throw<DesignException>(() => PromiseDesign.With("round to 5", "promise 80% of minutes"))
            .Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("the lines above it are for nothing");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Slot();
}
