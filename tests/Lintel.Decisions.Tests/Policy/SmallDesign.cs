using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models;

namespace Lintel.Decisions.Tests.Policy;

/// <summary>A design of payments whose policy is the test's; its registers are filled by hand.</summary>
internal sealed class SmallDesign
{
    private SmallDesign(SystemDesign design)
    {
        Design = design;
        var builder = new FeaturePlanBuilder(design, Dictionaries);
        Policy = PolicyProgram.Compile(design, builder);
        Plan = builder.Build();
    }

    public SystemDesign Design { get; }

    public CodeDictionaries Dictionaries { get; } = new();

    public PolicyProgram Policy { get; }

    public FeaturePlan Plan { get; }

    public static SmallDesign With(params string[] rules) => new(Read(rules));

    /// <summary>With other outcomes, as <c>outcomes:</c> takes them, and costs of each role.</summary>
    public static SmallDesign WithCosts(string outcomes, params string[] rules) => new(Read(rules, outcomes));

    /// <summary>Fills amount, card and the margins of both models.</summary>
    public void Fill(Span<double> registers, double amount, double fraud, double novel = 0, double card = 0)
    {
        registers.Clear();
        var columns = Design.Decision.Each.Columns;
        for (var c = 0; c < columns.Length; c++)
        {
            registers[c] = columns[c].Name == "amount" ? amount : columns[c].Name == "card" ? card : 0;
        }
        registers[Plan.ScoreRegister("fraud")] = fraud;
        registers[Plan.ScoreRegister("fraud") + 1] = 1 / (1 + Math.Exp(-fraud));
        registers[Plan.ScoreRegister("novel")] = novel;
    }

    /// <summary>Decisions of consecutive days, as many on each, in the order given.</summary>
    public DecidedRows Rows(double[] amounts, double[] fraud, float[] labels, int dayCount = 1, double[]? novel = null) => new()
    {
        Count = labels.Length,
        Read = (row, registers) => Fill(registers, amounts[row], fraud[row], novel?[row] ?? 0),
        Labels = labels,
        Days = [.. Enumerable.Range(0, labels.Length).Select(i => 100 + (i * dayCount / labels.Length))],
        FirstDay = 100,
        DayCount = dayCount,
    };

    private static SystemDesign Read(string[] rules, string outcomes = "[allow, review, block]")
    {
        var text = $$"""
            lintel: 1
            system: small
            goal: Test policies.
            requirements: { costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2, challenge: 0.5 } }
            events:
              payment:
                source: payments.csv
                id: id
                time: time
                keys: { card: card }
                fields: { amount: number }
              verdict:
                source: payments.csv
                about: payment by id
                time: time
                known: time + 7d
                fields: { fraud: bool }
            decision: { each: payment, kind: classification, label: verdict.fraud }
            split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }
            features:
              amount: amount
            models:
              novel: { kind: logistic }
              fraud: { kind: logistic }
            evaluate: { metrics: [auc] }
            outcomes: {{outcomes}}
            policy:
            {{string.Join("\n", rules.Select(static r => $"  - {r}"))}}
            """;
        var diagnostics = new DiagnosticBag();
        var kinds = new KindRegistry([.. ModelKinds.Kinds, new Kind(KindFamily.Metric, "auc", typeof(NoParameters), "Area under the ROC curve.")]);
        var design = DesignFile.Parse("small.yaml", text, kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
