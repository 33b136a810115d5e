using Lintel.Training;
using Spectre.Console;

namespace Lintel.Cli.Progress;

/// <summary>A line when a stage is done, and one every ten seconds while it is not: for logs and pipes.</summary>
internal sealed class LineProgress(IAnsiConsole console, TimeProvider time) : ITrainingProgress
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private string? _name;
    private string? _note;
    private long _began;
    private long _spoke;

    public void Stage(string name)
    {
        End();
        lock (_gate)
        {
            (_name, _note) = (name, null);
            _began = _spoke = time.GetTimestamp();
        }
    }

    public void Report(double share, string? note)
    {
        lock (_gate)
        {
            _note = note ?? _note;
            if (_name is null || time.GetElapsedTime(_spoke) < Quiet) { return; }
            _spoke = time.GetTimestamp();
            console.WriteLine($"{_name,-16} {100 * Math.Clamp(share, 0, 1),3:0} %  {_note}".TrimEnd());
        }
    }

    public void Note(string line)
    {
        lock (_gate) { console.WriteLine(line); }
    }

    /// <summary>The last stage is done.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_name is null) { return; }
            console.WriteLine($"{_name,-16} {time.GetElapsedTime(_began).TotalSeconds,6:0.0} s");
            _name = null;
        }
    }
}
