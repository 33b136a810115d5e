using Lintel.Training.Online;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>What a design's models bring and cost; how each is kept fresh, and what its age costs.</summary>
internal static class TradeoffsView
{
    /// <summary>Lines of the freshness table at the most: where the test is longer, a line is the mean of several days.</summary>
    private const int FreshnessLines = 14;

    public static void Write(IAnsiConsole console, Tradeoffs made)
    {
        Section.Heading(
            console, $"{made.System}: what models cost and bring",
            $"{made.TestRows:N0} test rows from {made.TestFrom[..10]} on, {made.TestPositives:N0} of them positive");
        var table = Section.Table("", "kind", ">NE", ">AUC", ">µs a row", $">µs {ModelTradeoff.PageRows} rows", ">fit s", ">KiB");
        foreach (var model in made.Models)
        {
            var figures = model.Ways[0].Figures;
            table.AddRow(
                Markup.Escape(model.Name), Markup.Escape(model.Kind), Figure.Precise(figures.NormalisedEntropy), Figure.Precise(figures.Auc),
                Figure.Show(model.RowMicroseconds), Figure.Show(model.PageMicroseconds), model.FitSeconds.ToString("0.0"),
                (model.Bytes / 1024).ToString("N0"));
        }
        console.Write(table);
        foreach (var model in made.Models) { WriteWays(console, model); }
        WriteFreshness(console, made);
    }

    private static void WriteWays(IAnsiConsole console, ModelTradeoff model)
    {
        Section.Heading(console, model.Name, model.LearnsOnline
            ? "same test rows; online: the time between two publications" : "same test rows; its kind does not learn online");
        var table = Section.Table("", ">NE", ">change", ">AUC", ">calibration", ">± s.e.", ">seconds");
        var once = model.Ways[0].Figures.NormalisedEntropy;
        foreach (var way in model.Ways)
        {
            table.AddRow(
                Markup.Escape(way.Way), Figure.Precise(way.Figures.NormalisedEntropy), Change(way.Figures.NormalisedEntropy / once),
                Figure.Precise(way.Figures.Auc), Figure.Precise(way.Figures.Calibration),
                Figure.Precise(way.Figures.CalibrationError), way.Seconds.ToString("0.0"));
        }
        console.Write(table);
    }

    /// <summary>Loss of the model that was fitted once by the days since then.</summary>
    private static void WriteFreshness(IAnsiConsole console, Tradeoffs made)
    {
        ModelTradeoff[] aged = [.. made.Models.Where(static m => m.Freshness.Count > 0)];
        if (aged.Length == 0) { return; }
        var (first, last) = (aged.Min(static m => m.Freshness[0].Age), aged.Max(static m => m.Freshness[^1].Age));
        var days = (last - first + FreshnessLines) / FreshnessLines;
        Section.Heading(
            console, "freshness", "NE of the model fitted once against its online self, by days since train ended"
            + (days == 1 ? "" : $", mean of {days} days"));
        var table = Section.Table(["day", ">age", .. aged.Select(static m => ">" + m.Name)]);
        for (var age = first; age <= last; age += days)
        {
            FreshnessPoint[][] points = [.. aged.Select(m => m.Freshness.Where(p => p.Age >= age && p.Age < age + days).ToArray())];
            if (points.FirstOrDefault(static p => p.Length > 0) is not { } there) { continue; }
            table.AddRow(
            [
                there[0].Day, there[0].Age.ToString(),
                .. points.Select(static p => Change(p.Length > 0 ? 1 + p.Average(static d => d.Loss) : null)),
            ]);
        }
        console.Write(table);
    }

    private static string Change(double? ratio) => ratio is { } r ? $"{100 * (r - 1):+0.00;-0.00;0.00} %" : Figure.Nothing;
}
