namespace Lintel.Design.Tests;

/// <summary><c>source_row</c>: records that their place in the source identifies.</summary>
public sealed class RowNumberGrammarTests
{
    private const string Id = "    id: transaction_id\n", About = "about: payment by transaction_id";

    [Fact]
    public void An_event_in_its_subjects_row_names_it_by_the_row()
    {
        var events = FraudDesign.Read(
            FraudDesign.With(Id, "    id: source_row\n").Replace(About, "about: payment by source_row", StringComparison.Ordinal)).Events;
        events[0].Id.ShouldBe(SourceExpression.RowNumber);
        events[1].About.ShouldBe(new SubjectDesign(events[0], SourceExpression.RowNumber));
    }

    [Fact]
    public void A_subject_with_another_id_is_not_known_by_its_row() =>
        FraudDesign.Fault(FraudDesign.With(About, "about: payment by source_row")).ShouldContain(
            "error LT0121: 'payment' is not known by its row; got id: transaction_id; expected id: source_row; write about: payment by transaction_id");

    [Fact]
    public void A_subject_without_an_id_must_say_that_its_row_is_one() =>
        FraudDesign.Fault(FraudDesign.With(Id, "").Replace(About, "about: payment by source_row", StringComparison.Ordinal)).ShouldContain(
            "error LT0121: 'payment' is not known by its row; got no id; expected id: source_row; give 'payment' id: source_row");

    [Fact]
    public void A_row_of_another_source_names_nothing() =>
        FraudDesign.Fault(FraudDesign.With(
                $"source: payments/*.parquet\n    {About}", "source: verdicts/*.parquet\n    about: payment by source_row")
            .Replace(Id, "    id: source_row\n", StringComparison.Ordinal)).ShouldContain(
            "error LT0121: 'source_row' names a row of this event's own source, and 'payment' is read from another; got source: payments/*.parquet; "
            + "expected source: verdicts/*.parquet; name a column that holds the id");
}
