using Lintel.Cli.Shell;
using Lintel.Training;
using Spectre.Console;

namespace Lintel.Cli.Progress;

/// <summary>Runs long work while its progress is shown on standard error: bars on a terminal, plain lines elsewhere.</summary>
internal static class Watch
{
    public static async Task<T> Run<T>(Terminal terminal, Func<ITrainingProgress, Task<T>> work)
    {
        if (!terminal.IsInteractive)
        {
            var lines = new LineProgress(terminal.Error, terminal.Time);
            var plain = await Task.Run(() => work(lines)).ConfigureAwait(false);
            lines.End();
            return plain;
        }
        return await terminal.Error.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 28, CompletedStyle = new(Color.Teal), FinishedStyle = new(Color.Grey), RemainingStyle = new(Color.Grey23) },
                new PercentageColumn(),
                new ElapsedSecondsColumn())
            .StartAsync(async context =>
            {
                var bars = new BarProgress(context, terminal.Error);
                try
                {
                    var result = await Task.Run(() => work(bars)).ConfigureAwait(false);
                    bars.End();
                    return result;
                }
                catch
                {
                    bars.Break();
                    throw;
                }
            }).ConfigureAwait(false);
    }
}
