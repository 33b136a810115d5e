using Lintel.Decisions.Promises;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models;

namespace Lintel.Decisions.Tests.Promises;

/// <summary>A design of deliveries whose policy is the test's; its registers are filled by hand.</summary>
internal sealed class PromiseDesign
{
    private PromiseDesign(SystemDesign design)
    {
        Design = design;
        var builder = new FeaturePlanBuilder(design, new CodeDictionaries());
        Policy = PolicyProgram.Compile(design, builder);
        Plan = builder.Build();
    }

    public SystemDesign Design { get; }

    public PolicyProgram Policy { get; }

    public FeaturePlan Plan { get; }

    public static PromiseDesign With(params string[] lines) => WithCosts("{ late: 3, early: 1, lost: 0.4 + 0 * busy }", lines);

    public static PromiseDesign WithCosts(string costs, params string[] lines) => new(Read(costs, lines));

    /// <summary>Registers with quantiles 10, 30 and 50 of the model, its estimate and the trip.</summary>
    public double[] Registers(double low, double middle, double high, double trip = 0)
    {
        var registers = new double[Plan.RegisterCount];
        Fill(registers, low, middle, high, trip);
        return registers;
    }

    public void Fill(Span<double> registers, double low, double middle, double high, double trip)
    {
        registers.Clear();
        registers[Plan.Design.Decision.Each.Find("trip")] = trip;
        foreach (var (model, value) in new[] { ("minutes@10%", low), ("minutes", middle), ("minutes@90%", high) })
        {
            registers[Plan.ScoreRegister(model)] = registers[Plan.ScoreRegister(model) + 1] = value;
        }
    }

    /// <summary>What the lines promise of these quantiles, and of a busy flag that no cost feels.</summary>
    public double Promise(double low, double middle, double high) => Policy.Promise!.Run(Registers(low, middle, high));

    public static SystemDesign Read(string costs, params string[] lines)
    {
        var policy = lines.Length == 0 ? "" : "policy:\n" + string.Join("\n", lines.Select(static l => $"  - {l}"));
        var text = $$"""
            lintel: 1
            system: promises
            goal: Say when it comes.
            requirements: { costs: {{costs}} }
            events:
              ask: { source: asks.csv, id: id, time: time, keys: { trip: trip }, fields: { busy: number } }
              delivered: { source: delivered.csv, about: ask by id, time: at, fields: { tip: number } }
            decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time) }
            split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 3h }
            features: { busy: busy }
            models:
              single: { kind: median, uses: [busy] }
              minutes: { kind: xgboost, quantiles: [10%, 50%, 90%], residual over: single }
            evaluate: { metrics: [mae] }
            {{policy}}
            """;
        var diagnostics = new DiagnosticBag();
        var kinds = new KindRegistry([
            .. ModelKinds.Kinds, .. PromiseStepKinds.Kinds,
            new Kind(KindFamily.Metric, "mae", typeof(NoParameters), "Mean absolute error.") { For = DecisionUse.Regression }]);
        var design = DesignFile.Parse("promises.yaml", text, kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
