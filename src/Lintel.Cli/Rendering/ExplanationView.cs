using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Live;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>One decision and its reasons.</summary>
internal static class ExplanationView
{
    private const int Shown = 12;

    public static void Write(IAnsiConsole console, SystemDesign design, DecisionRecord decision, Explanation explanation)
    {
        if (explanation.Quantiles is { } quantiles)
        {
            WriteEstimate(console, decision, explanation, quantiles);
            WriteContributions(console, design, explanation, "to the estimate; they sum to it");
            return;
        }
        Section.Heading(console, $"{decision.Id}: {decision.Outcome}", $"version {decision.Version}, {At(decision.Known)}");
        console.WriteLine(
            $"margin {explanation.Margin:0.000}, probability {Figure.Show(explanation.Probability)}"
            + (decision.LetThrough ? $"; let through on purpose (propensity {decision.Propensity:0.00})" : ""));
        foreach (var score in explanation.Scores)
        {
            if (score.Position is { } position)
            {
                console.WriteLine($"{score.Model} {score.Margin:0.000}, more unusual than {Unusual.Show(position)} of what it was fitted on");
            }
        }

        Section.Heading(console, "policy", "the first line that matches decides");
        var rules = Section.Table("", "", ">margin", ">threshold");
        foreach (var rule in explanation.Policy)
        {
            rules.AddRow(
                rule.Acted ? "[green]▶[/]" : rule.Matched ? "[grey]·[/]" : " ",
                rule.Acted ? $"[bold]{Markup.Escape(rule.Text)}[/]" : Markup.Escape(rule.Text),
                rule.Margin is { } margin ? margin.ToString("0.000") : "",
                Bound(rule));
        }
        console.Write(rules);

        WriteContributions(console, design, explanation, "to the margin; they sum to it");
    }

    private static void WriteEstimate(
        IAnsiConsole console, DecisionRecord decision, Explanation explanation, ImmutableArray<QuantileValue> quantiles)
    {
        Section.Heading(console, $"{decision.Id}: {Figure.Show(decision.Promise)}", $"version {decision.Version}, {At(decision.Known)}");
        if (explanation.Promise is { IsEmpty: false } steps)
        {
            var table = Section.Table("", ">promise");
            table.AddRow("[grey]the estimate[/]", Figure.Show(explanation.Margin));
            foreach (var step in steps) { table.AddRow(Markup.Escape(step.Text), Figure.Show(step.Promise)); }
            console.Write(table);
        }
        if (quantiles.IsEmpty) { return; }
        console.WriteLine(string.Join(", ", quantiles.Select(static q => $"{QuantileOf.LevelText(q.Level)} {Figure.Show(q.Value)}")));
    }

    private static void WriteContributions(IAnsiConsole console, SystemDesign design, Explanation explanation, string what)
    {
        Section.Heading(console, "contributions", what);
        var table = Section.Table("", ">value", ">added", "");
        var largest = explanation.Contributions.Length == 0 ? 1 : Math.Max(1e-12, Math.Abs(explanation.Contributions[0].Added));
        table.AddRow("[grey]base[/]", "", Signed(explanation.Base), "");
        foreach (var part in explanation.Contributions.Take(Shown))
        {
            var bar = new string('━', (int)Math.Round(16 * Math.Abs(part.Added) / largest));
            table.AddRow(
                Markup.Escape(part.Feature), Value(design, part), Signed(part.Added),
                part.Added >= 0 ? $"[red]{bar}[/]" : $"[green]{bar}[/]");
        }
        if (explanation.Contributions.Length > Shown)
        {
            var rest = explanation.Contributions.Skip(Shown).Sum(static c => c.Added);
            table.AddRow($"[grey]{explanation.Contributions.Length - Shown} more[/]", "", Signed(rest), "");
        }
        console.Write(table);
    }

    public static object Json(DecisionRecord decision, Explanation explanation) => explanation.Quantiles is { } quantiles ? (object)new
    {
        id = decision.Id,
        promise = Finite(decision.Promise),
        estimate = explanation.Margin,
        quantiles = quantiles.ToDictionary(static q => QuantileOf.LevelText(q.Level), static q => q.Value),
        version = decision.Version,
        known = At(decision.Known),
        @base = explanation.Base,
        contributions = explanation.Contributions.Select(static c => new { feature = c.Feature, value = Finite(c.Value), text = c.Text, added = c.Added }),
        models = explanation.Scores.Select(static s => new { model = s.Model, estimate = s.Margin }),
        policy = (explanation.Promise ?? []).Select(static s => new { step = s.Text, promise = Finite(s.Promise) }),
    } : new
    {
        id = decision.Id,
        decision = decision.Outcome,
        version = decision.Version,
        rule = decision.RuleText,
        propensity = decision.Propensity,
        letThrough = decision.LetThrough,
        known = At(decision.Known),
        @base = explanation.Base,
        margin = explanation.Margin,
        probability = Finite(explanation.Probability),
        contributions = explanation.Contributions.Select(static c => new { feature = c.Feature, value = Finite(c.Value), text = c.Text, added = c.Added }),
        models = explanation.Scores.Select(static s => new { model = s.Model, margin = s.Margin, probability = Finite(s.Probability), position = s.Position }),
        policy = explanation.Policy.Select(static r => new
        {
            rule = r.Text,
            outcome = r.Outcome,
            matched = r.Matched,
            acted = r.Acted,
            threshold = r.Threshold is { } t ? Finite(t) : null,
            margin = r.Margin,
            segment = r.Segment,
            expectedCost = r.ExpectedCost is { } cost ? Finite(cost) : null,
        }),
    };

    /// <summary>What the rule was decided by: its threshold and whose, or what its outcome was expected to cost.</summary>
    private static string Bound(RuleTrace rule) => rule switch
    {
        { ExpectedCost: { } cost } => double.IsNaN(cost) ? "cost missing" : $"costs {cost:0.000}",
        { Threshold: { } threshold } => (double.IsInfinity(threshold) ? "off" : threshold.ToString("0.000"))
            + (rule.Segment is { } segment ? $" [grey]{Markup.Escape(segment)}[/]" : ""),
        _ => "",
    };

    private static string Value(SystemDesign design, Contribution part) =>
        design.Features.FirstOrDefault(f => f.Name == part.Feature)?.Value.Type switch
        {
            _ when double.IsNaN(part.Value) => Figure.Nothing,
            _ when part.Text is { } text => Markup.Escape(text),
            DataType.Bool => part.Value == 1 ? "yes" : "no",
            DataType.Duration => Duration(TimeSpan.FromMicroseconds(part.Value)),
            _ => Figure.Show(part.Value),
        };

    private static string Duration(TimeSpan span) => span.TotalDays >= 1 ? $"{span.TotalDays:0.0} d"
        : span.TotalHours >= 1 ? $"{span.TotalHours:0.0} h"
        : span.TotalMinutes >= 1 ? $"{span.TotalMinutes:0.0} min" : $"{span.TotalSeconds:0.0} s";

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000");

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string At(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm:ss 'UTC'");
}
