using Lintel.Training.Online;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report;

/// <summary>What models cost and bring, as a page that stands alone; it loads nothing and runs nothing.</summary>
public static class TradeoffsPage
{
    public static string Write(Tradeoffs made)
    {
        var html = new HtmlWriter();
        html.Add($"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.Add($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">""");
        html.Add($"""<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>{made.System} · trade-offs</title><style>{new Markup(ReportPage.Asset("report.css"))}</style></head><body><main>""");
        html.Add($"""<header><h1>{made.System}: what models cost and bring</h1><p>{Figures.Count(made.TestRows)} test rows from {made.TestFrom} to {made.TestTo}, {Figures.Count(made.TestPositives)} of them positive; fitted on {Figures.Count(made.TrainRows)} rows before {made.TrainTo}. Lower normalised entropy is better.</p></header>""");
        html.Add($"""<section><h2>Quality against latency</h2>""");
        html.Add($"{Quality("One row", "µs for one row, one thread", made, static m => m.RowMicroseconds)}");
        html.Add($"""{Quality($"A page of {ModelTradeoff.PageRows}", $"µs for {ModelTradeoff.PageRows} rows, one thread", made, static m => m.PageMicroseconds)}</section>""");
        html.Add($"""<section><h2>Quality against training cost</h2>""");
        html.Add($"{Cost(made)}</section>");
        html.Add($"""<section><h2>Freshness</h2>{Ageing(made)}{Publishing(made)}</section>""");
        foreach (var model in made.Models) { Ways(html, model); }
        html.Add($"</main></body></html>");
        return html.ToString();
    }

    /// <summary>One point a model: as it is fitted once.</summary>
    private static Markup Quality(string title, string x, Tradeoffs made, Func<ModelTradeoff, double> cost) => new SeriesChart(
        title, "each model fitted once", x, "normalised entropy", Logarithmic: true,
        [.. made.Models.Where(static m => m.Ways[0].Figures.NormalisedEntropy is not null)
            .Select(m => new ChartSeries(m.Name, [new(cost(m), m.Ways[0].Figures.NormalisedEntropy!.Value, m.Kind)]))]).Draw();

    /// <summary>Seconds of the fit and of everything that the test period asked for, by way.</summary>
    private static Markup Cost(Tradeoffs made) => new SeriesChart(
        "Every way to keep up", "seconds of the fit and of the whole test period", "seconds", "normalised entropy", Logarithmic: true,
        [.. made.Models.Select(static m => new ChartSeries(
            m.Name,
            [.. m.Ways.Where(static w => w.Figures.NormalisedEntropy is not null)
                .Select(w => new ChartPoint(m.FitSeconds + w.Seconds, w.Figures.NormalisedEntropy!.Value, w.Way))])
        { Joined = false })]).Draw();

    private static Markup Ageing(Tradeoffs made) => new SeriesChart(
        "By age", "per cent of normalised entropy that the model fitted once loses against its online self", "days since train ended", "loss, %",
        Logarithmic: false,
        [.. made.Models.Where(static m => m.Freshness.Count > 0).Select(static m => new ChartSeries(
            m.Name, [.. m.Freshness.Select(static p => new ChartPoint(p.Age, 100 * p.Loss, p.Day))]))]).Draw();

    private static Markup Publishing(Tradeoffs made) => new SeriesChart(
        "By publication", "per cent of normalised entropy lost against the shortest interval", "minutes between publications", "loss, %",
        Logarithmic: true,
        [.. made.Models.Where(static m => m.LearnsOnline).Select(static m => Intervals(m))]).Draw();

    private static ChartSeries Intervals(ModelTradeoff model)
    {
        LearningWay[] ways = [.. model.Ways.Where(static w => w.Wait == LabelWait.UntilKnown && w.Figures.NormalisedEntropy is not null)];
        return new(model.Name, [.. ways.Select(w => new ChartPoint(
            w.PublishMinutes!.Value, 100 * ((w.Figures.NormalisedEntropy!.Value / ways[0].Figures.NormalisedEntropy!.Value) - 1), w.Way))]);
    }

    private static void Ways(HtmlWriter html, ModelTradeoff model)
    {
        html.Add($"""<section><h2>{model.Name}</h2><p>kind {model.Kind}; {Figures.Load(model.RowMicroseconds)} µs a row, {Figures.Load(model.PageMicroseconds)} µs for {ModelTradeoff.PageRows}; {Figures.Load(model.FitSeconds)} s for {Figures.Count(model.FitRows)} rows; {Figures.Count(model.Bytes / 1024.0)} KiB</p>""");
        html.Add($"""<table><thead><tr><th></th><th>NE</th><th>log loss</th><th>AUC</th><th>calibration</th><th>seconds</th></tr></thead><tbody>""");
        foreach (var way in model.Ways)
        {
            html.Add($"""<tr><td>{way.Way}</td><td>{Exact(way.Figures.NormalisedEntropy)}</td><td>{Exact(way.Figures.LogLoss)}</td><td>{Exact(way.Figures.Auc)}</td><td>{Exact(way.Figures.Calibration)} ± {Exact(way.Figures.CalibrationError)}</td><td>{Figures.Load(way.Seconds)}</td></tr>""");
        }
        html.Add($"</tbody></table></section>");
    }

    private static string Exact(double? value) => value is { } v ? v.ToString("0.0000") : Figures.None;
}
