using Lintel.Design;

namespace Lintel.Monitoring;

/// <summary>Everything that a design may want watched, and whether it is: nothing that is not looks as if it were.</summary>
internal static class WatchList
{
    /// <param name="isJudged">The version says how its values were distributed where it was judged.</param>
    public static IReadOnlyList<WatchLine> Of(SystemDesign design, bool isJudged) => [Quality(design), .. Drift(design, isJudged), .. Alerts(design)];

    private static WatchLine Quality(SystemDesign design) => design.Decision.Kind == DecisionKind.Regression
        ? new("quality", true, "estimates, ranges and promises beside what happened, by matured outcomes")
        : new("quality", false, $"the outcomes of a {design.Decision.Kind.ToString().ToLowerInvariant()} are not followed yet; "
            + (design.Retrain.Continuous is null ? "lintel replay DAY compares a day's decisions with what happened" : "/v1/learning has the calibration of what is learned"));

    private static IEnumerable<WatchLine> Drift(SystemDesign design, bool isJudged) => design.Monitor.DriftMeasure is not { } measure ? []
        : isJudged ? [new("drift", true, $"{measure} of features and scores, beside the decisions that the version was judged on")]
        : [new("drift", false, design.Decision.Kind == DecisionKind.Ranking
            ? $"{measure} of what a page's items are like is not measured live yet; the review compares the test with train (lintel review)"
            : "the version was made by a release that did not keep how its values were distributed; train a new one")];

    private static IEnumerable<WatchLine> Alerts(SystemDesign design) => design.Monitor.Alert.Select(static to => to == "log"
        ? new WatchLine("alert log", true, "a line in the server's log when a gate turns broken or a value drifts, and lintel_quality_alerts_total, lintel_drift_alerts_total")
        : new($"alert {to}", false, $"nothing is sent to a {to} yet; watch lintel_quality_alerts_total"));
}
