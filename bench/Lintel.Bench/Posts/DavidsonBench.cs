using System.Diagnostics;
using Lintel.Models.Calibration;
using Lintel.Models.Texts;

namespace Lintel.Bench.Posts;

/// <summary>Davidson's tweets (hate, offensive, neither): five folds, one learner a class, one operating point that the other folds choose.</summary>
/// <remarks>A text is of the class whose calibrated probability is largest after those of hate and neither were multiplied by a number each. Within the
/// four other folds, out-of-fold scores fit the calibration and choose the two numbers: the highest weighted F1 + 0.1·F1 of hate.</remarks>
internal static class DavidsonBench
{
    private const int OuterFolds = 5, InnerFolds = 4;
    private const double HateCounts = 0.1;
    private const int Classes = 3;

    public static void Run(string folder, TextParameters settings)
    {
        var set = PostSet.Davidson(Path.Combine(folder, "davidson", "train.csv"));
        var predicted = new int[set.Count];
        var start = Stopwatch.GetTimestamp();
        var points = new List<string>();
        foreach (var (fit, scored) in PostFits.Deal(set.Count, OuterFolds, seed: 11))
        {
            var (train, test) = (set.Of(fit), set.Of(scored));
            var (known, asked) = (new double[Classes][], new double[Classes][]);
            for (var k = 0; k < Classes; k++)
            {
                var margins = PostFits.OutOfFold(train, k, settings, InnerFolds);
                var calibrator = new PlattTrainer().Fit(margins, train.Labels(k));
                known[k] = [.. margins.Select(calibrator.Probability)];
                asked[k] = [.. PostFits.Score(PostFits.Fit(train, k, settings), test.Texts).Select(calibrator.Probability)];
            }
            var (hate, neither) = Choose(known, train.Classes);
            points.Add($"{hate:F2}/{neither:F2}");
            for (var i = 0; i < scored.Length; i++) { predicted[scored[i]] = Predict(asked, i, hate, neither); }
        }
        var figures = ClassFigures.Judge([.. predicted.Select(static p => (double)p)], null, set.Labels(0), [], ranked =>
        [
            ("weighted-f1", new ClassF1(ranked, predicted, set.Classes, Classes, ClassF1.Weighted)),
            .. ((string[])["hate", "offensive", "neither"]).Select((name, k) => ($"f1 of {name}", (Training.Metrics.PreparedMetric)new ClassF1(ranked, predicted, set.Classes, Classes, ClassF1.Of(k)))),
        ]);
        Console.WriteLine($"davidson: {set.Count:N0} texts, {OuterFolds} folds, hate and neither times {string.Join(" ", points)}; {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        foreach (var (metric, figure) in figures) { Console.WriteLine($"  {metric,-18} {ClassFigures.Show(figure)}"); }
    }

    private static (double Hate, double Neither) Choose(double[][] scores, int[] classes)
    {
        var (best, point) = (0.0, (1.0, 1.0));
        for (var h = -4; h <= 12; h++)
        {
            for (var n = -4; n <= 4; n++)
            {
                var (hate, neither) = (Math.Pow(2, h / 4.0), Math.Pow(2, n / 4.0));
                var f1 = F1(scores, classes, hate, neither);
                var goal = f1.Weighted + (HateCounts * f1.Hate);
                if (goal > best) { (best, point) = (goal, (hate, neither)); }
            }
        }
        return point;
    }

    private static (double Weighted, double Hate) F1(double[][] scores, int[] classes, double hate, double neither)
    {
        double[] hits = new double[Classes], found = new double[Classes], counts = new double[Classes];
        for (var i = 0; i < classes.Length; i++)
        {
            var predicted = Predict(scores, i, hate, neither);
            found[predicted]++;
            counts[classes[i]]++;
            if (predicted == classes[i]) { hits[predicted]++; }
        }
        double[] f1 = [.. hits.Select((h, k) => 2 * h / (found[k] + counts[k]))];
        return (ClassF1.Weighted(f1, counts), f1[0]);
    }

    private static int Predict(double[][] scores, int row, double hate, double neither)
    {
        var (a, b, c) = (scores[0][row] * hate, scores[1][row], scores[2][row] * neither);
        return a >= b && a >= c ? 0 : b >= c ? 1 : 2;
    }
}
