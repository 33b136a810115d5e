using System.Text.Json;
using Lintel.Cli.Tests.House;

namespace Lintel.Cli.Tests.Verbs;

/// <summary>One small world from nothing to a live version, by the verbs that a person types.</summary>
public sealed class EndToEndTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("lintel-up-").FullName;

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    [Fact]
    public void Up_makes_a_version_that_serves_what_it_trained_and_the_other_verbs_agree()
    {
        var up = Lintel("up", "fraud", "--no-serve", "--days", "100");
        up.ExitCode.ShouldBeOneOf(0, 1);
        var made = up.Json;
        foreach (var key in new[] { "version", "metrics", "slices", "requirements", "gates", "findings", "rows", "seconds", "peakMemoryBytes", "promotion" })
        {
            made.TryGetProperty(key, out _).ShouldBeTrue(key);
        }
        made.GetProperty("promotion").GetProperty("promoted").GetBoolean().ShouldBe(up.ExitCode == 0);
        var skew = made.GetProperty("skew");
        skew.GetProperty("mismatches").GetInt32().ShouldBe(0);
        skew.GetProperty("decisions").GetInt32().ShouldBeGreaterThan(10_000);
        var precision = made.GetProperty("metrics").GetProperty("average-precision");
        precision.GetProperty("test").GetDouble().ShouldBeGreaterThan(precision.GetProperty("baselines").GetProperty("amount").GetDouble());
        up.Error.ShouldContain("replay");

        // the same design and data: nothing is trained again
        var again = Lintel("up", "fraud", "--no-serve", "--days", "100");
        again.Json.GetProperty("version").GetInt32().ShouldBe(1);
        again.Json.GetProperty("created").GetString().ShouldBe(made.GetProperty("created").GetString());

        // judged again from its files: the same figures
        var evaluated = Lintel("evaluate", "fraud").Json.GetProperty("metrics");
        foreach (var metric in made.GetProperty("metrics").EnumerateObject())
        {
            evaluated.GetProperty(metric.Name).GetRawText().ShouldBe(metric.Value.GetRawText(), metric.Name);
        }

        var promoted = Lintel("promote", "1", "--override", "a test");
        promoted.ExitCode.ShouldBe(0);
        promoted.Json.GetProperty("promoted").GetBoolean().ShouldBeTrue();
        Lintel("promote", "2").ExitCode.ShouldBe(2);
        Lintel("doctor").Json.GetProperty("checks").EnumerateArray()
            .Single(static c => c.GetProperty("what").GetString() == "workspace").GetProperty("found").GetString()!.ShouldContain("version 1 live");
        var unknown = Lintel("explain", "nobody");
        unknown.ExitCode.ShouldBe(2);
        unknown.Json.GetProperty("error").GetString()!.ShouldContain("has no decision of 'nobody'");
    }

    [Fact]
    public void A_regression_goes_the_same_way_and_promises_a_file_of_asks()
    {
        // a world is found by the name of its system's folder; few trees are enough here
        var folder = Directory.CreateDirectory(Path.Combine(_workspace, "delivery-eta")).FullName;
        var design = File.ReadAllText(Checkout.PathOf("systems/delivery-eta/design.yaml"));
        design.ShouldContain("trees: 120");
        File.WriteAllText(Path.Combine(folder, "design.yaml"), design.Replace("trees: 120", "trees: 6"));

        var up = Lintel("up", folder, "--no-serve", "--days", "9");
        up.ExitCode.ShouldBeOneOf(0, 1);
        up.Json.GetProperty("skew").GetProperty("mismatches").GetInt32().ShouldBe(0);
        up.Json.GetProperty("skew").GetProperty("decisions").GetInt32().ShouldBeGreaterThan(10_000);
        up.Json.GetProperty("requirements").EnumerateArray().Single(static c => c.GetProperty("claim").GetString()!.StartsWith("freshness"))
            .GetProperty("verdict").GetString().ShouldNotBe("notMeasured");
        var metrics = up.Json.GetProperty("metrics");
        metrics.GetProperty("mae").GetProperty("test").GetDouble()
            .ShouldBeLessThan(metrics.GetProperty("mae").GetProperty("baselines").GetProperty("median").GetDouble());
        var estimate = up.Json.GetProperty("estimate");
        estimate.GetProperty("range").GetProperty("covers").GetArrayLength().ShouldBe(2);
        estimate.GetProperty("promise").GetProperty("lines").EnumerateArray().Last().GetProperty("figures").GetProperty("cost").GetRawText()
            .ShouldBe(estimate.GetProperty("promise").GetProperty("promised").GetProperty("cost").GetRawText());

        var evaluated = Lintel("evaluate", folder).Json;
        foreach (var metric in metrics.EnumerateObject())
        {
            evaluated.GetProperty("metrics").GetProperty(metric.Name).GetRawText().ShouldBe(metric.Value.GetRawText(), metric.Name);
        }
        evaluated.GetProperty("estimate").GetRawText().ShouldBe(estimate.GetRawText());

        var asks = Path.Combine(_workspace, "asks.csv");
        const string Header = "id,about.store,about.items,about.subtotal,about.lat,about.lon,about.apartment,about.route_minutes,store,trip,stage,onshift,busy,outstanding,rain\n";
        File.WriteAllText(asks, Header + "p1,3,2,20,37.77,-122.44,false,8,3,,placed,10,6,9,false\np2,4,1,12,37.76,-122.41,true,5,4,,placed,0,0,9,true\n");
        var batch = Lintel("batch", folder, "--asks", asks);
        batch.ExitCode.ShouldBe(0);
        batch.Json.GetProperty("made").GetInt32().ShouldBe(2);
        Lintel("batch", folder, "--asks", asks).Json.GetProperty("partsThere").GetInt32().ShouldBe(1);
        File.WriteAllText(asks, Header + "p1,3,two,20,37.77,-122.44,false,8,3,,placed,10,6,9,false\n");
        var faulty = Lintel("batch", folder, "--asks", asks);
        faulty.ExitCode.ShouldBe(2);
        faulty.Json.GetProperty("error").GetString()!.ShouldContain("row 1, column 'about.items'");
        Lintel("batch", folder).ExitCode.ShouldBe(2);

        var monitor = Lintel("monitor", folder);
        monitor.ExitCode.ShouldBe(0);
        monitor.Json.GetProperty("quality").GetProperty("counts").GetProperty("decisions").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void Faults_of_a_design_are_all_told_with_exit_2()
    {
        var path = Path.Combine(_workspace, "design.yaml");
        File.WriteAllText(path, "lintel: 1\nsystem: fraud\ngole: nothing\n");
        var answer = Lintel("review", path);
        answer.ExitCode.ShouldBe(2);
        answer.Json.GetProperty("findings").EnumerateArray().Select(static f => f.GetProperty("message").GetString())
            .ShouldContain(static m => m!.Contains("gole"));
        answer.Error.ShouldContain("    3 | gole: nothing");
        answer.Error.ShouldContain("^^^^");
    }

    [Fact]
    public void Review_without_data_reads_the_design_alone()
    {
        var answer = Lintel("review", "fraud");
        answer.ExitCode.ShouldBe(0);
        answer.Json.GetProperty("data").GetBoolean().ShouldBeFalse();
        answer.Json.GetProperty("blocks").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Schema_is_one_json_object() =>
        LintelProcess.Run("schema").Json.ValueKind.ShouldBe(JsonValueKind.Object);

    private LintelAnswer Lintel(params string[] args) => LintelProcess.Run([.. args, "--json", "--workspace", _workspace]);
}
