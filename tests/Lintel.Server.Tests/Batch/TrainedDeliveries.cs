using System.Globalization;
using System.Text;
using Lintel.Decisions.Promises;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Batch;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;

namespace Lintel.Server.Tests.Batch;

/// <summary>A workspace of a few days of deliveries, and a version whose ranges follow outcomes and whose promises are kept.</summary>
internal sealed class TrainedDeliveries : IDisposable
{
    private const int Orders = 1_200;

    private const string Design = """
        lintel: 1
        system: deliveries
        goal: Say how many minutes are left.
        timezone: America/Los_Angeles
        requirements: { costs: { late: 3, early: 1, lost: 0.4 } }
        events:
          order: { source: orders.csv, id: order, time: at, keys: { shop: store }, fields: { items: number } }
          ask:
            source: asks.csv
            id: ask
            about: order by order
            time: at
            keys: { store: store, trip: order }
            fields: { stage: text, route: number, rain: bool }
          delivered: { source: delivered.csv, about: order by order, time: at }
        decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time) }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 2h }
        features:
          store: store
          hour: hour(time)
          waited: minutes(time - order.time)
          route: route
          rain: rain
          items: order.items
          asked: count(ask) by store over 1d
          took: mean(minutes(delivered.time - delivered.order.time)) by order.shop over 7d
        models:
          minutes: { kind: xgboost, quantiles: [10%, 50%, 90%], trees: 20, depth: 3 }
          range: { kind: conformal, of: [minutes], cover: [80%], by: store }
        evaluate: { metrics: [mae, coverage@80%, cost], baselines: [mean] }
        policy:
          - promise least cost of range
          - keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 3
        """;

    internal TrainedDeliveries()
    {
        var folder = Workspace.Folder;
        File.WriteAllText(Path.Combine(folder, "design.yaml"), Design);
        WriteFiles(folder);
        TrainingRun.Run(new()
        {
            DesignPath = Path.Combine(folder, "design.yaml"),
            Workspace = Workspace,
            Kinds = Kinds,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        }).Manifest.Version.ShouldBe(1);
        new LiveReference(1, DateTimeOffset.UnixEpoch, "a test", "because").Write(Workspace);
    }

    internal static DateTime Start { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When the files end.</summary>
    internal static DateTime End { get; } = Start.AddMinutes(10 * Orders);

    internal Workspace Workspace { get; } = new(Directory.CreateTempSubdirectory("lintel-deliveries-").FullName);

    internal static KindRegistry Kinds { get; } = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. PromiseStepKinds.Kinds]);

    internal BatchRequest Request(string? asks, string folder) => new()
    {
        Workspace = Workspace,
        Kinds = Kinds,
        Version = 1,
        Asks = asks,
        Folder = Out(folder),
        Clock = TimeProvider.System,
        Workers = 2,
    };

    internal string Out(string name) => Path.Combine(Workspace.Folder, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(Out(name), text);
        return Out(name);
    }

    public void Dispose() => Directory.Delete(Workspace.Folder, recursive: true);

    private static void WriteFiles(string folder)
    {
        var random = new RandomStream(5);
        var (orders, asks, delivered) = (new StringBuilder("order,at,store,items\n"), new StringBuilder("ask,order,at,store,stage,route,rain\n"), new StringBuilder("order,at\n"));
        for (var i = 0; i < Orders; i++)
        {
            var at = Start.AddMinutes(10 * i);
            var (store, items, route, rain) = (random.NextInt32(6), 1 + random.NextInt32(5), 5 + (20 * random.NextDouble()), random.NextDouble() < 0.2);
            var minutes = 10 + route + (at.Hour >= 17 ? 8 : 0) + store + (rain ? 6 : 0) + (3 * Math.Abs(random.NextNormal()));
            orders.Append(CultureInfo.InvariantCulture, $"o{i},{at:s},s{store},{items}\n");
            asks.Append(CultureInfo.InvariantCulture, $"a{i},o{i},{at.AddSeconds(5):s},s{store},placed,{route:0.0},{rain}\n");
            if (i < Orders - 3) { delivered.Append(CultureInfo.InvariantCulture, $"o{i},{at.AddMinutes(minutes):s}\n"); }
        }
        File.WriteAllText(Path.Combine(folder, "orders.csv"), orders.ToString());
        File.WriteAllText(Path.Combine(folder, "asks.csv"), asks.ToString());
        File.WriteAllText(Path.Combine(folder, "delivered.csv"), delivered.ToString());
    }
}
