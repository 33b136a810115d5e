using Lintel.Design;
using Lintel.Models.Texts;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Texts;

/// <summary>Posts of words that occur at random; some of them make a post likelier to be positive, and some less likely.</summary>
internal static class SyntheticPosts
{
    private static readonly string[] Words = Vocabulary();

    /// <param name="columns">Texts of a row; all but the first are noise.</param>
    public static TrainingRows Rows(int count, ulong seed, double shift = -1, int columns = 1)
    {
        var random = new RandomStream(seed);
        var texts = new List<string>();
        var features = new float[count * columns];
        var labels = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = shift;
            for (var c = 0; c < columns; c++)
            {
                var words = new string[4 + random.NextInt32(12)];
                for (var w = 0; w < words.Length; w++)
                {
                    var word = (int)(Words.Length * Math.Pow(random.NextDouble(), 2));
                    words[w] = Words[word];
                    if (c == 0) { z += (word % 7 == 0 ? 1.5 : 0) - (word % 5 == 0 ? 1 : 0); }
                }
                features[(i * columns) + c] = texts.Count;
                texts.Add(string.Join(' ', words));
            }
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
        return Of([.. texts], labels, features);
    }

    public static TrainingRows Of(string[] texts, float[] labels, float[]? features = null, float[]? weights = null)
    {
        features ??= [.. Enumerable.Range(0, texts.Length).Select(static i => (float)i)];
        return new()
        {
            Features = features,
            FeatureCount = features.Length / labels.Length,
            Labels = labels,
            Weights = weights,
            Shapes = [.. Enumerable.Repeat(FeatureShape.Id(FeatureShape.MaxIds, 0), features.Length / labels.Length)],
            Texts = new TextList(texts),
        };
    }

    private static string[] Vocabulary()
    {
        var random = new RandomStream(17);
        return [.. Enumerable.Range(0, 300).Select(_ => new string([.. Enumerable.Range(0, 3 + random.NextInt32(6)).Select(_ => (char)('a' + random.NextInt32(26)))]))];
    }
}
