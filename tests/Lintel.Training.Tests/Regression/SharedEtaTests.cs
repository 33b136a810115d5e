using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Review;

namespace Lintel.Training.Tests.Regression;

/// <summary>Public data under their protocols: leaks are found from the data, and estimates beat medians by hour.</summary>
public sealed class SharedEtaTests
{
    [SharedEtaFact]
    public void The_label_in_seconds_is_found_among_the_fields_of_doordash()
    {
        var findings = Review("doordash.yaml", "doordash_10pct", "      subtotal: number\n", "      subtotal: number\n      took: number from delivery_time\n");
        findings.Single(static f => f is { Code: "LT0451", Severity: "error" }).Message.ShouldContain("'took'");
        Review("doordash.yaml", "doordash_10pct", "", "").ShouldNotContain(static f => f.Code == "LT0451");
    }

    [SharedEtaFact]
    public void The_meter_at_drop_off_is_found_among_the_fields_of_the_taxis()
    {
        var findings = Review("nyc-taxi.yaml", "nyc_green_taxi", "to_zone: number from DOLocationID }", "to_zone: number from DOLocationID, meter: number from trip_distance }");
        findings.Single(static f => f.Code == "LT0451").Message.ShouldContain("'meter'");
        Review("nyc-taxi.yaml", "nyc_green_taxi", "", "").ShouldNotContain(static f => f.Code == "LT0451");
    }

    [SharedEtaFact]
    public void Estimates_of_doordash_beat_medians_by_hour()
    {
        using var made = new Copy("doordash.yaml", "trees: 400\n    early stop: 30", "trees: 90");
        var manifest = TrainingRun.Run(made.Request("doordash_10pct")).Manifest;
        manifest.Rows.Train.ShouldBe(9_421);
        manifest.Rows.Test.ShouldBe(4_647);
        manifest.Models["by_hour"]["mae"]!.Value.ShouldBe(12.74, 0.01);
        manifest.Models["minutes"]["mae"]!.Value.ShouldBeLessThan(11.8);
        AssertHolds(manifest.Estimate!.Range!, slices: 4);
        manifest.Estimate.Range!.Groups.Select(static g => g.Name).Order().ShouldBe(["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"]);
    }

    [SharedEtaFact]
    public void Ranges_of_the_taxis_hold_where_fitted_quantiles_and_split_conformal_do_not()
    {
        // few trees, and none of the models that ranges do not need
        using var made = new Copy("nyc-taxi.yaml", """
              usual:   { kind: median, uses: [hour, from, to] }
              mean:    { kind: xgboost, trees: 300, early stop: 20, depth: 6, learning rate: 0.1, min child weight: 20 }
              minutes: { kind: xgboost, quantiles: [5%, 10%, 50%, 90%, 95%], trees: 200, early stop: 20, depth: 6, learning rate: 0.15, min child weight: 20 }
            """.ReplaceLineEndings("\n"), "  minutes: { kind: xgboost, quantiles: [5%, 10%, 50%, 90%, 95%], trees: 40, depth: 5, learning rate: 0.2, min child weight: 20 }");
        var range = TrainingRun.Run(made.Request("nyc_green_taxi")).Manifest.Estimate!.Range!;
        AssertHolds(range, slices: 4);
        range.Groups.Select(static g => g.Name).Order().ShouldBe(["0", "1", "2"]);
        // every ride stands in one group: the whole is the mean of its parts
        var rows = range.Groups.Sum(static g => g.Rows);
        (range.Groups.Sum(static g => g.Rows * g.Covers[0].Served.Coverage!.Value) / rows).ShouldBe(range.Covers[0].Served.Coverage!.Value, 1e-9);
        foreach (var cover in range.Covers)
        {
            Math.Abs(cover.Served.Coverage!.Value - cover.Share).ShouldBeLessThan(Math.Abs(cover.Fitted.Coverage!.Value - cover.Share));
            Math.Abs(cover.Served.Coverage.Value - cover.Share).ShouldBeLessThan(Math.Abs(cover.Split.Coverage!.Value - cover.Share));
        }
    }

    /// <summary>Within a point and two standard errors of what is asked for, and within three points in every slice that has 700 rows.</summary>
    /// <param name="slices">That have them.</param>
    private static void AssertHolds(RangeResult range, int slices)
    {
        range.Covers.Select(static c => c.Share).ShouldBe([0.8, 0.9]);
        foreach (var cover in range.Covers)
        {
            var error = (cover.Served.Interval![1]!.Value - cover.Served.Interval[0]!.Value) / (2 * 1.96);
            cover.Served.Coverage!.Value.ShouldBe(cover.Share, 0.01 + (2 * error));
        }
        var large = range.Slices.Where(static s => s.Rows >= 700).ToList();
        large.Count.ShouldBe(slices);
        foreach (var slice in large)
        {
            foreach (var cover in slice.Covers) { cover.Served.Coverage!.Value.ShouldBe(cover.Share, 0.03, slice.Name); }
        }
    }

    private static IReadOnlyList<FindingResult> Review(string design, string data, string old, string replacement)
    {
        using var made = new Copy(design, old, replacement);
        var request = made.Request(data);
        var prepared = Preparation.Read(DesignFile.Load(request.DesignPath, request.Kinds), request);
        return Reviewer.Review(prepared.Design, prepared.Evidence());
    }

    /// <summary>A design of the repository, changed, in a folder of its own.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("lintel-eta-").FullName;

        public Copy(string design, string old, string replacement)
        {
            var text = File.ReadAllText(SharedEtaFactAttribute.Design(design)).ReplaceLineEndings("\n");
            if (old.Length > 0)
            {
                text.ShouldContain(old);
                text = text.Replace(old, replacement);
            }
            File.WriteAllText(Path.Combine(_folder, "design.yaml"), text);
        }

        public TrainingRequest Request(string data) => new()
        {
            DesignPath = Path.Combine(_folder, "design.yaml"),
            DataFolder = SharedEtaFactAttribute.FolderOf(data),
            Workspace = new(_folder),
            Kinds = Deliveries.Kinds,
            Command = "test",
            Threads = 1,
            Clock = TimeProvider.System,
        };

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
