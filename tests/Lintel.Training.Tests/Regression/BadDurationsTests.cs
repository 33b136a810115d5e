using Lintel.Design;
using Lintel.Training.Fitting;

namespace Lintel.Training.Tests.Regression;

/// <summary>Durations as files bring them: deliveries that ended before they began, and nights in which the clock is changed.</summary>
public sealed class BadDurationsTests
{
    [Theory]
    [InlineData(6, "a few labels are negative.*6 of [0-9,]+, down to -[0-9]+")]
    [InlineData(300, "time does not run backwards.*300 of [0-9,]+, down to -[0-9]+")]
    public void Deliveries_before_their_order_are_counted_and_told(int count, string said)
    {
        using var deliveries = new Deliveries(8);
        static string At(int i, int second) => $"2025-01-03T{i % 24:00}:{i / 24:00}:{second:00}";
        Append(deliveries, "orders.csv", Rows(count, static i => $"m{i},{At(i, 30)},s1,0.5"));
        Append(deliveries, "asks.csv", Rows(count, static i => $"m{i},m{i},{At(i, 35)},9.5,30"));
        Append(deliveries, "delivered.csv", Rows(count, static i => $"m{i},2025-01-02T2{i % 4}:00:00"));
        var manifest = deliveries.Train().Manifest;
        var finding = manifest.Findings.Where(static f => f.Code == "LT0438").ShouldHaveSingleItem();
        (finding.Message + finding.Evidence).ShouldMatch(said);
    }

    [Theory]
    // two o'clock does not come: half an hour passes between ten to two and twenty past three
    [InlineData("2025-03-09T01:50:00-08:00", "2025-03-09T03:20:00-07:00", 30f, 1)]
    [InlineData("2025-03-09T03:05:00-07:00", "2025-03-09T03:35:00-07:00", 30f, 3)]
    // one o'clock comes twice: an hour and a half between ten to two and twenty past two
    [InlineData("2025-11-02T01:50:00-07:00", "2025-11-02T02:20:00-08:00", 90f, 1)]
    [InlineData("2025-11-02T01:50:00-08:00", "2025-11-02T02:20:00-08:00", 30f, 1)]
    public void Minutes_over_a_change_of_the_clock_are_those_that_passed(string asked, string delivered, float minutes, int hour)
    {
        using var deliveries = new Deliveries(10, ("goal: Say", "timezone: America/Los_Angeles\ngoal: Say"));
        // the month in which the clock is changed
        foreach (var file in Directory.GetFiles(deliveries.Workspace.Folder, "*.csv"))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("2025-01-", asked[..8], StringComparison.Ordinal));
        }
        Append(deliveries, "orders.csv", $"dst,{asked},s1,0.5\n");
        Append(deliveries, "asks.csv", $"dst,dst,{asked},9.5,30\n");
        Append(deliveries, "delivered.csv", $"dst,{delivered}\n");
        var prepared = Preparation.Read(DesignFile.Load(deliveries.Request.DesignPath, Deliveries.Kinds), deliveries.Request);
        var row = Enumerable.Range(0, prepared.Decided.RowCount).Single(r => prepared.Decided.Ids[r] == "dst");
        prepared.Labels.Values[row].ShouldBe(minutes);
        var replay = Replay.Run(prepared, static _ => false, [], deliveries.Request.Progress, CancellationToken.None);
        replay.Examples.Row(row)[prepared.Compiled.Plan.FeatureNames.IndexOf("hour")].ShouldBe(hour);
    }

    private static string Rows(int count, Func<int, string> row) => string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    private static void Append(Deliveries deliveries, string file, string rows) =>
        File.AppendAllText(Path.Combine(deliveries.Workspace.Folder, file), rows);
}
