using System.Text.Json;

namespace Lintel.Server.Tests.Http;

/// <summary>Asks as they come from apps that err: nobody on shift, places that are nowhere, hours that the clock skips, stores that nobody
/// knows, fields that are left out.</summary>
public sealed class BadAsksTests
{
    private const string Order = """{"event":"order","id":"o1","items":2}""";

    private static Task<ServedDeliveries> StartAsync() => ServedDeliveries.StartAsync(null,
        ("goal: Say how many minutes are left.", "goal: Say how many minutes are left.\ntimezone: America/Los_Angeles"),
        ("fields: { route: number } }", "fields: { route: number, onshift: number, outstanding: number, lat: number, lon: number } }"),
        ("by store over 1h }", """
            by store over 1h, load: outstanding / onshift, km: "distance(37.77, -122.42, lat, lon)", heading: "bearing(37.77, -122.42, lat, lon)",
              cell: "cell(lat, lon, 12)", hour: hour(time), weekday: weekday(time) }
            """.TrimEnd()));

    private static string Ask(string id, string fields = "") =>
        $$"""{"id":"{{id}}","about":"o1","store":"s1","trip":"t1","route":20{{fields}}}""";

    private static string Fields(string onshift = "5", string outstanding = "4", string lat = "37.7", string lon = "-122.4") =>
        $$""","onshift":{{onshift}},"outstanding":{{outstanding}},"lat":{{lat}},"lon":{{lon}}""";

    private static async Task<JsonElement> FeaturesAsync(string fields)
    {
        await using var server = await StartAsync();
        await server.PostAsync("/v1/events", Order);
        var (status, body) = await server.PostAsync("/v1/decide?features=true", Ask("a1", fields));
        status.ShouldBe(200, body.ToString());
        // what cannot be told of an ask keeps nobody from an answer
        body.GetProperty("promise").ValueKind.ShouldBe(JsonValueKind.Number);
        return body.GetProperty("features").Clone();
    }

    private static bool IsMissing(JsonElement features, string name) => features.GetProperty(name).ValueKind == JsonValueKind.Null;

    [Fact]
    public async Task Nobody_on_shift_leaves_the_load_missing_and_not_infinite()
    {
        IsMissing(await FeaturesAsync(Fields(onshift: "0")), "load").ShouldBeTrue();
        IsMissing(await FeaturesAsync(Fields(onshift: "0", outstanding: "0")), "load").ShouldBeTrue();
        IsMissing(await FeaturesAsync(Fields(onshift: "null")), "load").ShouldBeTrue();
        (await FeaturesAsync(Fields())).GetProperty("load").GetDouble().ShouldBe(0.8, 1e-6);
    }

    [Theory]
    [InlineData("91", "-122.4")]
    [InlineData("-90.001", "-122.4")]
    [InlineData("37.7", "181")]
    [InlineData("null", "-122.4")]
    public async Task Places_outside_the_earth_are_missing(string lat, string lon)
    {
        var features = await FeaturesAsync(Fields(lat: lat, lon: lon));
        foreach (var name in new[] { "km", "heading", "cell" }) { IsMissing(features, name).ShouldBeTrue(name); }
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("\"NaN\"")]
    [InlineData("1e999")]
    [InlineData("-1e300")]
    public async Task Numbers_that_are_none_are_refused(string lat)
    {
        await using var server = await StartAsync();
        await server.PostAsync("/v1/events", Order);
        var (status, problem) = await server.PostAsync("/v1/decide", Ask("a1", Fields(lat: lat)));
        status.ShouldBeOneOf(400, 422);
        problem.GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("2025-03-09T09:59:00Z", 1)]                    // the last minute before the gap
    [InlineData("2025-03-09T10:00:00Z", 3)]                    // two o'clock does not come
    [InlineData("2025-11-02T08:30:00Z", 1)]                    // half past one in summer
    [InlineData("2025-11-02T09:30:00Z", 1)]                    // and once more in winter
    [InlineData("2025-11-02T10:30:00Z", 2)]
    public async Task Hours_follow_the_clock_over_its_changes(string time, int hour)
    {
        var features = await FeaturesAsync(Fields() + $$""","time":"{{time}}" """);
        features.GetProperty("hour").GetDouble().ShouldBe(hour);
        // Sunday is the seventh day
        features.GetProperty("weekday").GetDouble().ShouldBe(7);
    }

    [Fact]
    public async Task Stores_that_nobody_knows_are_answered()
    {
        await using var server = await StartAsync();
        await server.PostAsync("/v1/events", Order);
        var known = await server.PostAsync("/v1/decide", Ask("a1", Fields()));
        var (status, body) = await server.PostAsync("/v1/decide", Ask("a2", Fields()).Replace("s1", "never-seen", StringComparison.Ordinal).Replace("t1", "t2", StringComparison.Ordinal));
        status.ShouldBe(200);
        body.GetProperty("estimate").GetDouble().ShouldBe(known.Body.GetProperty("estimate").GetDouble());
    }

    [Fact]
    public async Task Every_field_that_is_left_out_is_named_at_once()
    {
        await using var server = await StartAsync();
        await server.PostAsync("/v1/events", Order);
        var (status, problem) = await server.PostAsync("/v1/decide", """{"id":"a1","store":"s1","route":20,"onshift":3}""");
        status.ShouldBe(422);
        problem.GetProperty("errors").EnumerateArray().Select(static e => e.GetProperty("pointer").GetString())
            .ShouldBe(["#/trip", "#/outstanding", "#/lat", "#/lon", "#/about"]);
    }
}
