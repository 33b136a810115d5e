using Lintel.Models.Texts;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Texts;

/// <summary>A test over the public tweets; skipped where they are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTweetsFactAttribute : FactAttribute
{
    public SharedTweetsFactAttribute()
    {
        if (Folder is null) { Skip = "shared/data/moderation is not beside this repository"; }
    }

    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", "moderation");
            if (Directory.Exists(found)) { return found; }
        }
        return null;
    }
}

public sealed class SharedTweetsTests
{
    private const int Folds = 4;

    // published on the withheld test: linear .523, LSTM .717, FastText .734 (Barbieri et al., TweetEval, 2020)
    [SharedTweetsFact]
    public void Offensive_tweets_are_told_by_a_threshold_from_out_of_fold_scores()
    {
        var (texts, labels) = Read("train");
        var (judged, truth) = Read("val");
        var outOfFold = new double[labels.Length];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new RandomStream(1).Shuffle<int>(order);
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] fit = [.. order.Where((_, i) => i % Folds != fold)], scored = [.. order.Where((_, i) => i % Folds == fold)];
            var margins = Score([.. fit.Select(r => texts[r])], [.. fit.Select(r => labels[r])], [.. scored.Select(r => texts[r])]);
            for (var i = 0; i < scored.Length; i++) { outOfFold[scored[i]] = margins[i]; }
        }
        var threshold = outOfFold.Order().Where((_, i) => i % 20 == 0).MaxBy(t => MacroF1(outOfFold, labels, t));
        MacroF1(Score(texts, labels, judged), truth, threshold).ShouldBeGreaterThan(0.73);
    }

    private static (string[] Texts, float[] Labels) Read(string part)
    {
        var folder = Path.Combine(SharedTweetsFactAttribute.Folder!, "tweeteval_offensive_olid");
        return (File.ReadAllLines(Path.Combine(folder, $"{part}_text.txt")), [.. File.ReadAllLines(Path.Combine(folder, $"{part}_labels.txt")).Select(float.Parse)]);
    }

    private static double[] Score(string[] texts, float[] labels, string[] asked)
    {
        var model = (ITextReader)new TextTrainer().Fit(new TextParameters(), SyntheticPosts.Of(texts, labels), SyntheticRows.Context());
        var margins = new double[asked.Length];
        model.Reading(new TextList(asked)).Score([.. Enumerable.Range(0, asked.Length).Select(static i => (float)i)], margins);
        return margins;
    }

    private static double MacroF1(double[] margins, float[] labels, double threshold)
    {
        double hits = 0, passed = 0, flagged = 0, positives = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var isFlagged = margins[i] >= threshold;
            flagged += isFlagged ? 1 : 0;
            positives += labels[i];
            hits += isFlagged && labels[i] == 1 ? 1 : 0;
            passed += !isFlagged && labels[i] == 0 ? 1 : 0;
        }
        var count = labels.Length;
        return (hits / (flagged + positives)) + (passed / (count - flagged + count - positives));
    }
}
