using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Design.Tests;

/// <summary>What a design says that goes on learning while it serves.</summary>
public sealed class ContinuousGrammarTests
{
    private const string Retrain = "retrain: { every: 1d, refit: now, promote: when no gate is broken and no slice is worse }";

    private static string Design(string retrain) => FraudDesign.Text.Replace(Retrain, $"retrain: {{ {retrain} }}");

    [Fact]
    public void The_interval_and_the_band_are_read()
    {
        var kinds = new KindRegistry(Enum.GetValues<KindFamily>().SelectMany(TestKinds.All.Of)
            .Select(static kind => kind with { LearnsOnline = kind.Name == "isolation-forest" }));
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse(
            "fraud.yaml", Design("continuous: 5m, rollback: calibration outside 0.95..1.05"), kinds, diagnostics);
        diagnostics.All.ShouldBeEmpty();
        var retrain = design!.Retrain;
        retrain.Continuous.ShouldBe(TimeSpan.FromMinutes(5));
        retrain.Rollback.ShouldBe(new RollbackBand(0.95, 1.05));
    }

    [Theory]
    [InlineData("continuous: 5m", "error LT0121: no model can go on learning")]
    [InlineData("rollback: calibration outside 0.9..1.1", "error LT0121: 'rollback' is said of continuous learning")]
    [InlineData("continuous: 5m, rollback: calibration outside 1.1..1.2", "error LT0109: 'rollback' says a band with 1 inside")]
    [InlineData("continuous: 5m, rollback: auc below 0.7", "error LT0109: 'rollback' says a band with 1 inside")]
    [InlineData("continuous: 0s", "error LT0111: 'continuous' leaves nothing")]
    public void What_cannot_be_is_told_with_its_cure(string retrain, string expected) =>
        FraudDesign.Faults(Design(retrain)).ShouldContain(fault => fault.Contains(expected));

    [Theory]
    [InlineData("label: verdict", "error LT0121: a negative is never known: the label only happens")]
    [InlineData("label: verdict within 120d", "error LT0121: a label is known only when its record is forgotten")]
    public void A_label_must_become_known_while_its_record_is(string label, string expected) =>
        FraudDesign.Faults(Design("continuous: 5m").Replace("label: verdict.fraud", label)).ShouldContain(fault => fault.Contains(expected));
}
