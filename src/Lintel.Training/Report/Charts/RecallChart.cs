using System.Globalization;
using System.Text;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Charts;

/// <summary>Recall against the number of candidates, one line for each source and a strong one for their union. A line ends where its
/// source has no more to offer; its name stands to the right, joined to it.</summary>
internal sealed record RecallChart(IReadOnlyList<RetrievalResult> Results)
{
    private const double Width = 760, Left = 52, Right = 190, Top = 14, Bottom = 46, NameHeight = 17;

    /// <summary>Colours that the style sheet has for lines.</summary>
    private const int Colours = 8;

    /// <summary>Of the union, which is the last and has no source of its own.</summary>
    private double Height => Math.Max(320, Top + Bottom + (NameHeight * (Results.Count + 1)));

    public Markup Draw() => HtmlWriter.Piece(html =>
    {
        var depths = Results.SelectMany(static r => r.At).ToArray();
        if (depths.Length == 0) { return; }
        var x = new Axis(depths.Min(static d => d.K), depths.Max(static d => d.K), Left, Width - Right, Logarithmic: true);
        var most = depths.Max(static d => d.Recall);
        var y = new Axis(0, most <= 0 ? 1 : Math.Min(1, most * 1.1), Height - Bottom, Top);
        html.Add($"""<figure class="chart recall"><figcaption><b>Recall by depth</b> <span>share of what was right among the first k that a source offers; of the union, the first k of every source</span></figcaption>""");
        html.Add($"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="recall by number of candidates, one line for each source">""");
        Frame(html, x, y, [.. depths.Select(static d => d.K).Distinct().Order()]);
        var names = Names(y);
        for (var r = 0; r < Results.Count; r++) { Line(html, x, y, r, names[r]); }
        html.Add($"</svg></figure>");
    });

    private void Frame(HtmlWriter html, Axis x, Axis y, int[] depths)
    {
        foreach (var k in depths)
        {
            html.Add($"""<line class="grid" x1="{x.At(k)}" x2="{x.At(k)}" y1="{Top}" y2="{Height - Bottom}"/><text class="tick" x="{x.At(k)}" y="{Height - Bottom + 17}" text-anchor="middle">{k}</text>""");
        }
        foreach (var (value, label) in y.Ticks())
        {
            html.Add($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y.At(value)}" y2="{y.At(value)}"/><text class="tick" x="{Left - 8}" y="{y.At(value) + 4}" text-anchor="end">{label}</text>""");
        }
        html.Add($"""<text class="axis" x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">k, candidates of each source</text><text class="axis" transform="translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">recall@k</text>""");
    }

    private void Line(HtmlWriter html, Axis x, Axis y, int result, double name)
    {
        var source = Results[result];
        var points = Growing(source.At);
        if (points.Count == 0) { return; }
        var path = new StringBuilder();
        foreach (var at in points)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x.At(at.K):0.#} {y.At(at.Recall):0.#}");
        }
        var style = source.OnlyHere is null ? "union" : $"s{result % Colours}";
        var (endX, endY) = (x.At(points[^1].K), y.At(points[^1].Recall));
        html.Add($"""<g class="{style}"><path class="leader" d="M{endX} {endY}L{Width - Right + 10} {endY}L{Width - Right + 22} {name}"/><path class="curve" d="{path.ToString()}"/>""");
        foreach (var at in points)
        {
            html.Add($"""<circle class="point" cx="{x.At(at.K)}" cy="{y.At(at.Recall)}" r="3"><title>{source.Source}: recall@{at.K} {Figures.Of(at.Recall)}, hit rate {Figures.Of(at.HitRate)}, {Figures.Load(at.Candidates)} candidates</title></circle>""");
        }
        html.Add($"""<text x="{Width - Right + 26}" y="{name + 4}">{source.Source} {Figures.Of(points[^1].Recall)}</text></g>""");
    }

    /// <summary>Depths up to the last that found more than the one before it.</summary>
    private static List<RetrievalDepth> Growing(IReadOnlyList<RetrievalDepth> at)
    {
        var count = at.Count;
        while (count > 1 && at[count - 1].Recall <= at[count - 2].Recall && at[count - 1].Candidates <= at[count - 2].Candidates) { count--; }
        return [.. at.Take(count)];
    }

    /// <summary>Where each name stands: at its line's end, pushed apart where two would meet, and inside the chart.</summary>
    private double[] Names(Axis y)
    {
        var at = new double[Results.Count];
        var next = Top + 4;
        int[] order = [.. Enumerable.Range(0, at.Length).OrderBy(r => End(y, r)).ThenBy(static r => r)];
        foreach (var r in order)
        {
            at[r] = Math.Max(End(y, r), next);
            next = at[r] + NameHeight;
        }
        var over = next - NameHeight - (Height - Bottom);
        for (var i = order.Length - 1; i >= 0 && over > 0; i--)
        {
            var limit = Height - Bottom - (NameHeight * (order.Length - 1 - i));
            at[order[i]] = Math.Min(at[order[i]], limit);
        }
        return at;
    }

    private double End(Axis y, int result) => Results[result].At.Count == 0 ? Top : y.At(Results[result].At[^1].Recall);
}
