using System.Diagnostics;

namespace Lintel.Training.Online;

/// <summary>How long a fitted model's scores take, on one thread, on rows of the test period.</summary>
internal static class Latency
{
    private const int WarmUps = 50, Times = 400;

    /// <returns>Median microseconds of one row and of a page, each time of other rows.</returns>
    public static (double Row, double Page) Measure(OnlineModel model, LearningRows rows)
    {
        var pages = Math.Clamp(rows.Judged.Length / ModelTradeoff.PageRows, 1, 32);
        var page = Math.Min(ModelTradeoff.PageRows, rows.Judged.Length);
        var (features, _) = rows.Gather(rows.Judged.AsSpan(0, pages * page), model.Columns);
        return (Median(1, pages * page), Median(page, pages));

        double Median(int count, int blocks)
        {
            var margins = new double[count];
            var length = count * model.Columns.Length;
            var taken = new double[Times];
            for (var t = -WarmUps; t < Times; t++)
            {
                var block = features.AsSpan((t + WarmUps) % blocks * length, length);
                var began = Stopwatch.GetTimestamp();
                model.Fitted.Score(block, margins);
                // a time span counts in tenths of a microsecond: too coarse for one row
                if (t >= 0) { taken[t] = (Stopwatch.GetTimestamp() - began) * 1e6 / Stopwatch.Frequency; }
            }
            Array.Sort(taken);
            return taken[Times / 2];
        }
    }
}
