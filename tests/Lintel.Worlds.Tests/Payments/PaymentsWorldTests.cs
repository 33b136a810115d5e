using System.Text.Json;
using Lintel.Worlds.Payments;

namespace Lintel.Worlds.Tests.Payments;

public sealed class PaymentsWorldTests : IDisposable
{
    private static readonly PaymentsOptions Small = new() { Days = 40, Customers = 200, Terminals = 400, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Events_hold_no_truth()
    {
        Make("events", Small);
        var events = Directory.GetFiles(Path.Combine(_folder, "events", "payments"));
        events.Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(["2025-01", "2025-02"]);
        foreach (var file in events)
        {
            var text = File.ReadAllText(file);
            text.ShouldContain("terminal_id");
            text.ShouldNotContain("scenario");
            text.ShouldNotContain("best_score");
        }
        Directory.GetFiles(Path.Combine(_folder, "events", "truth")).Length.ShouldBe(2);
    }

    [Fact]
    public void Truth_states_the_drifts()
    {
        PaymentsWorld.Make(_folder, Small with { Drift = new() { At = 0.75, SpendingLevel = 1.3 } });
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "truth", "world.json")));
        var drifts = truth.RootElement.GetProperty("drifts");
        drifts.GetArrayLength().ShouldBe(3);
        drifts[0].GetProperty("at").GetString().ShouldBe("2025-01-31");
        drifts[0].GetProperty("kind").GetString().ShouldBe("covariate");
        drifts[1].GetProperty("kind").GetString().ShouldBe("label");
        drifts[2].GetProperty("at").GetString().ShouldBe("2025-02-03");
        drifts[2].GetProperty("kind").GetString().ShouldBe("newKind");
        truth.RootElement.GetProperty("payments").GetInt32().ShouldBe(truth.RootElement.GetProperty("byScenario").EnumerateArray().Sum(n => n.GetInt32()));
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var made = PaymentsWorld.Make(_folder, new());
        made.Records.ShouldBeInRange(300_000, 450_000);
        made.Summary.ShouldStartWith($"{made.Records:N0} payments of 1,500 customers, 2025-01-01 to 2025-05-20");
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => PaymentsWorld.Make(_folder, Small with { Days = 0, Radius = -1 }));
        fault.Message.ShouldContain("Days is 0, expected 1 to 3,660");
        fault.Message.ShouldContain("Radius is -1, expected more than 0");
    }

    [Fact]
    public void Catalogue_knows_the_world_by_its_system()
    {
        WorldCatalogue.Find("fraud").ShouldBeSameAs(PaymentsWorld.World);
        WorldCatalogue.Find("weather").ShouldBeNull();
        var made = PaymentsWorld.World.Make(new(_folder, 5) { Days = 31 });
        made.Summary.ShouldContain("2025-01-01 to 2025-01-31");
    }

    [Fact]
    public void Calendar_moves_by_whole_weeks_so_that_every_verdict_is_known_today()
    {
        for (var day = 0; day < 8; day++)
        {
            var today = new DateOnly(2026, 3, 1).AddDays(day);
            var made = PaymentsWorld.World.Make(new(Path.Combine(_folder, $"{day}"), 5) { Days = 31, Today = today });
            var last = DateOnly.Parse(made.Summary.Split(" to ")[1][..10]);
            last.AddDays(-30).DayOfWeek.ShouldBe(new PaymentsOptions().FirstDay.DayOfWeek);
            (today.DayNumber - last.DayNumber).ShouldBeInRange(8, 14);
        }
    }

    [Fact]
    public void Calendar_stays_for_four_weeks_and_then_moves()
    {
        var today = new DateOnly(2026, 3, 1);
        string At(int later) => PaymentsWorld.World.Make(new(_folder, 5) { Days = 31, Today = today.AddDays(later) }).Summary;
        var first = At(0);
        At(10).ShouldBe(first);
        At(40).ShouldNotBe(first);
    }

    private string Make(string name, PaymentsOptions options) =>
        PaymentsWorld.Make(Path.Combine(_folder, name), options).Folder;
}
