using Lintel.Design;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Online;

/// <summary>How good probabilities of some rows were; null: these rows do not define it.</summary>
/// <param name="Calibration">Σp / Σy.</param>
/// <param name="CalibrationError">Standard error of that, as if rows were independent: √Σ(p − ρy)² / Σy, ρ the ratio.</param>
public sealed record LearnedFigures(
    double? NormalisedEntropy, double? LogLoss, double? Auc, double? Calibration, double? CalibrationError)
{
    private static readonly MetricDesign[] Metrics =
        [.. new IMetric[] { new NormalisedEntropy(), new LogLoss(), new Auc(), new CalibrationRatio() }
            .Select(static m => new MetricDesign(m.Kind.Name, default, m.Kind.Name, null, null, false))];

    /// <param name="margins">By place in <paramref name="judged"/>.</param> <param name="judged">Rows.</param>
    /// <param name="probability">Of a margin; null: margins are log-odds.</param>
    internal static LearnedFigures Of(
        LearningRows rows, ReadOnlySpan<double> margins, ReadOnlySpan<int> judged, Func<double, double>? probability = null)
    {
        var probabilities = new double[judged.Length];
        for (var i = 0; i < probabilities.Length; i++) { probabilities[i] = probability?.Invoke(margins[i]) ?? 1 / (1 + Math.Exp(-margins[i])); }
        var labels = rows.Examples.LabelsOf(judged);
        var points = Evaluator.Points(
            new()
            {
                Margins = margins.ToArray(),
                Probabilities = probabilities,
                Labels = labels,
                Days = new int[labels.Length],
            },
            Metrics);
        return new(
            points[Metrics[0].Name], points[Metrics[1].Name], points[Metrics[2].Name], points[Metrics[3].Name],
            points[Metrics[3].Name] is { } ratio ? Error(probabilities, labels, ratio) : null);
    }

    private static double Error(double[] probabilities, float[] labels, double ratio)
    {
        double squares = 0, positives = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var off = probabilities[i] - (ratio * labels[i]);
            squares += off * off;
            positives += labels[i];
        }
        return Math.Sqrt(squares) / positives;
    }
}

/// <summary>One day of a way to learn.</summary>
/// <param name="Age">Whole days between the end of train and the begin of this day.</param>
public sealed record LearnedDay(string Day, int Age, int Rows, int Positives, LearnedFigures Figures)
{
    internal static IReadOnlyList<LearnedDay> Each(LearningRows rows, double[] margins)
    {
        var days = new List<LearnedDay>();
        var trained = CalendarDay.Of(rows.Train.To - 1, rows.Zone) + 1;
        for (var from = 0; from < rows.Judged.Length;)
        {
            var day = CalendarDay.Of(rows.Examples.Known[rows.Judged[from]], rows.Zone);
            var to = from;
            while (to < rows.Judged.Length && CalendarDay.Of(rows.Examples.Known[rows.Judged[to]], rows.Zone) == day) { to++; }
            var judged = rows.Judged.AsSpan(from, to - from);
            days.Add(new(
                CalendarDay.Iso(CalendarDay.StartOf(day, TimeZoneInfo.Utc))[..10], day - trained, judged.Length,
                rows.Examples.Positives(judged), LearnedFigures.Of(rows, margins.AsSpan(from, to - from), judged)));
            from = to;
        }
        return days;
    }
}
