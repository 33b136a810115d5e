using System.Diagnostics;
using Lintel.Design;
using Lintel.Models;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Texts;

namespace Lintel.Bench.Posts;

/// <summary>How a row may carry a text: as many columns of n-grams as <c>most N</c> says, which FTRL reads, or one code, which the text learner
/// reads the text of. Quality, memory of the rows, speed; see decision 13.</summary>
internal static class RowFormsBench
{
    public static void Run(string folder)
    {
        foreach (var name in (string[])["offensive_olid", "hate"])
        {
            var path = Path.Combine(folder, $"tweeteval_{name}");
            var (train, judged) = (PostSet.Tweets(path, "train"), PostSet.Tweets(path, "val"));
            Code(name, train, judged);
            foreach (var most in (int[])[64, 128, 256, 512])
            {
                foreach (var settings in (FtrlParameters[])[new() { AtLeast = 1, Bits = 20 }, new() { AtLeast = 1, Bits = 20, Epochs = 3, Alpha = 0.02, L2 = 1 }])
                {
                    Columns(name, train, judged, most, settings);
                }
            }
        }
    }

    private static void Code(string name, PostSet train, PostSet judged)
    {
        var start = Stopwatch.GetTimestamp();
        var model = PostFits.Fit(train, 1, new());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        var margins = PostFits.Score(model, judged.Texts);
        var each = Stopwatch.GetElapsedTime(start).TotalMicroseconds / judged.Count;
        Show(name, "one code, kind text", judged, margins, sizeof(float), seconds, each, model.Bytes);
    }

    private static void Columns(string name, PostSet train, PostSet judged, int most, FtrlParameters settings)
    {
        var reader = new GramReader(new());
        var start = Stopwatch.GetTimestamp();
        var rows = new TrainingRows
        {
            Features = Wide(reader, train.Texts, most),
            FeatureCount = most,
            Labels = train.Labels(1),
            Shapes = [.. Enumerable.Repeat(FeatureShape.Id(1 << 20, 0), most)],
        };
        var model = (FtrlModel)new FtrlTrainer().Fit(settings, rows, new(1, 1, null, CancellationToken.None));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        var margins = new double[judged.Count];
        model.Score(Wide(reader, judged.Texts, most), margins);
        var each = Stopwatch.GetElapsedTime(start).TotalMicroseconds / judged.Count;
        Show(name, $"most {most}, ftrl, epochs {settings.Epochs}, alpha {settings.Alpha}, l2 {settings.L2}", judged, margins, sizeof(float) * most, seconds, each, model.Bytes);
    }

    // the text's first n-grams: words come before their characters, word by word
    private static float[] Wide(GramReader reader, string[] texts, int most)
    {
        var features = new float[texts.Length * most];
        Array.Fill(features, float.NaN);
        for (var i = 0; i < texts.Length; i++)
        {
            var ids = reader.Read(texts[i], 0);
            for (var g = 0; g < Math.Min(most, ids.Length); g++) { features[(i * most) + g] = ids[g]; }
        }
        return features;
    }

    private static void Show(string name, string how, PostSet judged, double[] margins, int rowBytes, double seconds, double each, long bytes)
    {
        var figures = ClassFigures.Judge(margins, null, judged.Labels(1), ["auc"], static _ => []);
        Console.WriteLine($"{name}: {how,-42} AUC {ClassFigures.Show(figures["auc"])}; {rowBytes:N0} bytes a row, fit {seconds:F2} s, {each:F1} us a text, "
            + $"{bytes / 1e6:F1} MB of weights");
    }
}
