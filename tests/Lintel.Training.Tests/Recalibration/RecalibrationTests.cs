using Lintel.Pipeline.Versions;
using Lintel.Training.Recalibration;
using Lintel.Training.Tests.Fitting;

namespace Lintel.Training.Tests.Recalibration;

public sealed class RecalibrationTests
{
    [Fact]
    public void Calibration_follows_a_base_rate_that_moved()
    {
        using var payments = new TrainedPayments(days: 40);
        payments.WriteFiles(days: 75, moreFrom: 40);
        var made = RecalibrationRun.Run(1, RecalibrationRun.DefaultOver, payments.Request);

        made.Manifest.Version.ShouldBe(2);
        made.Manifest.Skew.ShouldBeNull();
        var result = made.Manifest.Recalibration.ShouldNotBeNull();
        result.Parent.ShouldBe(1);
        result.Weighted.ShouldBeFalse();
        // fitted on earlier days than those that judge, none of which the models have seen
        string.CompareOrdinal(result.FitFrom, "2025-02-09").ShouldBeGreaterThan(0);
        string.CompareOrdinal(result.FitFrom, result.JudgeFrom).ShouldBeLessThan(0);
        string.CompareOrdinal(result.JudgeFrom, result.JudgeTo).ShouldBeLessThan(0);

        // what drift is measured against are the days that judged it
        var judged = JudgedDistributions.Read(made.Folder).ShouldNotBeNull();
        judged.Rows.ShouldBeGreaterThanOrEqualTo(made.Manifest.Rows.Test);
        judged.From.ShouldBe(result.JudgeFrom[..10]);
        judged.Scores.ShouldNotBeEmpty();

        // three times as much fraud as promised; then as much as promised
        result.Before.Ratio.Test!.Value.ShouldBeInRange(0.2, 0.5);
        result.Before.Ratio.Interval![1]!.Value.ShouldBeLessThan(0.7);
        result.After.Ratio.Interval![0]!.Value.ShouldBeLessThan(1);
        result.After.Ratio.Interval![1]!.Value.ShouldBeGreaterThan(1);
        result.After.Error.Test!.Value.ShouldBeLessThan(result.Before.Error.Test!.Value / 2);
        made.Manifest.Metrics["calibration"].Test.ShouldBe(result.After.Ratio.Test);

        // the models are the parent's: margins are the same, probabilities are not
        var (parent, child) = (payments.Load(1), payments.Load(2));
        double[] features = [180, 3, 3.6e9];
        var (before, after) = (new double[2], new double[2]);
        parent.Graph.Score(features, before);
        child.Graph.Score(features, after);
        after[0].ShouldBe(before[0]);
        after[1].ShouldBeGreaterThan(before[1]);
        // and its data can be brought back
        Lintel.Training.Fitting.Preparation.OfVersion(made.Manifest, payments.Request).History.Fingerprint
            .ShouldBe(made.Manifest.DataFingerprint);
    }

    [Fact]
    public void Without_new_labels_nothing_is_fitted()
    {
        using var payments = new TrainedPayments(days: 40);
        Should.Throw<InvalidDataException>(() => RecalibrationRun.Run(1, RecalibrationRun.DefaultOver, payments.Request))
            .Message.ShouldContain("have matured");
        payments.Workspace.Versions().ShouldBe([1]);
        Directory.GetDirectories(payments.Workspace.VersionsFolder).Length.ShouldBe(1);
        SystemVersion.ReadManifest(payments.Workspace.VersionFolder(1)).Recalibration.ShouldBeNull();
    }
}
