using System.Globalization;
using System.Text;
using Lintel.Decisions.Review;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Server.Http;

namespace Lintel.Server.Reviews;

/// <summary>The queue in the Prometheus text format. Counts follow from the log, so a restart does not reset
/// them.</summary>
internal static class ReviewMetrics
{
    internal static void Write(StringBuilder text, ReviewDesk desk)
    {
        if (desk.Plan is null) { return; }
        var figures = desk.Figures();
        ServerMetrics.Single(text, "lintel_reviews_open", "gauge", "Items that nobody holds.", figures.Open);
        ServerMetrics.Single(text, "lintel_reviews_claimed", "gauge", "Items that a reviewer holds.", figures.Claimed);
        ServerMetrics.Single(text, "lintel_reviews_overdue", "gauge",
            "Items that wait longer than the design's 'within'.", figures.Overdue);
        var oldest = figures.OldestKnown is { } known ? (figures.Now - known) / 1_000_000 : 0;
        ServerMetrics.Single(text, "lintel_reviews_oldest_seconds", "gauge", "Age of the item that waits longest.", oldest);
        ServerMetrics.Single(text, "lintel_reviews_enqueued_total", "counter", "Decisions that were given to reviewers.",
            figures.Enqueued);
        ServerMetrics.Single(text, "lintel_reviews_lapsed_total", "counter",
            "Items that nobody judged while answers were remembered.", figures.Lapsed);
        ServerMetrics.Head(text, "lintel_reviews_verdicts_total", "counter", "Verdicts, corrections among them, by value.");
        text.Append(CultureInfo.InvariantCulture, $"lintel_reviews_verdicts_total{{value=\"yes\"}} {figures.Confirmed}\n");
        text.Append(CultureInfo.InvariantCulture, $"lintel_reviews_verdicts_total{{value=\"no\"}} {figures.Dismissed}\n");
        text.Append(CultureInfo.InvariantCulture, $"lintel_reviews_verdicts_total{{value=\"undone\"}} {figures.Undone}\n");
        WriteMinutes(text, figures);
    }

    private static void WriteMinutes(StringBuilder text, ReviewFigures figures)
    {
        const string Name = "lintel_reviews_minutes_to_verdict";
        ServerMetrics.Head(text, Name, "histogram", "Minutes from the decision to its first verdict.");
        var total = 0L;
        for (var b = 0; b < figures.Minutes.Length; b++)
        {
            total += figures.Minutes[b];
            var bound = b < ReviewTally.MinuteBounds.Length
                ? ReviewTally.MinuteBounds[b].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{le=\"{bound}\"}} {total}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{Name}_sum {figures.MinutesSum}\n{Name}_count {total}\n");
    }
}
