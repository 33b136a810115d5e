using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Precision and recall, ROC, calibration and gain, side by side.</summary>
internal static class CurvesSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Curves.Count == 0) { return; }
        html.Add($"""<section id="curves"><h2>Curves</h2><p class="lead">The final model on the test part. Point at a curve to read it.</p><div class="charts">""");
        var rate = manifest.Rows.Test == 0 ? 0 : (double)manifest.Rows.TestPositives / manifest.Rows.Test;
        foreach (var (name, curve) in manifest.Curves.OrderBy(static c => Order(c.Key)))
        {
            html.Add($"{Chart(name, curve, rate).Draw()}");
        }
        html.Add($"</div></section>");
    }

    private static int Order(string name) => Array.IndexOf(["pr", "roc", "calibration", "gain"], name) is >= 0 and var at ? at : 9;

    private static CurveChart Chart(string name, CurveResult curve, double baseRate) => name switch
    {
        "pr" => new("Precision and recall", "how pure the alerts are, by how many positives they catch", curve)
        {
            Against = CurveChart.Reference.Level,
            Level = baseRate,
            ReferenceLabel = $"base rate {Figures.Percent(baseRate)}",
        },
        "roc" => new("ROC", "positives caught, by false alarms", curve)
        {
            Against = CurveChart.Reference.Diagonal,
            ReferenceLabel = "random",
        },
        "calibration" => new("Calibration", "what happened, by what was predicted", curve)
        {
            Against = CurveChart.Reference.Diagonal,
            ReferenceLabel = "perfect",
            Points = true,
        },
        "gain" => new("Gain", "positives caught, by share of decisions looked at", curve)
        {
            Against = CurveChart.Reference.Diagonal,
            ReferenceLabel = "random",
        },
        _ => new(name, $"{curve.Y} by {curve.X}", curve),
    };
}
