using System.Text;
using Lintel.Monitoring;
using Lintel.Native;
using Lintel.Native.Posix;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Upkeep;

/// <summary>Monitors beside the requests, on a thread of its own that the scheduler treats as unimportant. It reads the log: no decision
/// waits for it.</summary>
internal sealed class MonitorWatch : IDisposable
{
    private readonly ServerOptions _options;
    private readonly LiveService _live;
    private readonly MonitorRun _run;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;

    internal MonitorWatch(ServerOptions options, LiveService live)
    {
        (_options, _live) = (options, live);
        var gentle = options.Snapshots ?? new();
        _run = new(new()
        {
            Workspace = options.Workspace,
            Kinds = options.Kinds,
            LogFolder = options.LogFolder,
            Version = () => live.Version.Number,
            Clock = options.Live.Clock,
            Retention = options.Live.Retention,
            Alert = options.Warn,
            Pace = new Pace(gentle.Work, gentle.Rest, _stop).Step,
        });
        _thread = new(Run) { IsBackground = true, Name = "lintel monitor" };
        _thread.Start();
    }

    /// <summary>As of the last look.</summary>
    internal MonitorReport Report => (_run.Report ?? Beginning()) with { Fault = Fault };

    /// <summary>Why the last look failed; null: it did not.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Stops the thread; the next start reads the log again and finds the same.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    internal void WriteMetrics(StringBuilder text)
    {
        if (_run.Report is { Quality: { } quality } report) { QualityMetricsText.Write(text, quality, report.Alerts); }
    }

    private MonitorReport Beginning()
    {
        var design = _live.Design;
        return new(
            design.System, _live.Version.Number, design.Decision.Kind.ToString().ToLowerInvariant(), null, 0,
            [new("quality", false, "the log is being read; ask again")]);
    }

    private void Run()
    {
        BackgroundThread.BeNice((_options.Snapshots ?? new()).Nice);
        do
        {
            if (_live.Log.Fault is not null) { continue; }
            try
            {
                _run.Step(_live.Log.Durable);
                Fault = null;
            }
            catch (OperationCanceledException) { return; }
            catch (Exception fault) when (fault is IOException or InvalidDataException or NativeException or UnauthorizedAccessException)
            {
                // what is monitored must not stop decisions; it is tried again
                if (Fault != fault.Message) { _options.Warn($"nothing is monitored: {fault.Message}"); }
                Fault = fault.Message;
            }
        }
        while (!_stop.WaitOne(_options.WatchOutcomes!.Value));
    }
}
