using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Charts;

/// <summary>One metric on one line: the interval as a bar, the test figure as a dot, validation hollow, baselines as ticks.</summary>
internal static class IntervalStrip
{
    private const double Width = 300, Height = 34, Pad = 8, Middle = 13;

    /// <summary>The whole of 0 to 1.</summary>
    public static Axis Shares { get; } = new(0, 1, Pad, Width - Pad);

    /// <summary>What the dot and the hollow one stand for.</summary>
    public sealed record Words(string Mark, string Hollow);

    /// <param name="says">Null: test and validation.</param>
    public static Markup Draw(string name, MetricResult metric, Axis axis, double? bound = null, Words? says = null) => HtmlWriter.Piece(html =>
    {
        says ??= new("test", "validation");
        html.Add($"""<svg class="strip" viewBox="0 0 {Width} {Height}" role="img" aria-label="{name}">""");
        html.Add($"""<line class="rail" x1="{Pad}" x2="{Width - Pad}" y1="{Middle}" y2="{Middle}"/>""");
        foreach (var (baseline, value) in metric.Baselines)
        {
            if (value is not { } v || !double.IsFinite(v)) { continue; }
            html.Add($"""<line class="base" x1="{axis.At(v)}" x2="{axis.At(v)}" y1="{Middle - 6}" y2="{Middle + 6}"><title>{baseline}: {Figures.Of(v)}</title></line>""");
        }
        if (bound is { } b)
        {
            html.Add($"""<line class="bound" x1="{axis.At(b)}" x2="{axis.At(b)}" y1="2" y2="{Middle + 11}"><title>bound {Figures.Of(b)}</title></line>""");
        }
        if (metric.Interval is [{ } low, { } high])
        {
            html.Add($"""<rect class="range" x="{axis.At(low)}" y="{Middle - 4}" width="{Math.Max(axis.At(high) - axis.At(low), 1.5)}" height="8" rx="4"><title>95 % interval {Figures.Of(low)} to {Figures.Of(high)}</title></rect>""");
        }
        if (metric.Validate is { } validate)
        {
            html.Add($"""<circle class="hollow" cx="{axis.At(validate)}" cy="{Middle}" r="4"><title>{says.Hollow}: {Figures.Of(validate)}</title></circle>""");
        }
        if (metric.Test is { } test)
        {
            html.Add($"""<circle class="mark" cx="{axis.At(test)}" cy="{Middle}" r="4.5"><title>{says.Mark}: {Figures.Of(test)}</title></circle>""");
        }
        html.Add($"""<text class="tick" x="{Pad}" y="{Height - 1}">{Figures.Of(axis.From)}</text><text class="tick" x="{Width - Pad}" y="{Height - 1}" text-anchor="end">{Figures.Of(axis.To)}</text></svg>""");
    });

    /// <summary>A round scale that holds everything that is shown, so that rows of one table can be compared by eye.</summary>
    /// <param name="also">Values besides those of the metrics, e.g. a bound.</param>
    public static Axis Scale(IEnumerable<MetricResult> metrics, params double?[] also)
    {
        var shown = metrics
            .SelectMany(static m => new[] { m.Test, m.Validate }.Concat(m.Interval ?? []).Concat(m.Baselines.Values)).Concat(also)
            .OfType<double>().Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (shown.Min(), shown.Max());
        if (high <= low) { high = low + Math.Max(Math.Abs(low), 1); }
        var step = Axis.RoundStep((high - low) / 4);
        var (from, to) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        return new(from, shown.All(static v => v is >= 0 and <= 1) ? Math.Min(to, 1) : to, Pad, Width - Pad);
    }
}
