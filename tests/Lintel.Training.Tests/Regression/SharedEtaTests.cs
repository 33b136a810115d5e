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
        manifest.Metrics["coverage@80%"].Test!.Value.ShouldBe(0.8, 0.08);
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
