using System.Globalization;
using System.Text;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Charts;

/// <summary>One curve with axes, a reference line, and its points kept in the page, so that pointing at it reads values.</summary>
internal sealed record CurveChart(string Title, string Says, CurveResult Curve)
{
    private const double Width = 440, Height = 320, Left = 52, Right = 14, Top = 14, Bottom = 46;
    private const int MaxPoints = 240;

    /// <summary>The line that a score without skill, or a perfect calibration, would draw.</summary>
    public enum Reference
    {
        None,
        Diagonal,
        Level,
    }

    public Reference Against { get; init; }

    /// <summary>Height of <see cref="Reference.Level"/>.</summary>
    public double Level { get; init; }

    /// <summary>What the reference line stands for, two words.</summary>
    public string ReferenceLabel { get; init; } = "";

    /// <summary>Points, joined, on logarithmic axes where the values span two decades; else one line on 0 to 1.</summary>
    public bool Points { get; init; }

    public Markup Draw() => HtmlWriter.Piece(html =>
    {
        var (x, y) = Axes();
        html.Add($"""<figure class="chart"><figcaption><b>{Title}</b> <span>{Says}</span></figcaption>""");
        html.Add($"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Title}: {Curve.Y} by {Curve.X}" data-x="{Curve.X}" data-y="{Curve.Y}" data-points="{PointList(x, y)}">""");
        Frame(html, x, y);
        ReferenceLine(html, x, y);
        html.Add($"""<path class="curve" d="{Path(x, y)}"/>""");
        if (Points) { Dots(html, x, y); }
        html.Add($"""<g class="probe" hidden><line y1="{Top}" y2="{Height - Bottom}"/><circle r="4.5"/></g></svg>""");
        html.Add($"""<p class="read" aria-live="off">{Figures.Sentence(Curve.Note)}</p></figure>""");
    });

    private (Axis X, Axis Y) Axes()
    {
        var values = Curve.Xs.Concat(Curve.Ys).Where(static v => v > 0).DefaultIfEmpty(1).ToArray();
        var (low, high) = (values.Min(), Math.Max(values.Max(), Curve.Xs.DefaultIfEmpty(0).Max()));
        var (from, to, log) = !Points ? (0.0, 1.0, false)
            : high / low >= 100 ? (Math.Pow(10, Math.Floor(Math.Log10(low))), 1.0, true)
            : (0.0, Math.Min(1, high * 1.1), false);
        return (
            new(from, to, Left, Width - Right, log),
            new(from, to, Height - Bottom, Top, log));
    }

    private void Frame(HtmlWriter html, Axis x, Axis y)
    {
        foreach (var (value, label) in x.Ticks())
        {
            html.Add($"""<line class="grid" x1="{x.At(value)}" x2="{x.At(value)}" y1="{Top}" y2="{Height - Bottom}"/>""");
            html.Add($"""<text class="tick" x="{x.At(value)}" y="{Height - Bottom + 17}" text-anchor="middle">{label}</text>""");
        }
        foreach (var (value, label) in y.Ticks())
        {
            html.Add($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y.At(value)}" y2="{y.At(value)}"/>""");
            html.Add($"""<text class="tick" x="{Left - 8}" y="{y.At(value) + 4}" text-anchor="end">{label}</text>""");
        }
        html.Add($"""<text class="axis" x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">{Curve.X}</text>""");
        html.Add($"""<text class="axis" transform="translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{Curve.Y}</text>""");
    }

    private void ReferenceLine(HtmlWriter html, Axis x, Axis y)
    {
        if (Against == Reference.None) { return; }
        var (from, to) = Against == Reference.Diagonal ? (y.At(x.From), y.At(x.To)) : (y.At(Level), y.At(Level));
        html.Add($"""<line class="reference" x1="{x.PixelFrom}" x2="{x.PixelTo}" y1="{from}" y2="{to}"/>""");
        // the label keeps clear of the curve: below the diagonal's end, or at the start of a level that the curve ends on
        var (at, above, anchor) = Against == Reference.Diagonal
            ? (x.PixelTo - 4, (y.At(x.From) * 0.12) + (y.At(x.To) * 0.88) + 20, "end")
            : (x.PixelFrom + 6, to - 6, "start");
        html.Add($"""<text class="tick" x="{at}" y="{Math.Max(above, Top + 10)}" text-anchor="{anchor}">{ReferenceLabel}</text>""");
    }

    private void Dots(HtmlWriter html, Axis x, Axis y)
    {
        var most = Curve.Weights is { Length: > 0 } weights ? weights.Max() : 1;
        for (var i = 0; i < Curve.Xs.Length; i++)
        {
            var radius = Curve.Weights is { } w ? 2.5 + (3 * Math.Sqrt(w[i] / most)) : 3.5;
            // nothing happened in the bin: on a logarithmic axis that has no place, so it stands hollow at the edge
            var none = y.Logarithmic && Curve.Ys[i] <= 0 ? " none" : "";
            html.Add($"""<circle class="dot{none}" cx="{x.At(Curve.Xs[i])}" cy="{y.At(Curve.Ys[i])}" r="{radius}"/>""");
        }
    }

    private string Path(Axis x, Axis y)
    {
        var path = new StringBuilder();
        foreach (var i in Thinned())
        {
            if (y.Logarithmic && Curve.Ys[i] <= 0) { continue; }
            path.Append(CultureInfo.InvariantCulture,
                $"{(path.Length == 0 ? 'M' : 'L')}{x.At(Curve.Xs[i]):0.#} {y.At(Curve.Ys[i]):0.#}");
        }
        return path.ToString();
    }

    private string PointList(Axis x, Axis y) => string.Join(';', Thinned().Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"{x.At(Curve.Xs[i]):0.#},{y.At(Curve.Ys[i]):0.#},{Curve.Xs[i]:0.####},{Curve.Ys[i]:0.####}")));

    private IEnumerable<int> Thinned()
    {
        var count = Math.Min(Curve.Xs.Length, Curve.Ys.Length);
        if (count <= MaxPoints) { return Enumerable.Range(0, count); }
        return Enumerable.Range(0, MaxPoints).Select(k => (int)((long)k * (count - 1) / (MaxPoints - 1)));
    }
}
