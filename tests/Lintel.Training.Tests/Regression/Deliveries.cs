using System.Globalization;
using System.Text;
using Lintel.Decisions.Promises;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Regression;

/// <summary>A small delivery log: an order every few minutes, some asked about twice, minutes that grow with the route and the evening and
/// scatter more when it is busy; long waits are cancelled now and then.</summary>
public sealed class Deliveries : IDisposable
{
    private const string Text = """
        lintel: 1
        system: deliveries
        goal: Say how many minutes are left.
        events:
          order: { source: orders.csv, id: id, time: at, keys: { store: store }, fields: { busy: number } }
          ask: { source: asks.csv, id: id, about: order by order, time: at, fields: { route: number } }
          delivered: { source: delivered.csv, about: order by order, time: at }
          cancelled: { source: cancelled.csv, about: order by order, time: at }
        decision: { each: ask, kind: regression, label: minutes(delivered.time - ask.time), censored: cancelled }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 3h }
        features:
          store: order.store
          hour: hour(time)
          route: route
          busy: order.busy
          waited: minutes(time - order.time)
        models:
          usual: { kind: median, uses: [store, hour], at least: 8 }
          minutes: { kind: xgboost, quantiles: [10%, 50%, 90%], residual over: usual, trees: 80, depth: 3, min child weight: 10, early stop: 10 }
        evaluate:
          metrics: [mae, rmse, pinball@10%, pinball@90%, crps, coverage@80%, late@5]
          baselines: [mean, median, route]
          slices: [busy > 0.5, waited > 0]
          gates: { mae: "<= 6" }
        serve: { mode: online }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-deliveries-").FullName;

    /// <param name="days">The last quarter is judged.</param>
    public Deliveries(int days = 14, params (string Old, string New)[] changes) : this(days, slowFrom: days, changes) { }

    /// <param name="slowFrom">Day from which on every order takes eight minutes longer.</param>
    public Deliveries(int days, int slowFrom, params (string Old, string New)[] changes)
    {
        Workspace = new(_folder);
        var text = changes.Aggregate(Text, static (text, c) => text.Contains(c.Old, StringComparison.Ordinal) ? text.Replace(c.Old, c.New)
            : throw new ArgumentException($"the design has no '{c.Old}'"));
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), text);
        WriteFiles(days, slowFrom);
    }

    public Workspace Workspace { get; }

    public static KindRegistry Kinds { get; } = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. PromiseStepKinds.Kinds]);

    public TrainingRequest Request => new()
    {
        DesignPath = Path.Combine(_folder, "design.yaml"),
        Workspace = Workspace,
        Kinds = Kinds,
        Command = "test",
        Seed = 3,
        Threads = 1,
        Clock = TimeProvider.System,
    };

    public int Cancelled { get; private set; }

    public TrainingResult Train() => TrainingRun.Run(Request);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteFiles(int days, int slowFrom)
    {
        var random = new RandomStream(5);
        var start = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var (orders, asks) = (new StringBuilder("id,at,store,busy\n"), new StringBuilder("id,order,at,route,told\n"));
        var (delivered, cancelled) = (new StringBuilder("order,at\n"), new StringBuilder("order,at\n"));
        for (var i = 0; i < days * 144; i++)
        {
            var at = start.AddMinutes(10 * i);
            var (store, busy, route) = (random.NextInt32(12), random.NextDouble(), 5 + (20 * random.NextDouble()));
            var minutes = 10 + route + (at.Hour >= 17 ? 8 : 0) + (0.7 * store) + (busy > 0.5 ? 4 : 1.5) * Math.Abs(random.NextNormal()) * 1.5;
            if (i >= slowFrom * 144) { minutes += 8; }
            orders.AppendLine(CultureInfo.InvariantCulture, $"o{i},{at:s},s{store},{busy:0.000}");
            asks.AppendLine(CultureInfo.InvariantCulture, $"a{i},o{i},{at.AddSeconds(5):s},{route:0.0},{minutes + (random.NextDouble() / 100):0.000}");
            if (i % 3 == 0)
            {
                asks.AppendLine(CultureInfo.InvariantCulture, $"b{i},o{i},{at.AddMinutes(8):s},{route:0.0},{minutes - 8 + (random.NextDouble() / 100):0.000}");
            }
            var patience = -150 * Math.Log(1 - random.NextDouble());
            if (patience < minutes)
            {
                Cancelled++;
                cancelled.AppendLine(CultureInfo.InvariantCulture, $"o{i},{at.AddMinutes(patience):s}");
            }
            else { delivered.AppendLine(CultureInfo.InvariantCulture, $"o{i},{at.AddMinutes(minutes):s}"); }
        }
        foreach (var (name, text) in new[] { ("orders", orders), ("asks", asks), ("delivered", delivered), ("cancelled", cancelled) })
        {
            File.WriteAllText(Path.Combine(_folder, name + ".csv"), text.ToString());
        }
    }
}
