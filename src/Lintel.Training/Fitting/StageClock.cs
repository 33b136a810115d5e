using System.Diagnostics;

namespace Lintel.Training.Fitting;

/// <summary>Passes progress on and keeps how long each stage took.</summary>
internal sealed class StageClock(ITrainingProgress inner) : ITrainingProgress
{
    private readonly SortedDictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _stage = new();
    private string? _name;

    public void Stage(string name)
    {
        Close();
        _name = name;
        _stage.Restart();
        inner.Stage(name);
    }

    public void Report(double share, string? note) => inner.Report(share, note);

    public void Note(string line) => inner.Note(line);

    /// <summary>Seconds by stage, the running one included, and <c>total</c>.</summary>
    public SortedDictionary<string, double> Seconds()
    {
        Close();
        return new(_seconds, StringComparer.Ordinal) { ["total"] = _total.Elapsed.TotalSeconds };
    }

    private void Close()
    {
        if (_name is null) { return; }
        _seconds[_name] = _seconds.GetValueOrDefault(_name) + _stage.Elapsed.TotalSeconds;
        _name = null;
    }
}
