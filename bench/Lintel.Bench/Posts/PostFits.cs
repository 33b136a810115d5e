using Lintel.Design;
using Lintel.Models;
using Lintel.Models.Texts;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Posts;

/// <summary>Fits of the text learner, one a class, and scores of rows that a fit did not see.</summary>
internal static class PostFits
{
    private const int Folds = 5;

    private static readonly TextTrainer Trainer = new();

    public static TextModel Fit(PostSet set, int of, TextParameters settings)
    {
        var rows = new TrainingRows
        {
            Features = Codes(set.Count),
            FeatureCount = 1,
            Labels = set.Labels(of),
            Shapes = [FeatureShape.Id(FeatureShape.MaxIds, 0)],
            Texts = new TextList(set.Texts),
        };
        return (TextModel)Trainer.Fit(settings, rows, new(1, 1, null, CancellationToken.None));
    }

    public static double[] Score(TextModel model, string[] texts)
    {
        var margins = new double[texts.Length];
        model.Reading(new TextList(texts)).Score(Codes(texts.Length), margins);
        return margins;
    }

    /// <summary>Each row's margin by a fit on the other folds. The sets have no times, so folds are dealt at random by a seed.</summary>
    public static double[] OutOfFold(PostSet set, int of, TextParameters settings, int folds = Folds)
    {
        var margins = new double[set.Count];
        foreach (var (fit, scored) in Deal(set.Count, folds, seed: 5))
        {
            var scores = Score(Fit(set.Of(fit), of, settings), set.Of(scored).Texts);
            for (var i = 0; i < scored.Length; i++) { margins[scored[i]] = scores[i]; }
        }
        return margins;
    }

    public static IEnumerable<(int[] Fit, int[] Scored)> Deal(int count, int folds, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed).Shuffle<int>(order);
        for (var f = 0; f < folds; f++)
        {
            var fold = f;
            yield return ([.. order.Where((_, i) => i % folds != fold).Order()], [.. order.Where((_, i) => i % folds == fold).Order()]);
        }
    }

    private static float[] Codes(int count) => [.. Enumerable.Range(0, count).Select(static i => (float)i)];
}
