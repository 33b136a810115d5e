using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics;

/// <summary>AUC within requests.</summary>
public sealed class GroupedAucTests
{
    [Fact]
    public void Each_request_counts_by_its_rows_and_ties_count_half()
    {
        // request 7: the click is first; 8: it is last of three; 9: it ties; 10 has no click, 11 nothing else
        double[] margins = [2, 1, 0, 1, 2, 5, 5, 9, 8, 7];
        float[] labels = [1, 0, 1, 0, 0, 1, 0, 0, 0, 1];
        int[] requests = [7, 7, 8, 8, 8, 9, 9, 10, 10, 11];
        var rows = JudgedRows.Of(margins, labels);
        var grouped = new Judged
        {
            Margins = margins,
            Labels = labels,
            Days = rows.Days,
            Keys = rows.Keys,
            Groups = requests,
        };
        JudgedRows.Evaluate("gauc", grouped).ShouldBe(((2 * 1) + (3 * 0) + (2 * 0.5)) / 7, 1e-12);
        // no level of a request moves it
        var moved = margins.Zip(requests, static (m, r) => m + (100 * r)).ToArray();
        JudgedRows.Evaluate("gauc", new()
        {
            Margins = moved,
            Labels = labels,
            Days = rows.Days,
            Keys = rows.Keys,
            Groups = requests,
        }).ShouldBe(3 / 7.0, 1e-12);
    }

    [Fact]
    public void Without_requests_or_without_both_kinds_in_one_it_is_undefined()
    {
        JudgedRows.Evaluate("gauc", JudgedRows.Of([1, 2], [0, 1])).ShouldBe(double.NaN);
        var rows = JudgedRows.Of([1, 2], [0, 1]);
        JudgedRows.Evaluate("gauc", new() { Margins = rows.Margins, Labels = rows.Labels, Days = rows.Days, Keys = rows.Keys, Groups = [0, 1] })
            .ShouldBe(double.NaN);
    }
}
