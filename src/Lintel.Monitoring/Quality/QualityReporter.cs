using System.Globalization;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics.Values;
using Lintel.Training.Splits;

namespace Lintel.Monitoring.Quality;

/// <summary>Makes the figures of a window from its steps.</summary>
internal static class QualityReporter
{
    /// <summary>Most groups that are listed.</summary>
    private const int MostGroups = 50;

    private static readonly string[] OfHours = ["bias", "mae", "on-time"];

    /// <param name="waiting">Decisions that wait now.</param>
    public static QualityReport Of(QualityWatch watch, long at, int waiting)
    {
        var plan = watch.Plan;
        var steps = watch.Window(at);
        var all = Figures(plan, steps, static b => b.All, m => plan.Metrics[m].Test, static _ => true);
        QualityCell[] slices = [.. plan.Slices.Select((name, s) => CellOf(plan, steps, name, b => b.Slice(s), m => SliceTest(plan, name, m), static _ => true))];
        var names = steps.SelectMany(static b => b.Groups.Keys).Distinct(StringComparer.Ordinal);
        QualityCell[] groups = [.. names
            .Select(name => CellOf(plan, steps, name, b => b.Groups.GetValueOrDefault(name), static _ => null, static _ => true))
            .OrderByDescending(static g => g.Matured).ThenBy(static g => g.Name, StringComparer.Ordinal)];
        var hours = Enumerable.Range(0, 24).Select(hour => CellOf(
            plan, steps, hour.ToString("00", CultureInfo.InvariantCulture), b => b.Hour(hour), static _ => null,
            m => OfHours.Contains(plan.Metrics[m].Name)));
        return new(
            CalendarDay.Text(plan.Window), CalendarDay.Text(plan.Wait),
            new(
                steps.Sum(static b => b.Decisions), steps.Sum(static b => b.Failed), steps.Sum(static b => b.All.Matured),
                steps.Sum(static b => b.Censored), steps.Sum(static b => b.Unheard), waiting),
            all, plan.By, groups.Length > MostGroups ? groups[..MostGroups] : groups, slices, [.. hours.Where(static h => h.Matured > 0)],
            LiveGates.Judge(plan.Design.Evaluate.Gates, all, slices))
        {
            OtherGroups = Math.Max(0, groups.Length - MostGroups),
        };
    }

    private static double? SliceTest(QualityPlan plan, string slice, int metric) =>
        plan.Manifest?.Slices.FirstOrDefault(s => s.Slice == slice)?.Metrics.GetValueOrDefault(plan.Metrics[metric].Name)?.Test;

    private static QualityCell CellOf(
        QualityPlan plan, Bucket[] steps, string name, Func<Bucket, Cell?> cell, Func<int, double?> test, Func<int, bool> wanted)
    {
        var matured = steps.Sum(b => cell(b)?.Matured ?? 0);
        return new(name, matured, matured >= GateJudge.LeastPositives, Figures(plan, steps, cell, test, wanted));
    }

    private static LiveFigure[] Figures(
        QualityPlan plan, Bucket[] steps, Func<Bucket, Cell?> of, Func<int, double?> test, Func<int, bool> wanted)
    {
        Cell[] cells = [.. steps.Select(of).OfType<Cell>()];
        return [.. Enumerable.Range(0, plan.Metrics.Length).Where(wanted).Select(m => FigureOf(plan, cells, m, test(m)))];
    }

    private static LiveFigure FigureOf(QualityPlan plan, Cell[] cells, int m, double? test)
    {
        var metric = plan.Metrics[m];
        var tallies = Array.ConvertAll(cells, c => c.Tally(m));
        var all = new Tally();
        foreach (ref readonly var tally in tallies.AsSpan()) { all.Add(tally); }
        if (all.Count == 0) { return new(metric.Name, metric.Unit, null, null, 0, test); }
        var mean = all.Sum / all.Count;
        var (value, interval) = metric.Figure.Summary switch
        {
            RowSummary.Quantile => Quantile(cells, m, metric.Figure.Level, all),
            RowSummary.RootMean => (Math.Sqrt(mean), Root(LiveInterval.OfMean(all, tallies))),
            _ => (mean, metric.IsShare ? LiveInterval.OfShare(all, tallies) : LiveInterval.OfMean(all, tallies)),
        };
        return new(metric.Name, metric.Unit, value, interval?.ToArray(), (long)all.Count, test);
    }

    private static (double, Interval?) Quantile(Cell[] cells, int m, double level, in Tally all)
    {
        var histogram = new LogHistogram();
        foreach (var cell in cells) { histogram.Add(cell.Histogram(m)); }
        return (histogram.Quantile(level), LiveInterval.OfQuantile(histogram, level, all));
    }

    private static Interval? Root(Interval? of) => of is { } interval
        ? new(Math.Sqrt(Math.Max(0, interval.Low)), Math.Sqrt(Math.Max(0, interval.High))) : null;
}
