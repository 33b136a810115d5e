namespace Lintel.Pipeline.Tests.Live;

public sealed class ClockedServiceTests : IDisposable
{
    private readonly LivePayments _live = new();

    public void Dispose() => _live.Dispose();

    [Fact]
    public async Task Jump_of_the_wall_clock_empties_no_window()
    {
        await _live.DecideAsync("p1");
        _live.Clock.Jump(TimeSpan.FromDays(300));
        _live.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _live.DecideAsync("p2");
        _live.Feature(second, "card_payments_1d").ShouldBe(1);
        _live.Feature(second, "since_last").ShouldBe(60_000_000, 10);
        _live.Service.ClockJump.ShouldBe(TimeSpan.FromDays(300));
        _live.Clock.Jump(TimeSpan.FromDays(-600));
        _live.Clock.Advance(TimeSpan.FromMinutes(1));
        _live.Feature(await _live.DecideAsync("p3"), "since_last").ShouldBe(60_000_000, 10);
    }

    [Fact]
    public async Task Known_rises_with_every_record_when_the_clock_stands_still()
    {
        var known = new List<long>();
        for (var i = 0; i < 20; i++) { known.Add((await _live.DecideAsync($"p{i}")).Known); }
        known.ShouldBe(known.Distinct().Order());
    }

    [Fact]
    public async Task Start_with_a_clock_behind_the_log_goes_on_rising_and_says_how_far()
    {
        var before = await _live.DecideAsync("p1");
        _live.Service.ClockBehind.ShouldBeNull();
        _live.Clock.Jump(TimeSpan.FromHours(-2));
        _live.Restart();
        _live.Service.ClockBehind.ShouldNotBeNull().TotalHours.ShouldBe(2, 0.001);
        var after = await _live.DecideAsync("p2");
        after.Known.ShouldBeInRange(before.Known + 1, before.Known + 1000);
        _live.Feature(after, "card_payments_1d").ShouldBe(1);
        _live.Clock.Advance(TimeSpan.FromHours(3));
        _live.Service.ClockBehind.ShouldBeNull();
        (await _live.DecideAsync("p3")).Known.ShouldBeGreaterThan(before.Known + 3_000_000_000);
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(-100_000, true)]
    [InlineData(5.1, false)]
    [InlineData(1e7, false)]
    public async Task Record_from_the_future_is_refused_whole(double minutes, bool isTaken)
    {
        var time = _live.Clock.GetUtcNow().AddMinutes(minutes).ToString("O");
        var timed = LivePayments.Payment("late").Replace("{\"id\"", $"{{\"time\":\"{time}\",\"id\"");
        var request = await _live.SendAsync($"[{LivePayments.Payment("p1")},{timed}]");
        if (isTaken)
        {
            request.Faults.ShouldBeEmpty();
            return;
        }
        var fault = request.Faults.ShouldHaveSingleItem();
        (fault.Status, fault.Pointer).ShouldBe((400, "/1/time"));
        fault.What.ShouldContain("future");
        fault.Got.ShouldContain("ahead of the server's clock");
        (await _live.Service.FindAsync("p1")).ShouldBeNull();
    }
}
