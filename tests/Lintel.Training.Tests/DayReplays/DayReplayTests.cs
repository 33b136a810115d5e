using System.Globalization;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live.Lists;
using Lintel.Pipeline.Versions;
using Lintel.Training.DayReplays;
using Lintel.Training.Tests.Fitting;

namespace Lintel.Training.Tests.DayReplays;

public sealed class DayReplayTests
{
    private const int Days = 40;
    private const int Served = 150;

    /// <summary>The day that is served: behind everything that the files know.</summary>
    private static readonly DateOnly Live = DateOnly.FromDateTime(TrainedPayments.Start).AddDays(Days + 3);

    [Fact]
    public async Task Day_served_decided_again_and_by_another_version()
    {
        using var payments = new TrainedPayments(Days);
        await ServeAsync(payments);

        var own = DayReplay.Run(Live, 1, ReplayAgainst.Either, payments.Request);
        own.Against.ShouldBe("recorded");
        own.Decisions.ShouldBe(Served);
        own.Mismatches.ShouldBe(0, own.Incumbent.FirstDifference);
        own.Incumbent.ShouldBe(new(Served, 0, null));
        own.Differences.ShouldBeEmpty();
        own.Whole.RefusedBefore.ShouldBeGreaterThan(0);

        Eased(payments, number: 2);
        var other = DayReplay.Run(Live, 2, ReplayAgainst.Recorded, payments.Request);
        other.Incumbent.Decisions.ShouldBe(0);
        other.Mismatches.ShouldBeGreaterThan(0);
        other.Differences.Sum(static d => d.Count).ShouldBe(other.Mismatches);
        other.Whole.Differences.ShouldBe(other.Mismatches);
        other.Whole.RefusedBefore.ShouldBe(own.Whole.RefusedBefore);
        other.Whole.RefusedAfter.ShouldBeGreaterThan(other.Whole.RefusedBefore);
        other.Whole.Labelled.ShouldBeGreaterThan(20);
        (other.Whole.CostAfter - other.Whole.CostBefore)!.Value.ShouldBe(
            other.Differences.Sum(static d => d.Cost ?? 0), 1e-9);
        var slice = other.Slices.ShouldHaveSingleItem();
        slice.Figures.Decisions.ShouldBeInRange(1, Served - 1);
        slice.Figures.Differences.ShouldBeLessThanOrEqualTo(other.Whole.Differences);
    }

    [Fact]
    public void Day_of_files_is_compared_with_the_champion()
    {
        using var payments = new TrainedPayments(Days);
        var day = DateOnly.FromDateTime(TrainedPayments.Start).AddDays(30);
        var own = DayReplay.Run(day, 1, ReplayAgainst.Either, payments.Request);
        (own.Against, own.Decisions, own.Mismatches).ShouldBe(("version 1", TrainedPayments.PerDay, 0));
        own.Whole.Labelled.ShouldBe(TrainedPayments.PerDay);
        own.Whole.CostBefore.ShouldBe(own.Whole.CostAfter);

        Eased(payments, number: 2);
        DayReplay.Run(day, 2, ReplayAgainst.Champion, payments.Request).Mismatches.ShouldBeGreaterThan(0);

        Should.Throw<InvalidDataException>(() => DayReplay.Run(day, 1, ReplayAgainst.Recorded, payments.Request))
            .Message.ShouldContain("--against champion");
        Should.Throw<InvalidDataException>(() => DayReplay.Run(day.AddDays(-300), 1, ReplayAgainst.Either, payments.Request))
            .Message.ShouldContain("reach from 2025-01-01");
    }

    private static async Task ServeAsync(TrainedPayments payments)
    {
        payments.Clock.Now = Live.ToDateTime(new(0, 10), DateTimeKind.Utc);
        var random = new RandomStream(3);
        using var live = payments.Serve(1);
        var lists = new LiveLists(live);
        for (var i = 0; i < Served; i++)
        {
            if (i == 40) { await lists.PutAsync("blocklist", "c5", new(null, null, "ada", "stolen")); }
            if (i == 110) { await lists.RemoveAsync("blocklist", "c5", "ada", "found"); }
            payments.Clock.Now = payments.Clock.Now.AddMinutes(9);
            var card = i % 10 == 0 ? 5 : random.NextInt32(60);
            var amount = Math.Round(5 + (200 * random.NextDouble()), 2);
            await TrainedPayments.SendAsync(live, string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"live{{i}}","card":"c{{card}}","terminal":"t1","amount":{{amount}}}"""));
            if (i % 3 == 0)
            {
                await TrainedPayments.SendAsync(
                    live, $$"""{"event":"verdict","about":"live{{i}}","fraud":{{(amount > 150 ? "true" : "false")}}}""", decide: false);
            }
        }
    }

    /// <summary>The same version with thresholds so low that it refuses more.</summary>
    private static void Eased(TrainedPayments payments, int number)
    {
        var (from, to) = (payments.Workspace.VersionFolder(1), payments.Workspace.VersionFolder(number));
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        var folder = Path.Combine(to, VersionFiles.Served);
        var thresholds = ThresholdsFile.Read(folder);
        ThresholdsFile.Write(folder, [new(-2.5), .. thresholds.Skip(1)]);
        VersionParts.WriteManifest(to, SystemVersion.ReadManifest(from) with { Version = number });
    }
}
