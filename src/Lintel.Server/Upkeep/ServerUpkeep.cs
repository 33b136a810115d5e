using System.Globalization;
using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Server.Http;

namespace Lintel.Server.Upkeep;

/// <summary>What runs beside the requests: snapshots of the state, and the adoption of promoted versions; and what an
/// operator reads of them and of the clock.</summary>
internal sealed class ServerUpkeep : IDisposable
{
    private readonly LiveService _live;
    private readonly SnapshotMaker? _snapshots;
    private readonly VersionWatch? _watch;
    private readonly LogKeeper? _keeper;
    private readonly BatchWatch? _batches;
    private readonly LearningWatch? _learning;
    private readonly MonitorWatch? _monitor;

    /// <param name="shelf">Of the version that serves; null: it stands in no folder, nothing runs.</param>
    internal ServerUpkeep(ServerOptions options, LiveService live, ServedVersions versions, StateShelf? shelf)
    {
        _live = live;
        live.ClockJumped = jump => options.Warn(jump == TimeSpan.Zero
            ? "the wall clock agrees with the monotonic clock again."
            : $"the wall clock jumped by {Seconds(jump)} s; records get the time of the monotonic clock until it is set right.");
        if (live.ClockBehind is { } behind)
        {
            options.Warn($"the wall clock stands {Seconds(behind)} s behind the log's last record; records become known right behind that one "
                + "until the clock has passed it. Set the clock.");
        }
        if (shelf is null) { return; }
        if (options.Snapshots is { } snapshots) { _snapshots = new(live, shelf, snapshots, options.Warn); }
        // segments go only where snapshots reach behind them
        if (options.Compact is not null) { _keeper = new(options, () => _snapshots?.Shelf.SafePlace ?? 0, live.Log.DeleteBefore); }
        if (options.WatchBatches is { } look && live.Version.Retriever is not null)
        {
            _batches = new(options.Workspace.BatchFolder, live, look, options.Warn);
        }
        if (options is { WatchLive: not null, Version: null })
        {
            _watch = new(options, live, versions, _snapshots);
            if (options.WatchLabels is not null) { _learning = new(options, live); }
        }
        if (options.WatchOutcomes is not null) { _monitor = new(options, live); }
    }

    /// <summary>The last snapshot that was made; null: none since the start.</summary>
    internal MadeSnapshot? LastSnapshot => _snapshots?.Last;

    /// <summary>What is learned beside the requests; null: nothing ever is.</summary>
    internal LearningWatch? Learning => _learning;

    /// <summary>What is seen of the answers; null: nothing is looked at.</summary>
    internal MonitorWatch? Monitor => _monitor;

    public void Dispose()
    {
        _monitor?.Dispose();
        _learning?.Dispose();
        _watch?.Dispose();
        _batches?.Dispose();
        _keeper?.Dispose();
        _snapshots?.Dispose();
    }

    /// <summary>Writes what is not as it should be while requests are answered all the same.</summary>
    internal void WriteReady(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "ready"u8);
        if (_watch?.Fault is { } fault) { json.WriteString("version"u8, fault); }
        if (_learning?.Fault is { } learning) { json.WriteString("learning"u8, learning); }
        if (_monitor?.Fault is { } monitor) { json.WriteString("monitor"u8, monitor); }
        if (_batches?.Fault is { } batch) { json.WriteString("batch"u8, batch); }
        if (_keeper?.Fault is { } compaction) { json.WriteString("compaction"u8, compaction); }
        if (_live.ClockJump != TimeSpan.Zero)
        {
            json.WriteString("clock"u8, $"the wall clock stands {Seconds(_live.ClockJump)} s from the time that records get");
        }
        else if (_live.ClockBehind is { } behind)
        {
            json.WriteString("clock"u8, $"the wall clock stands {Seconds(behind)} s behind the log's last record");
        }
        json.WriteEndObject();
    }

    internal void WriteMetrics(StringBuilder text)
    {
        Single(text, "lintel_clock_jump_seconds", "gauge",
            "Wall clock ahead of the time that records get, behind when negative; 0: they agree.", Seconds(_live.ClockJump));
        Single(text, "lintel_clock_behind_seconds", "gauge", "Wall clock behind the log's last record.",
            Seconds(_live.ClockBehind ?? TimeSpan.Zero));
        var dictionaries = _live.Dictionaries();
        ServerMetrics.Head(text, "lintel_dictionary_texts", "gauge", "Keys of an entity, or texts of fields, that were ever seen.");
        foreach (var (domain, count, _) in dictionaries) { text.Append($"lintel_dictionary_texts{{domain=\"{domain}\"}} {count}\n"); }
        ServerMetrics.Head(text, "lintel_dictionary_bytes", "gauge", "Memory that they and their codes take, without what windows hold of them.");
        foreach (var (domain, _, bytes) in dictionaries) { text.Append($"lintel_dictionary_bytes{{domain=\"{domain}\"}} {bytes}\n"); }
        if (_snapshots is not null)
        {
            Single(text, "lintel_snapshots_total", "counter", "Snapshots of the state made.", $"{_snapshots.Made}");
            Single(text, "lintel_snapshots_failed_total", "counter", "Snapshots that could not be made.", $"{_snapshots.Failed}");
            Single(text, "lintel_replay_differences_total", "counter",
                "Decisions whose recorded features differ from what the snapshot's replay read; there must be none.",
                $"{_snapshots.Differences}");
            Single(text, "lintel_snapshot_place", "gauge", "Place of the log that the last snapshot holds.", $"{_snapshots.Last?.Place ?? 0}");
            Single(text, "lintel_snapshot_bytes", "gauge", "Size of the last snapshot.", $"{_snapshots.Last?.Bytes ?? 0}");
            Single(text, "lintel_snapshot_seconds", "gauge", "How long the last snapshot took.",
                Seconds(_snapshots.Last?.Took ?? TimeSpan.Zero));
        }
        if (_keeper is not null)
        {
            Single(text, "lintel_log_compacted_place", "gauge", "Place of the log up to which it stands in days.", $"{_keeper.CompactedTo}");
            Single(text, "lintel_log_segments_deleted_total", "counter", "Segments of the log deleted.", $"{_keeper.Deleted}");
        }
        if (_live.Precomputed is { } pages)
        {
            Single(text, "lintel_batch_pages", "gauge", "Visitors whose page a batch made ahead.", $"{pages.Count}");
            Single(text, "lintel_batch_timestamp_seconds", "gauge", "Instant as of which these pages were made.",
                (pages.Description.Instant / 1e6).ToString("0.######", CultureInfo.InvariantCulture));
        }
        if (_watch is not null)
        {
            Single(text, "lintel_adoptions_total", "counter", "Promoted versions adopted without a restart.", $"{_watch.Adopted}");
            Single(text, "lintel_adoptions_failed_total", "counter", "Promoted versions that could not serve.", $"{_watch.Failed}");
        }
        _learning?.WriteMetrics(text);
        _monitor?.WriteMetrics(text);
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    internal static void Single(StringBuilder text, string name, string type, string help, string value)
    {
        ServerMetrics.Head(text, name, type, help);
        text.Append($"{name} {value}\n");
    }
}
