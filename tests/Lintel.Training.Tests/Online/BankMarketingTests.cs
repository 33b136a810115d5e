using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Online;

namespace Lintel.Training.Tests.Online;

/// <summary>Real answers to calls whose rate drifts: <c>systems/ad-click/bank-marketing.yaml</c> on the file that it names.</summary>
public sealed class BankMarketingTests
{
    private const string Data = "shared/data/ads/bank_marketing_uci";

    [SharedFact(Data)]
    public void What_learns_online_stays_calibrated_where_a_fit_of_the_past_does_not()
    {
        var workspace = Directory.CreateTempSubdirectory("lintel-bank-").FullName;
        try
        {
            var made = TradeoffRun.Run(
                new TrainingRequest
                {
                    DesignPath = SharedFactAttribute.Find("systems/ad-click/bank-marketing.yaml")!,
                    DataFolder = SharedFactAttribute.Find(Data)!,
                    Workspace = new(workspace),
                    Kinds = new KindRegistry([.. ModelKinds.Kinds, .. MetricKinds.Kinds]),
                    Command = "test",
                    Clock = TimeProvider.System,
                    Threads = 1,
                },
                ["online"]);
            (made.TestRows, made.TestPositives).ShouldBe((6_224, 715));
            var ways = made.Models.ShouldHaveSingleItem().Ways.ToDictionary(static w => w.Way, static w => w.Figures);
            var (once, weekly, online) = (ways["fitted once"], ways["retrained 7d"], ways["online 5m"]);
            online.Calibration!.Value.ShouldBe(1, 2 * online.CalibrationError!.Value);
            Math.Abs(once.Calibration!.Value - 1).ShouldBeGreaterThan(0.2);
            online.Auc!.Value.ShouldBeGreaterThan(weekly.Auc!.Value);
            online.NormalisedEntropy!.Value.ShouldBeLessThan(weekly.NormalisedEntropy!.Value);
            weekly.NormalisedEntropy.Value.ShouldBeLessThan(once.NormalisedEntropy!.Value);
        }
        finally { Directory.Delete(workspace, recursive: true); }
    }
}
