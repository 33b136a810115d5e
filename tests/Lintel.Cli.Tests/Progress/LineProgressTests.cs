using Lintel.Cli.Progress;
using Lintel.Cli.Shell;

namespace Lintel.Cli.Tests.Progress;

public sealed class LineProgressTests
{
    [Fact]
    public void Each_stage_is_a_line_with_its_time_and_a_long_one_speaks_between()
    {
        using var error = new StringWriter();
        var clock = new SettableClock();
        var terminal = new Terminal(TextWriter.Null, error, json: true, false, false, 80, clock);
        var progress = new LineProgress(terminal.Error, clock);

        progress.Stage("replay");
        clock.Advance(TimeSpan.FromSeconds(1.5));
        progress.Report(0.5, null);                                  // too soon to speak
        progress.Stage("fit trees");
        clock.Advance(TimeSpan.FromSeconds(11));
        progress.Report(0.4, "fold 2 of 5");
        progress.Report(0.5, null);
        progress.Note("30 rounds are enough");
        progress.End();
        progress.End();

        error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["replay              1.5 s", "fit trees         40 %  fold 2 of 5", "30 rounds are enough", "fit trees          11.0 s"]);
    }

    [Fact]
    public async Task Watch_runs_the_work_and_its_faults_come_through()
    {
        using var error = new StringWriter();
        var terminal = new Terminal(TextWriter.Null, error, json: true, false, false, 80, TimeProvider.System);
        (await Watch.Run(terminal, progress =>
        {
            progress.Stage("replay");
            return Task.FromResult(42);
        })).ShouldBe(42);
        error.ToString().ShouldContain("replay");
        await Should.ThrowAsync<InvalidDataException>(() => Watch.Run<int>(terminal, static _ => throw new InvalidDataException("bad")));
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
