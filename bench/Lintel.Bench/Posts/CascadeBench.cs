using Lintel.Decisions.Cascades;
using Lintel.Models;
using Lintel.Models.Calibration;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Texts;

namespace Lintel.Bench.Posts;

/// <summary>A light model of words and a heavy one beside it: the share that is sent and the recall that is lost, solved on out-of-fold scores of
/// train, judged on validation.</summary>
/// <remarks>Light: words in 2^16 weights. Heavy: boosted trees over the margins of three text learners (words, characters, both) and counts of the
/// text's signs. Both calibrated by Platt's curve on out-of-fold scores.</remarks>
internal static class CascadeBench
{
    private const double Precision = 0.7;

    private static readonly TextParameters Light = new() { CharactersTo = 0, Bits = 16 };

    private static readonly TextParameters[] Parts = [Light, new() { Words = 0 }, new()];

    public static void Run(string folder)
    {
        foreach (var name in (string[])["offensive_olid", "hate"])
        {
            var path = Path.Combine(folder, $"tweeteval_{name}");
            Table(name, PostSet.Tweets(path, "train"), PostSet.Tweets(path, "val"));
        }
    }

    private static void Table(string name, PostSet train, PostSet judged)
    {
        var labels = train.Labels(1);
        double[][] known = [.. Parts.Select(p => PostFits.OutOfFold(train, 1, p))];
        double[][] asked = [.. Parts.Select(p => PostFits.Score(PostFits.Fit(train, 1, p), judged.Texts))];
        var (heavy, heavyAsked) = Heavy(Rich(train, known), Rich(judged, asked), labels);
        var (light, lightAsked) = Calibrated(known[0], asked[0], labels);
        var solved = new CascadeScores(light, heavy, labels);
        var unseen = new CascadeScores(lightAsked, heavyAsked, judged.Labels(1));
        Console.WriteLine($"{name}: AUC on validation: light {Auc(lightAsked, judged)}, text learner {Auc(asked[2], judged)}, heavy {Auc(heavyAsked, judged)}");
        var all = CascadeSolver.Solve(solved, 1, Precision);
        var (whole, _, _) = Reached(all, unseen);
        foreach (var share in (double[])[0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1])
        {
            var cascade = CascadeSolver.Solve(solved, share, Precision);
            var (recall, precision, sent) = Reached(cascade, unseen);
            Console.WriteLine($"  heavy on at most {share,4:P0}: out of fold sent {cascade.Sent,6:P1}, recall {cascade.Recall:P1} at precision {Precision:P0}, lost {100 * (all.Recall - cascade.Recall):F1} points; "
                + $"validation sent {sent,6:P1}, recall {recall:P1} at precision {precision:P1}, lost {100 * (whole - recall):F1} points");
        }
    }

    private static (double Recall, double Precision, double Sent) Reached(Cascade cascade, CascadeScores rows)
    {
        double hits = 0, flagged = 0, sent = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            sent += cascade.Band.Sends(rows.Light[i]) ? 1 : 0;
            if (cascade.Margin(rows.Light[i], rows.Heavy[i]) < cascade.Threshold) { continue; }
            flagged++;
            hits += rows.Labels[i];
        }
        return (hits / rows.Labels.Sum(), hits / flagged, sent / rows.Count);
    }

    private static (double[] Known, double[] Asked) Heavy(float[] known, float[] asked, float[] labels)
    {
        var columns = known.Length / labels.Length;
        var settings = new XGBoostParameters { Trees = 150, Depth = 3, LearningRate = 0.05 };
        var margins = new double[labels.Length];
        foreach (var (fit, scored) in PostFits.Deal(labels.Length, 5, seed: 9))
        {
            var scores = new double[scored.Length];
            Trees([.. fit]).Score(Rows(scored), scores);
            for (var i = 0; i < scored.Length; i++) { margins[scored[i]] = scores[i]; }
        }
        var answers = new double[asked.Length / columns];
        Trees([.. Enumerable.Range(0, labels.Length)]).Score(asked, answers);
        return Calibrated(margins, answers, labels);

        IModel Trees(int[] rows) => new XGBoostTrainer().Fit(
            settings, new() { Features = Rows(rows), FeatureCount = columns, Labels = [.. rows.Select(r => labels[r])] }, new(1, 2, null, CancellationToken.None));

        float[] Rows(int[] rows) => [.. rows.SelectMany(r => known[(r * columns)..((r + 1) * columns)])];
    }

    /// <summary>Calibrated log-odds, so that margins of both models mean the same.</summary>
    private static (double[] Known, double[] Asked) Calibrated(double[] known, double[] asked, float[] labels)
    {
        var calibrator = new PlattTrainer().Fit(known, labels);
        return ([.. known.Select(LogOdds)], [.. asked.Select(LogOdds)]);

        double LogOdds(double margin) => calibrator.Probability(margin) is var p ? Math.Log(p / (1 - p)) : double.NaN;
    }

    // margins, then what the normal form does not keep
    private static float[] Rich(PostSet set, double[][] margins) => [.. Enumerable.Range(0, set.Count).SelectMany(i =>
    {
        var text = set.Texts[i];
        return (IEnumerable<float>)
        [
            .. margins.Select(m => (float)m[i]), text.Length, text.Count(char.IsUpper) / (1f + text.Count(char.IsLetter)), text.Count(static c => c == '!'),
            text.Count(static c => c == '?'), text.Count(static c => c == '@'), text.Count(static c => c == '#'), text.Count(static c => c == '"'), text.Count(char.IsSurrogate),
            text.Split(' ').Length, text.Split(' ').Count(static w => w.Length > 2 && w.All(char.IsUpper)),
        ];
    })];

    private static string Auc(double[] margins, PostSet set) =>
        ClassFigures.Show(ClassFigures.Judge(margins, null, set.Labels(1), ["auc"], static _ => [])["auc"]);
}
