using System.Text;
using Lintel.Monitoring;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Upkeep;

/// <summary>Monitors beside the requests, on a thread of its own that the scheduler treats as unimportant. It reads the log: no decision
/// waits for it.</summary>
internal sealed class MonitorWatch : IDisposable
{
    private readonly LiveService _live;
    private readonly MonitorRun _run;
    private readonly BackgroundWork _work;

    internal MonitorWatch(ServerOptions options, LiveService live)
    {
        _live = live;
        var gentle = options.Snapshots ?? new();
        _work = new("lintel monitor", options.WatchOutcomes!.Value, gentle.Nice);
        _run = new(new()
        {
            Workspace = options.Workspace,
            Kinds = options.Kinds,
            LogFolder = options.LogFolder,
            Version = () => live.Version.Number,
            Clock = options.Live.Clock,
            Retention = options.Live.Retention,
            Alert = options.Warn,
            Pace = new Pace(gentle.Work, gentle.Rest, _work.Stopping).Step,
        });
        _work.Start(Look, "nothing is monitored", options.Warn, atOnce: true);
    }

    /// <summary>As of the last look.</summary>
    internal MonitorReport Report => (_run.Report ?? Beginning()) with { Fault = Fault };

    /// <summary>Why the last look failed; null: it did not.</summary>
    internal string? Fault => _work.Fault;

    /// <summary>Stops the thread; the next start reads the log again and finds the same.</summary>
    public void Dispose() => _work.Dispose();

    internal void WriteMetrics(StringBuilder text)
    {
        if (_run.Report is not { } report) { return; }
        if (report.Quality is { } quality) { QualityMetricsText.Write(text, quality, report.Alerts); }
        if (report.Drift is { } drift) { DriftMetricsText.Write(text, drift); }
    }

    private MonitorReport Beginning()
    {
        var design = _live.Design;
        return new(
            design.System, _live.Version.Number, design.Decision.Kind.ToString().ToLowerInvariant(), null, 0,
            [new("quality", false, "the log is being read; ask again")]);
    }

    private void Look()
    {
        if (_live.Log.Fault is null) { _run.Step(_live.Log.Durable); }
    }
}
