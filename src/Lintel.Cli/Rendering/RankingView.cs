using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A ranking's funnel on the test days: what its sources find, and what each line of the policy does and costs.</summary>
internal static class RankingView
{
    private static readonly int[] Depths = [10, 100, 500];

    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        WriteRetrieval(console, manifest);
        WriteSteps(console, manifest);
        WriteOffPolicy(console, manifest);
    }

    private static void WriteRetrieval(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Retrieval.Count == 0) { return; }
        int[] depths = [.. manifest.Retrieval[0].At.Select(static a => a.K).Where(Depths.Contains)];
        Section.Heading(console, "sources", "test days; recall@k: of what was right, in the first k of each");
        var table = Section.Table(["", ">offers", .. depths.Select(static k => $">recall@{k}"), ">only here"]);
        foreach (var source in manifest.Retrieval)
        {
            table.AddRow(
            [
                source.OnlyHere is null ? $"[bold]{Markup.Escape(source.Source)}[/]" : Markup.Escape(source.Source),
                source.Offered.ToString("0"),
                .. depths.Select(k => Figure.Show(source.At.FirstOrDefault(a => a.K == k)?.Recall)),
                Figure.Share(source.OnlyHere),
            ]);
        }
        console.Write(table);
    }

    private static void WriteOffPolicy(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.OffPolicy is not { } answer) { return; }
        Section.Heading(console, "by the log's propensities", "test days; what a page earns, summed over its items");
        console.MarkupLineInterpolated($"shown      {Figure.Show(answer.Logged)} a page over {answer.Exposures:N0} shown items");
        foreach (var estimate in answer.Estimates)
        {
            console.MarkupLineInterpolated(
                $"{estimate.Estimator,-10} {Figure.Show(estimate.Value)} [[{Figure.Show(estimate.Interval[0])}, {Figure.Show(estimate.Interval[1])}]], as much as {answer.EffectiveCount:0} exposures of these pages' own would tell");
        }
        if (answer.Refusal is { } refusal) { console.MarkupLineInterpolated($"these pages: no estimate; {refusal}"); }
    }

    private static void WriteSteps(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Steps.Count == 0) { return; }
        Section.Heading(console, "policy", $"test days; price: {manifest.Steps[0].Metric} without the line, less with it");
        var table = Section.Table("", ">removes", ">cannot be kept", ">price");
        foreach (var step in manifest.Steps)
        {
            table.AddRow(
                Markup.Escape(step.Text), step.Removed == 0 ? "" : step.Removed.ToString("0.0"),
                step.Infeasible == 0 ? "" : Figure.Share(step.Infeasible), step.Price is null ? "[grey]page length[/]" : PolicyView.Change(step.Price));
        }
        console.Write(table);
    }
}
