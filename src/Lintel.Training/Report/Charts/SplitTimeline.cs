using System.Globalization;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Charts;

/// <summary>The parts of the data on one time axis, with what lies between them.</summary>
internal static class SplitTimeline
{
    private const double Width = 860, Height = 76, Top = 22, Bar = 26;

    private readonly record struct Part(string Name, string Class, DateTimeOffset From, DateTimeOffset To);

    /// <summary>Nothing when the instants are not times (a split by key or by file).</summary>
    public static Markup Draw(SplitTimes split)
    {
        var parts = new[]
            {
                PartOf("train", "p-train", split.TrainFrom, split.TrainTo),
                PartOf("validate", "p-validate", split.ValidateFrom, split.ValidateTo),
                PartOf("test", "p-test", split.TestFrom, split.TestTo),
            }
            .OfType<Part>().Where(static p => p.To > p.From).OrderBy(static p => p.From).ToArray();
        if (parts.Length < 2) { return default; }
        var (from, to) = (parts.Min(static p => p.From), parts.Max(static p => p.To));
        var axis = new Axis(0, (to - from).TotalDays, 1, Width - 1);
        return HtmlWriter.Piece(html =>
        {
            html.Add($"""<svg class="timeline" viewBox="0 0 {Width} {Height}" role="img" aria-label="train, validation and test over time">""");
            html.Add($"""<rect class="p-gap" x="1" y="{Top}" width="{Width - 2}" height="{Bar}" rx="4"/>""");
            foreach (var part in parts)
            {
                var (x, end) = (axis.At((part.From - from).TotalDays), axis.At((part.To - from).TotalDays));
                html.Add($"""<rect class="{part.Class}" x="{x}" y="{Top}" width="{Math.Max(end - x, 2)}" height="{Bar}" rx="4"/>""");
                html.Add($"""<text class="part" x="{(x + end) / 2}" y="{Top - 8}" text-anchor="middle">{part.Name}</text>""");
                html.Add($"""<text class="tick" x="{x}" y="{Top + Bar + 16}">{Day(part.From)}</text>""");
            }
            html.Add($"""<text class="tick" x="{Width - 1}" y="{Top + Bar + 16}" text-anchor="end">{Day(to)}</text></svg>""");
        });
    }

    private static Part? PartOf(string name, string style, string? from, string? to) =>
        DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
        && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? new(name, style, start, end) : null;

    private static string Day(DateTimeOffset day) => day.ToUniversalTime().ToString("d MMM yy", CultureInfo.InvariantCulture);
}
