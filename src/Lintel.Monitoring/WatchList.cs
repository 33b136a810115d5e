using Lintel.Design;

namespace Lintel.Monitoring;

/// <summary>Everything that a design may want watched, and whether it is: nothing that is not looks as if it were.</summary>
internal static class WatchList
{
    public static IReadOnlyList<WatchLine> Of(SystemDesign design) => [Quality(design), .. Drift(design), .. Alerts(design)];

    private static WatchLine Quality(SystemDesign design) => design.Decision.Kind == DecisionKind.Regression
        ? new("quality", true, "estimates, ranges and promises beside what happened, by matured outcomes")
        : new("quality", false, $"the outcomes of a {design.Decision.Kind.ToString().ToLowerInvariant()} are not followed yet; "
            + (design.Retrain.Continuous is null ? "lintel replay DAY compares a day's decisions with what happened" : "/v1/learning has the calibration of what is learned"));

    private static IEnumerable<WatchLine> Drift(SystemDesign design) => design.Monitor.DriftMeasure is { } measure
        ? [new("drift", false, $"{measure} of features and scores is not measured live yet; the review compares the test with train (lintel review)")] : [];

    private static IEnumerable<WatchLine> Alerts(SystemDesign design) => design.Monitor.Alert.Select(static to => to == "log"
        ? new WatchLine("alert log", true, "a line in the server's log when a gate turns broken, and lintel_quality_alerts_total")
        : new($"alert {to}", false, $"nothing is sent to a {to} yet; watch lintel_quality_alerts_total"));
}
