using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Features.Tests;

/// <summary>Designs for tests: what a test is about is its events and features, the rest stands in.</summary>
internal static class TestDesigns
{
    private const string Parts = """

        split: { by: time, train: 60%, validate: 15%, test: 25% }
        models: { score: { kind: stand-in } }
        evaluate: { metrics: [stand-in] }

        """;

    private const string Rest = Parts + """
        outcomes: [yes_, no_]
        policy:
          - no_ if score >= threshold(precision 90%)
          - yes_
        """;

    private static readonly KindRegistry Kinds = new([
        new(KindFamily.Model, "stand-in", typeof(NoParameters), "Stands for any model.") { For = DecisionUse.All },
        new(KindFamily.Metric, "stand-in", typeof(NoParameters), "Stands for any metric.") { For = DecisionUse.All }]);

    /// <summary>Payments, verdicts about them, and logins: every way in which a record can enter windows.</summary>
    public static SystemDesign Payments(string features) => Parse($$"""
        lintel: 1
        system: test
        goal: Test.
        events:
          payment:
            source: payment.csv
            id: id
            time: at
            keys: { card: card, terminal: terminal }
            fields: { amount: number, channel: text }
          verdict:
            source: verdict.csv
            about: payment by id
            time: at
            known: known
            fields: { fraud: bool, loss: number }
          login:
            source: login.csv
            time: at
            keys: { card: card }
            fields: { tries: number }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        features:
        {{string.Join('\n', features.Split('\n').Select(static l => "  " + l.Trim()))}}
        """ + Rest);

    /// <summary>The events, decision and features of a design file, whatever its models are.</summary>
    public static SystemDesign FeaturesOf(string path)
    {
        var kept = new List<string>();
        var keep = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0 && char.IsLetter(line[0]))
            {
                keep = line.Split(':')[0] is "lintel" or "system" or "goal" or "timezone" or "events" or "decision" or "features";
            }
            if (keep) { kept.Add(line); }
        }
        return Parse(string.Join('\n', kept) + (kept.Exists(static l => l.Contains("kind: regression", StringComparison.Ordinal)) ? Parts : Rest));
    }

    private static SystemDesign Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("test.yaml", text, Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
