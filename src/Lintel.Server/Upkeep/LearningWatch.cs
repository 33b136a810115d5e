using System.Globalization;
using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http;
using Lintel.Training.Continuous;

namespace Lintel.Server.Upkeep;

/// <summary>Learns beside the requests, on a thread of its own that the scheduler treats as unimportant; what it publishes is taken up
/// as any promoted version is.</summary>
internal sealed class LearningWatch : IDisposable
{
    private readonly LiveService _live;
    private readonly LearningRun _run;
    private readonly BackgroundWork _work;

    internal LearningWatch(ServerOptions options, LiveService live)
    {
        _live = live;
        var gentle = options.Snapshots ?? new();
        _work = new("lintel learning", options.WatchLabels!.Value, gentle.Nice);
        _run = new(new()
        {
            Workspace = options.Workspace,
            Kinds = options.Kinds,
            LogFolder = options.LogFolder ?? options.Workspace.LogFolder,
            Live = options.Live,
            Warn = options.Warn,
            Tell = options.Tell,
            Pace = new Pace(gentle.Work, gentle.Rest, _work.Stopping).Step,
        });
        _work.Start(Look, "nothing is learned", options.Warn);
    }

    internal LearningStatus Status => _run.Status;

    /// <summary>Why the last look failed; null: it did not.</summary>
    internal string? Fault => _work.Fault;

    /// <summary>Stops the thread; what was learned since the last publication is learned again at the next start.</summary>
    public void Dispose() => _work.Dispose();

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("on"u8, Status.IsOn);
        if (Fault is not null) { json.WriteString("fault"u8, Fault); }
        if (Status is { IsOn: true } status)
        {
            json.WriteNumber("root"u8, status.Root);
            json.WriteNumber("place"u8, status.Place);
            json.WriteNumber("rows"u8, status.Rows);
            json.WriteNumber("waiting"u8, status.Waiting);
            json.WriteNumber("pages"u8, status.Pages);
            json.WriteNumber("unheard"u8, status.Unheard);
            json.WriteNumber("published"u8, status.Published);
            json.WriteNumber("blocked"u8, status.Blocked);
            json.WriteNumber("rolledBack"u8, status.RolledBack);
            json.WritePropertyName("hour"u8);
            JsonSerializer.Serialize(json, status.Hour, VersionManifest.Json);
            json.WritePropertyName("day"u8);
            JsonSerializer.Serialize(json, status.Day, VersionManifest.Json);
            json.WriteString("last"u8, status.Last);
        }
        json.WriteEndObject();
    }

    internal void WriteMetrics(StringBuilder text)
    {
        if (Status is not { IsOn: true } status) { return; }
        ServerUpkeep.Single(text, "lintel_learning_rows", "gauge", "Labelled decisions, or items shown, learned since the trained version.", $"{status.Rows}");
        ServerUpkeep.Single(text, "lintel_learning_waiting", "gauge", "Decisions, or items shown, that wait for their label.", $"{status.Waiting}");
        ServerUpkeep.Single(text, "lintel_learning_pages", "gauge", "Pages of which an item was not shown yet.", $"{status.Pages}");
        ServerUpkeep.Single(text, "lintel_learning_unheard", "gauge", "Labels that name no record, came late or twice.", $"{status.Unheard}");
        ServerUpkeep.Single(text, "lintel_learning_published_total", "counter", "Versions published of what was learned.", $"{status.Published}");
        ServerUpkeep.Single(text, "lintel_learning_blocked_total", "counter", "Publications that were kept back.", $"{status.Blocked}");
        ServerUpkeep.Single(text, "lintel_learning_rollbacks_total", "counter", "Times that learning went back.", $"{status.RolledBack}");
        Figure(text, "lintel_learning_calibration", "Positives promised over positives seen, predicted before learned.", static f => f.Calibration, status);
        Figure(text, "lintel_learning_normalised_entropy", "Normalised entropy, predicted before learned.", static f => f.NormalisedEntropy, status);
        Figure(text, "lintel_learning_auc", "Area under the ROC curve, predicted before learned.", static f => f.Auc, status);
    }

    private static void Figure(StringBuilder text, string name, string help, Func<ProgressiveFigures, double?> figure, LearningStatus status)
    {
        ServerMetrics.Head(text, name, "gauge", help);
        foreach (var (window, figures) in new[] { ("1h", status.Hour), ("24h", status.Day) })
        {
            if (figure(figures) is not { } value) { continue; }
            text.Append(CultureInfo.InvariantCulture, $"{name}{{window=\"{window}\"}} {value:0.######}\n");
        }
    }

    private void Look()
    {
        if (_live.Log.Fault is null) { _run.Step(_live.Log.Durable); }
    }
}
