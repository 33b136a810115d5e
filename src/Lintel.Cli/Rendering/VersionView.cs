using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A version as a person reads it: what it was made from, how good it is beside what is trivial, and whether the design
/// keeps its word.</summary>
internal static class VersionView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        Section.Heading(console, $"{manifest.System} version {manifest.Version}");
        console.MarkupLineInterpolated($"[grey]{manifest.Goal}[/]");
        WriteSplit(console, manifest);
        MetricsView.Write(console, manifest);
        MetricsView.WriteModels(console, manifest);
        CompetitorsView.Write(console, manifest);
        WriteShown(console, manifest);
        MetricsView.WriteSlices(console, manifest);
        EstimatesView.Write(console, manifest);
        RangesView.Write(console, manifest);
        PolicyView.Write(console, manifest);
        RankingView.Write(console, manifest);
        KindsView.Write(console, manifest);
        ClaimsView.Write(console, manifest);
        WriteNotes(console, manifest);
    }

    /// <summary>A ranking's probabilities, judged where the truth is known.</summary>
    private static void WriteShown(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.OfShown() is not { } shown) { return; }
        Section.Heading(console, "what was shown", $"test days: {shown.Rows.Test:N0} items, {shown.Rows.TestPositives:N0} of them right; scores of {manifest.Shown!.Model}");
        MetricsView.Write(console, shown);
        MetricsView.WriteModels(console, shown);
        MetricsView.WriteSlices(console, shown);
    }

    /// <summary>Whether a gate or a requirement is broken; undecided is not.</summary>
    public static bool IsBroken(VersionManifest manifest) =>
        manifest.Gates.Any(static g => g.Verdict == Verdict.Broken) || manifest.Requirements.Any(static r => r.Verdict == Verdict.Broken);

    private static void WriteSplit(IAnsiConsole console, VersionManifest manifest)
    {
        var (split, rows) = (manifest.Split, manifest.Rows);
        var isRanking = manifest.Retrieval.Count > 0;
        var hasClasses = manifest.Estimate is null;
        var table = isRanking
            ? Section.Table("", "from", "to", ">requests", ">with hits", ">share")
            : hasClasses ? Section.Table("", "from", "to", ">rows", ">positives", ">share") : Section.Table("", "from", "to", ">rows");
        if (isRanking) { table.AddRow("train", Markup.Escape(Day(split.TrainFrom)), Markup.Escape(Day(split.TrainTo)), Figure.Nothing, Figure.Nothing, Figure.Nothing); }
        else { Row("train", split.TrainFrom, split.TrainTo, rows.Train, rows.TrainPositives); }
        if (split.ValidateFrom is not null) { Row("validate", split.ValidateFrom, split.ValidateTo!, rows.Validate, rows.ValidatePositives); }
        Row("test", split.TestFrom, split.TestTo, rows.Test, rows.TestPositives);
        console.Write(table);
        if (isRanking)
        {
            console.MarkupLineInterpolated(
                $"[grey]train: the ranker learns from {rows.Train:N0} candidates, {rows.TrainPositives:N0} of them right[/]");
        }

        void Row(string name, string from, string to, int count, int positives) => table.AddRow(
        [
            name, Markup.Escape(Day(from)), Markup.Escape(Day(to)), count.ToString("N0"),
            .. hasClasses ? [positives.ToString("N0"), Figure.Share(count == 0 ? null : (double)positives / count)] : Array.Empty<string>(),
        ]);
    }

    private static void WriteNotes(IAnsiConsole console, VersionManifest manifest)
    {
        console.WriteLine();
        foreach (var entry in manifest.Ledger.Where(static e => e.KeptNegatives < 1))
        {
            console.MarkupLineInterpolated(
                $"[grey]ledger   {entry.Model}: {Figure.Share(entry.KeptNegatives)} of the negatives kept, margins corrected by {entry.Offset:0.000}[/]");
        }
        if (manifest.Refit is { } refit)
        {
            console.MarkupLineInterpolated(
                $"[grey]refit    served model fitted on {refit.Rows:N0} rows to {Day(refit.TrainTo)}{Alerts(manifest, refit)}[/]");
        }
        if (manifest.Skew is { } skew)
        {
            console.MarkupLineInterpolated(
                $"[grey]skew     {skew.Decisions:N0} decisions compared, {skew.Mismatches:N0} differ[/]");
        }
        console.MarkupLineInterpolated(
            $"[grey]took     {Seconds(manifest):0.0} s, peak memory {manifest.PeakMemoryBytes / 1048576.0:N0} MiB, seed {manifest.Seed}[/]");
    }

    private static string Alerts(VersionManifest manifest, RefitResult refit) => manifest.Estimate is not null ? ""
        : $"; alerts of the last week {Figure.Share(refit.AlertsServed)}, judged {Figure.Share(refit.AlertsJudged)}{(refit.Agrees ? "" : ": they do not agree")}";

    private static double Seconds(VersionManifest manifest) =>
        manifest.Seconds.TryGetValue("total", out var total) ? total : manifest.Seconds.Values.Sum();

    /// <summary>The date of an ISO 8601 instant, with the time where it is not midnight.</summary>
    internal static string Day(string instant) =>
        DateTimeOffset.TryParse(instant, out var at)
            ? at.ToUniversalTime().ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm")
            : instant;
}
