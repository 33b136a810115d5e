using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class LiveClockTests
{
    private readonly ManualClock _time = new();
    private readonly List<double> _told = [];

    private LiveClock Guarded()
    {
        var clock = new LiveClock(_time, isGuarded: true) { Jumped = jump => _told.Add(jump.TotalSeconds) };
        clock.Now();
        return clock;
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(1.5)]
    public void Jump_is_not_followed_and_told_once(double seconds)
    {
        var clock = Guarded();
        _time.Advance(TimeSpan.FromSeconds(5));
        var before = clock.Now();
        _time.Jump(TimeSpan.FromSeconds(seconds));
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            clock.Now().ShouldBe(before + (i * 10_000_000));
        }
        _told.ShouldBe([seconds]);
        clock.Jump.TotalSeconds.ShouldBe(seconds);
        _time.Jump(TimeSpan.FromSeconds(-seconds));       // set right
        clock.Now().ShouldBe(before + 30_000_000);
        _told.ShouldBe([seconds, 0]);
        clock.Jump.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Slow_correction_is_followed_however_far_it_goes()
    {
        var clock = Guarded();
        var before = clock.Now();
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.Jump(TimeSpan.FromSeconds(0.5));
            clock.Now();
        }
        clock.Now().ShouldBe(before + 150_000_000);
        _told.ShouldBeEmpty();
    }

    [Fact]
    public void Clock_that_records_set_is_read_once_for_each()
    {
        var clock = new LiveClock(new OneReading(), isGuarded: false);
        clock.Now().ShouldBe(1);
        clock.Now().ShouldBe(1_000_000_000_000);
    }

    /// <summary>Only the wall clock may be asked.</summary>
    private sealed class OneReading : TimeProvider
    {
        private int _readings;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddMicroseconds(_readings++ == 0 ? 1 : 1_000_000_000_000);

        public override long GetTimestamp() => throw new InvalidOperationException("not this clock");
    }
}
