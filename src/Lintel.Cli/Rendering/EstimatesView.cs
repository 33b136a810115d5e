using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A regression's estimates beside what happened, tenth by tenth.</summary>
internal static class EstimatesView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Estimate is not { } estimate) { return; }
        Section.Heading(console, "estimates", "test decisions by tenths of their estimate, the lowest first");
        var table = Section.Table(
            [">", ">rows", ">estimate", ">actual", ">10 % below", ">10 % above", .. estimate.Ranges.Select(static r => $">in {Figure.Level(r)}")]);
        for (var d = 0; d < estimate.Deciles.Count; d++)
        {
            var decile = estimate.Deciles[d];
            table.AddRow(
            [
                $"{d + 1}", decile.Rows.ToString("N0"), Figure.Show(decile.Estimated), Figure.Show(decile.Actual), Figure.Show(decile.ActualLow),
                Figure.Show(decile.ActualHigh), .. decile.Coverage.Select(static c => Figure.Percent(c)),
            ]);
        }
        console.Write(table);
        if (estimate.Quantiles.Count > 0)
        {
            console.MarkupLineInterpolated(
                $"[grey]of what happened, below the {string.Join(", below the ", estimate.Quantiles.Select(static (q, i) => $"{Figure.Level(q.Level)} {(i == 0 ? "quantile lie " : "")}{Figure.Percent(q.Below)}"))}[/]");
        }
        if (estimate.Promise is { } promise) { Promises(console, promise); }
        if (estimate.Censored is { } censored)
        {
            console.MarkupLineInterpolated(
                $"[grey]ended by {censored.Event} without a label: {censored.Train:N0} of train, {censored.Validate:N0} of validate, {censored.Test:N0} of test; the labelled stand for up to {censored.LargestWeight:0.0} each[/]");
        }
    }

    /// <summary>What each line makes of the promise, and what that costs.</summary>
    private static void Promises(IAnsiConsole console, PromiseResult promise)
    {
        Section.Heading(console, "promises", "behind each line of the policy");
        var table = Section.Table("", ">mean", ">came later", ">cost");
        void Row(string line, PromiseFigures said) =>
            table.AddRow(Markup.Escape(line), Figure.Show(said.Mean), Figure.Percent(said.Late), said.Cost is { } cost ? Figure.Show(cost) : Figure.Nothing);
        Row("the estimate", promise.Estimated);
        foreach (var line in promise.Lines) { Row(line.Line, line.Figures); }
        console.Write(table);
    }
}
