using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Decisions.Promises;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Server.Tests.Http;

/// <summary>A server of a small regression whose policy keeps its promises: quantiles ten to either side of route and load.</summary>
internal sealed class ServedDeliveries : IAsyncDisposable
{
    private const string Text = """
        lintel: 1
        system: deliveries
        goal: Say how many minutes are left.
        requirements: { costs: { late: 3, early: 1, lost: 0.4 } }
        events:
          order: { source: orders.csv, id: id, time: at, fields: { items: number } }
          ask: { source: asks.csv, id: id, about: order by order, time: at, keys: { store: store, trip: trip }, fields: { route: number } }
          delivered: { source: delivered.csv, about: order by order, time: at }
        decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time) }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 3h }
        features: { route: route, items: order.items, asked: count(ask) by store over 1h }
        models: { minutes: { kind: xgboost, quantiles: [10%, 50%, 90%] } }
        evaluate: { metrics: [mae, cost] }
        policy:
          - promise least cost of minutes
          - keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 3
        """;

    private readonly HttpClient _client;

    private ServedDeliveries(string folder, ServerHost host)
    {
        (Folder, Host) = (folder, host);
        _client = new() { BaseAddress = host.Address };
    }

    internal string Folder { get; }

    internal ServerHost Host { get; }

    /// <param name="changes">Of the design's text.</param>
    internal static async Task<ServedDeliveries> StartAsync(string? folder = null, params (string Old, string New)[] changes)
    {
        folder ??= Directory.CreateTempSubdirectory("lintel-served-").FullName;
        var version = Version(changes.Aggregate(Text, static (text, c) => text.Replace(c.Old, c.New, StringComparison.Ordinal)));
        var state = LiveState.Empty(version.Compiled, InstantOrder.ByPlace);
        return new(folder, await ServerHost.StartAsync(new()
        {
            Workspace = new(folder),
            Kinds = new([]),
            Port = 0,
            Loaded = (version, state),
            Snapshots = null,
        }));
    }

    internal async Task<(int Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    internal async Task<string> StopAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
        return Folder;
    }

    public async ValueTask DisposeAsync() => Directory.Delete(await StopAsync(), recursive: true);

    private static SystemVersion Version(string text)
    {
        var diagnostics = new DiagnosticBag();
        var kinds = new KindRegistry([.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. PromiseStepKinds.Kinds]);
        var design = DesignFile.Parse("deliveries.yaml", text, kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        var compiled = CompiledDesign.Compile(design!, new CodeDictionaries());
        var nodes = new List<ScoringNode>();
        var context = new FitContext(1, 1, null, CancellationToken.None);
        foreach (var model in design!.Models)
        {
            int[] inputs = [.. model.Of.Select(of => nodes.FindIndex(n => n.Name == of))];
            var combiner = inputs.Length == 0 ? null : ModelKinds.Combiners.Single(c => c.Kind.Name == model.Kind)
                .Fit(model.Parameters, new float[1], new double[inputs.Length], inputs.Length, [.. inputs.Select(static _ => ScoreScale.Value)], context);
            nodes.Add(new(
                model.Name, model.Kind, combiner is null ? new Around(10 * (nodes.Count - 1)) : null, combiner, null, null,
                inputs.Length == 0 ? [0, 1, 2] : [], [.. inputs]));
        }
        return new(1, compiled, new([.. nodes]), [], null);
    }

    /// <summary>Route, twice the items, once the asks, and so much more.</summary>
    private sealed class Around(double more) : IModel
    {
        public int FeatureCount => 3;

        public ScoreScale Scale => ScoreScale.Value;

        public void Score(ReadOnlySpan<float> rows, Span<double> margins)
        {
            for (var r = 0; r < margins.Length; r++) { margins[r] = more + rows[3 * r] + (2 * rows[(3 * r) + 1]) + rows[(3 * r) + 2]; }
        }

        public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
        {
            (contributions[0], contributions[1], contributions[2]) = (row[0], 2 * row[1], row[2]);
            return more;
        }

        public void Write(BinaryWriter writer) => throw new NotSupportedException();
    }
}
