using System.Globalization;
using System.Text;

namespace Lintel.Training.Report.Charts;

/// <param name="Says">Shown when it is pointed at.</param>
internal readonly record struct ChartPoint(double X, double Y, string Says);

/// <summary>Points of one colour and name, in the order of x.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Whether a line joins them.</summary>
    public bool Joined { get; init; } = true;
}

/// <summary>A few series over one cost or age; names stand to the right, in the order of their last points.</summary>
/// <param name="Logarithmic">Of the x axis.</param>
internal sealed record SeriesChart(string Title, string Says, string X, string Y, bool Logarithmic, IReadOnlyList<ChartSeries> Series)
{
    private const double Width = 760, Height = 320, Left = 66, Right = 150, Top = 14, Bottom = 46, NameHeight = 17;

    /// <summary>Colours that the style sheet has for lines.</summary>
    private const int Colours = 8;

    public Markup Draw() => HtmlWriter.Piece(html =>
    {
        ChartPoint[] all = [.. Series.SelectMany(static s => s.Points)];
        if (all.Length == 0) { return; }
        var (x, y) = (Across(all), Up(all));
        html.Add($"""<figure class="chart recall"><figcaption><b>{Title}</b> <span>{Says}</span></figcaption>""");
        html.Add($"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Title}: {Y} by {X}">""");
        Frame(html, x, y);
        var names = Names(y);
        for (var s = 0; s < Series.Count; s++) { Draw(html, x, y, s, names[s]); }
        html.Add($"</svg></figure>");
    });

    /// <summary>Whole decades, or from 0 to a little past the last point.</summary>
    private Axis Across(ChartPoint[] all)
    {
        var (least, most) = (all.Min(static p => p.X), all.Max(static p => p.X));
        if (!Logarithmic) { return new(Math.Min(0, least), Math.Max(most, least + 1), Left, Width - Right); }
        var from = Math.Floor(Math.Log10(Math.Max(least, 1e-3)));
        var to = Math.Max(from + 1, Math.Ceiling(Math.Log10(Math.Max(most, 1e-3))));
        return new(Math.Pow(10, from), Math.Pow(10, to), Left, Width - Right, Logarithmic: true);
    }

    private static Axis Up(ChartPoint[] all)
    {
        var (least, most) = (all.Min(static p => p.Y), all.Max(static p => p.Y));
        var margin = Math.Max((most - least) * 0.1, 1e-4);
        return new(least - margin, most + margin, Height - Bottom, Top);
    }

    private void Frame(HtmlWriter html, Axis x, Axis y)
    {
        foreach (var (value, label) in x.Ticks())
        {
            html.Add($"""<line class="grid" x1="{x.At(value)}" x2="{x.At(value)}" y1="{Top}" y2="{Height - Bottom}"/><text class="tick" x="{x.At(value)}" y="{Height - Bottom + 17}" text-anchor="middle">{label}</text>""");
        }
        foreach (var (value, label) in y.Ticks())
        {
            html.Add($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y.At(value)}" y2="{y.At(value)}"/><text class="tick" x="{Left - 8}" y="{y.At(value) + 4}" text-anchor="end">{label}</text>""");
        }
        html.Add($"""<text class="axis" x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">{X}</text><text class="axis" transform="translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{Y}</text>""");
    }

    private void Draw(HtmlWriter html, Axis x, Axis y, int s, double name)
    {
        var series = Series[s];
        if (series.Points.Count == 0) { return; }
        var last = series.Points[^1];
        html.Add($"""<g class="s{s % Colours}"><path class="leader" d="M{x.At(last.X)} {y.At(last.Y)}L{Width - Right + 10} {y.At(last.Y)}L{Width - Right + 22} {name}"/>""");
        if (series.Joined)
        {
            var path = new StringBuilder();
            foreach (var point in series.Points)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x.At(point.X):0.#} {y.At(point.Y):0.#}");
            }
            html.Add($"""<path class="curve" d="{path.ToString()}"/>""");
        }
        foreach (var point in series.Points)
        {
            html.Add($"""<circle class="point" cx="{x.At(point.X)}" cy="{y.At(point.Y)}" r="4"><title>{series.Name}, {point.Says}: {Y} {Figures.Of(point.Y)} at {Figures.Of(point.X)} {X}</title></circle>""");
        }
        html.Add($"""<text x="{Width - Right + 26}" y="{name + 4}">{series.Name}</text></g>""");
    }

    /// <summary>Where each name stands: at its last point's height, pushed down where two would meet.</summary>
    private double[] Names(Axis y)
    {
        var at = new double[Series.Count];
        var next = Top + 4;
        foreach (var s in Enumerable.Range(0, at.Length).Where(s => Series[s].Points.Count > 0).OrderBy(s => y.At(Series[s].Points[^1].Y)))
        {
            at[s] = Math.Max(y.At(Series[s].Points[^1].Y), next);
            next = at[s] + NameHeight;
        }
        return at;
    }
}
