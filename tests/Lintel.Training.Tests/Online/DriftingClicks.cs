using System.Globalization;
using System.Text;
using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Online;

namespace Lintel.Training.Tests.Online;

/// <summary>Visits every ten minutes, each of one of ten ads. Even ads are clicked often and odd ones rarely, until it turns round
/// in the test period. A click comes five minutes after its visit.</summary>
internal sealed class DriftingClicks : IDisposable
{
    internal const long Minute = 60_000_000;
    internal const int Days = 20, TurnsAt = 14, PerDay = 144;

    private const string Text = """
        lintel: 1
        system: clicks
        goal: Know what will be clicked.
        events:
          visit: { source: visits.csv, id: id, time: at, keys: { ad: ad }, fields: { amount: number } }
          click: { source: clicks.csv, about: visit by id, time: at }
        decision: { each: visit, kind: classification, label: click within 30m }
        split: { by: time, train: 60%, test: 40% }
        features:
          ad: ad hashed 10 bits
          amount: amount
        models:
          numbers: { kind: logistic, uses: [amount] }
          online: { kind: ftrl, alpha: 0.3 }
        evaluate:
          metrics: [auc]
        outcomes: [hide, show]
        policy:
          - show if online > 0.3
          - hide
        serve: { mode: online, on failure: hide }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-online-").FullName;

    internal DriftingClicks(string model = "{ kind: ftrl, alpha: 0.3 }")
    {
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), Text.Replace("{ kind: ftrl, alpha: 0.3 }", model, StringComparison.Ordinal));
        var random = new RandomStream(11);
        var (visits, clicks) = (new StringBuilder("id,at,ad,amount\n"), new StringBuilder("id,at\n"));
        for (var i = 0; i < Days * PerDay; i++)
        {
            var ad = random.NextInt32(10);
            visits.AppendLine(CultureInfo.InvariantCulture, $"{i},{At(i, 0)},a{ad},{random.NextInt32(100)}");
            var often = ad % 2 == 0 == i / PerDay < TurnsAt;
            if (random.NextDouble() < (often ? 0.5 : 0.05)) { clicks.AppendLine(CultureInfo.InvariantCulture, $"{i},{At(i, 5)}"); }
        }
        File.WriteAllText(Path.Combine(_folder, "visits.csv"), visits.ToString());
        File.WriteAllText(Path.Combine(_folder, "clicks.csv"), clicks.ToString());
    }

    internal TrainingRequest Request => new()
    {
        DesignPath = Path.Combine(_folder, "design.yaml"),
        Workspace = new(_folder),
        Kinds = new KindRegistry([.. ModelKinds.Kinds, .. MetricKinds.Kinds]),
        Command = "test",
        Clock = TimeProvider.System,
        Threads = 1,
    };

    internal (LearningRows Rows, OnlineModel Model) Fit()
    {
        var design = DesignFile.Load(Request.DesignPath, Request.Kinds);
        var prepared = Preparation.Read(design, Request);
        var rows = LearningRows.Read(prepared, Request, default);
        var fitter = new SystemFitter(
            design.Models, prepared.Compiled.Plan.FeatureNames, rows.Examples, 1, 1, NoProgress.Instance, default);
        return (rows, new(design.Models[1], rows, fitter, 1));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string At(int visit, int minute) =>
        new DateTime(2026, 1, 1).AddMinutes((10 * visit) + minute).ToString("s", CultureInfo.InvariantCulture);
}
