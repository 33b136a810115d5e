using Lintel.Training.Review;

namespace Lintel.Training.Tests.Review;

public sealed class FeatureEvidenceTests
{
    [Fact]
    public void Thinned_matrix_keeps_every_nth_row_whole()
    {
        var evidence = new FeatureEvidence(["a", "b"], [.. Enumerable.Range(0, 20).Select(static i => (float)i)], [.. Enumerable.Range(100, 10)]);

        var thin = evidence.Thinned(4);

        thin.Rows.ShouldBe([100, 103, 106, 109]);
        thin.Values.ShouldBe([0f, 1f, 6f, 7f, 12f, 13f, 18f, 19f]);
        evidence.Thinned(10).ShouldBeSameAs(evidence);
    }

    [Fact]
    public void Review_of_more_rows_than_it_reads_finds_the_leak_that_is_there()
    {
        var design = SoundDesign.Read();
        var history = new SampleHistory
        {
            Count = 400_000,
            At = static row => row / 100.0,
            Features = [("amount", static row => row % 4 == 0 ? 1 : 0), ("night", static row => row % 7)],
        };

        var finding = SoundDesign.Finding("LT0451", design, history.Evidence(design));

        finding.Evidence.ShouldBe("AUC 1 alone; bound 0.99");
    }
}
