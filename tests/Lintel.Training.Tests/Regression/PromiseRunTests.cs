using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Report;

namespace Lintel.Training.Tests.Regression;

/// <summary>A regression with a policy from files to a version: what is promised is judged, and costs less than the estimate.</summary>
public sealed class PromiseRunTests
{
    private const string Policy = """
        requirements: { costs: { late: 6, early: 1, lost: 0.1 } }
        policy:
          - promise least cost of minutes
          - at least 3
          - keep last(decision.promise) by ask.order over 4h - minutes(since(decision) by ask.order over 4h) if within 2
        """;

    [Fact]
    public void The_promise_is_judged_simulated_and_decided_again()
    {
        using var deliveries = new Deliveries(10,
            ("time: at, fields: { route: number } }", "time: at, keys: { trip: order }, fields: { route: number } }"),
            ("crps, coverage@80%, late@5]", "crps, late@1, early@5, cost]"),
            ("serve: { mode: online }", "serve: { mode: online }\n" + Policy.Replace("ask.order", "trip", StringComparison.Ordinal)));
        var made = deliveries.Train();
        var manifest = made.Manifest;
        var promise = manifest.Estimate!.Promise!;
        promise.Promised.Cost!.Value.ShouldBeLessThan(promise.Estimated.Cost!.Value);
        promise.Promised.Late.ShouldBeLessThan(promise.Estimated.Late);
        manifest.Metrics["cost"].Test!.Value.ShouldBe(promise.Promised.Cost.Value, 1e-9);
        manifest.Models["minutes"]["cost"]!.Value.ShouldBe(promise.Promised.Cost.Value, 1e-9);
        manifest.Metrics["cost"].Baselines["median"]!.Value.ShouldBeGreaterThan(promise.Promised.Cost.Value);
        manifest.Findings.ShouldNotContain(static f => f.Code == "LT0425");
        ReportPage.Write(manifest, "design").ShouldContain("came later");

        var version = SystemVersion.Load(made.Folder, Deliveries.Kinds);
        var run = EvaluationRun.Decide(version, made.Prepared, made.Replay!);
        var differ = 0;
        for (var place = 0; place < run.Rows.Length; place++)
        {
            run.Decisions[place].Probability.ShouldBeGreaterThanOrEqualTo(3);
            differ += run.Decisions[place].Probability != run.Decisions[place].Margin ? 1 : 0;
        }
        differ.ShouldBeGreaterThan(run.Rows.Length / 2);
        var width = version.Compiled.Plan.RegisterCount;
        var many = new double[300 * width];
        for (var i = 0; i < 300; i++) { made.Replay!.Registers.Read(run.Rows[i], many.AsSpan(i * width, width)); }
        var one = many.ToArray();
        version.Score(many, 300);
        for (var i = 0; i < 300; i++) { version.Score(one.AsSpan(i * width, width)); }
        many.ShouldBe(one, "many rows score to the bits of one");
        var registers = new double[width];
        made.Replay!.Registers.Read(run.Rows[0], registers);
        version.Score(registers);
        var decision = version.Decide(registers);
        registers[version.Compiled.Plan.PromiseRegister].ShouldBe(decision.Probability);
        var steps = Explanation.Of(version, registers).Promise!.Value;
        steps.Select(static s => s.Text).First().ShouldBe("promise least cost of minutes");
        steps[^1].Promise.ShouldBe(decision.Probability);
    }
}
