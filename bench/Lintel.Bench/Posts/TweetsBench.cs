using System.Diagnostics;
using Lintel.Models;
using Lintel.Models.Calibration;
using Lintel.Models.Texts;
using Lintel.Numerics.Tests.Text.Posts;

namespace Lintel.Bench.Posts;

/// <summary>The tweeteval sets: fitted on train, threshold and calibration by out-of-fold scores of train, judged on validation.</summary>
internal static class TweetsBench
{
    /// <summary>Positives from which isotonic calibration is worth its steps.</summary>
    private const int ManyPositives = 1_000;

    public static void Run(string folder)
    {
        foreach (var name in (string[])["offensive_olid", "hate", "irony"]) { Binary(Path.Combine(folder, $"tweeteval_{name}"), name); }
        Emotion(Path.Combine(folder, "tweeteval_emotion"));
    }

    private static void Binary(string folder, string name)
    {
        var (train, judged) = (PostSet.Tweets(folder, "train"), PostSet.Tweets(folder, "val"));
        var settings = new TextParameters();
        var margins = PostFits.OutOfFold(train, 1, settings);
        var (threshold, expected) = Thresholds.BestMacroF1(margins, train.Labels(1));
        var start = Stopwatch.GetTimestamp();
        var model = PostFits.Fit(train, 1, settings);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ICalibratorTrainer calibration = train.Classes.Count(static c => c == 1) >= ManyPositives ? new IsotonicTrainer() : new PlattTrainer();
        var calibrator = calibration.Fit(margins, train.Labels(1));
        var scores = PostFits.Score(model, judged.Texts);
        var figures = ClassFigures.Judge(
            scores, [.. scores.Select(calibrator.Probability)], judged.Labels(1), ["auc", "average-precision", "log-loss", "calibration", "calibration-error"],
            ranked => [("macro-f1", new ClassF1(ranked, Flags(scores, threshold), judged.Classes, 2, ClassF1.Macro))]);
        Console.WriteLine($"{name}: {train.Count:N0} texts fitted in {seconds:F2} s; {model.Bytes / 1e6:F1} MB of weights; out-of-fold macro-F1 {expected:F4}; "
            + $"validation of {judged.Count:N0}, {calibration.Kind.Name}:");
        foreach (var (metric, figure) in figures) { Console.WriteLine($"  {metric,-18} {ClassFigures.Show(figure)}"); }
        Disguises(model, judged, threshold);
        Speed(model, judged);
    }

    private static void Disguises(TextModel model, PostSet judged, double threshold)
    {
        var plain = Flags(PostFits.Score(model, judged.Texts), threshold);
        foreach (var disguise in Enum.GetValues<Disguise>())
        {
            foreach (var share in (double[])[0.3, 1])
            {
                var obfuscator = new Obfuscator(7, share);
                var hidden = Flags(PostFits.Score(model, [.. judged.Texts.Select(t => obfuscator.Hide(t, disguise))]), threshold);
                Console.WriteLine($"  {disguise}, {share:P0} of the words: recall {Share(plain, judged, 1):P1} -> {Share(hidden, judged, 1):P1} "
                    + $"({100 * (Share(hidden, judged, 1) - Share(plain, judged, 1)):+0.0;-0.0} points); of the others {Share(plain, judged, 0):P1} -> {Share(hidden, judged, 0):P1}");
            }
        }
    }

    private static double Share(int[] flags, PostSet judged, int of) =>
        (double)Enumerable.Range(0, flags.Length).Count(i => judged.Classes[i] == of && flags[i] == 1) / judged.Classes.Count(c => c == of);

    private static void Speed(TextModel model, PostSet judged)
    {
        var bound = model.Reading(new TextList(judged.Texts));
        var times = new Timings(20 * judged.Count);
        var margin = new double[1];
        for (var round = -10; round < 20; round++)
        {
            for (var i = 0; i < judged.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                bound.Score([i], margin);
                if (round >= 0) { times.Add(Stopwatch.GetTimestamp() - start); }
            }
        }
        Console.WriteLine($"  one text of {judged.Texts.Average(static t => t.Length):F0} characters: p50 {times.Microseconds(0.5):F1} us, p99 {times.Microseconds(0.99):F1} us");
    }

    private static void Emotion(string folder)
    {
        var (train, judged) = (PostSet.Tweets(folder, "train"), PostSet.Tweets(folder, "val"));
        var scores = new double[train.ClassCount][];
        for (var k = 0; k < scores.Length; k++)
        {
            var calibrator = new PlattTrainer().Fit(PostFits.OutOfFold(train, k, new()), train.Labels(k));
            scores[k] = [.. PostFits.Score(PostFits.Fit(train, k, new()), judged.Texts).Select(calibrator.Probability)];
        }
        int[] predicted = [.. Enumerable.Range(0, judged.Count).Select(i => Enumerable.Range(0, scores.Length).MaxBy(k => scores[k][i]))];
        var figures = ClassFigures.Judge(scores[0], null, judged.Labels(0), [],
            ranked => [("macro-f1", new ClassF1(ranked, predicted, judged.Classes, scores.Length, ClassF1.Macro))]);
        Console.WriteLine($"emotion: {train.Count:N0} texts, one learner a class, the likeliest by calibrated probability: macro-F1 {ClassFigures.Show(figures["macro-f1"])}");
    }

    private static int[] Flags(double[] margins, double threshold) => [.. margins.Select(m => m >= threshold ? 1 : 0)];
}
