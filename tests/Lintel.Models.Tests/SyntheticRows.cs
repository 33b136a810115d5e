using Lintel.Numerics.Random;

namespace Lintel.Models.Tests;

/// <summary>Rows with signal, noise, low-cardinality columns, a duplicate column and missing values.</summary>
internal static class SyntheticRows
{
    public const int Features = 9;

    /// <param name="groupSize">Rows of one request; 0: there are no groups.</param>
    public static TrainingRows Classification(
        int count, ulong seed = 1, double missing = 0.1, double shift = -1, int groupSize = 0)
    {
        var random = new RandomStream(seed);
        var features = new float[count * Features];
        var labels = new float[count];
        for (var i = 0; i < count; i++)
        {
            var row = features.AsSpan(i * Features, Features);
            for (var f = 0; f < Features; f++) { row[f] = (float)random.NextNormal(); }
            row[5] = MathF.Floor(MathF.Abs(row[5]) * 3);
            row[6] = row[5] > 1 ? 1 : 0;
            row[7] = row[0];
            row[8] = MathF.Exp(2 * row[8]);
            var z = shift + (1.3 * row[0] * row[1]) + (0.8 * row[2]) + Math.Sin(2 * row[3]) + (0.5 * row[6]);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
            for (var f = 0; f < Features; f++)
            {
                if (random.NextDouble() < missing) { row[f] = float.NaN; }
            }
        }
        return new()
        {
            Features = features,
            FeatureCount = Features,
            Labels = labels,
            Groups = groupSize == 0 ? null : [.. Enumerable.Repeat(groupSize, count / groupSize)],
        };
    }

    /// <summary>The rows of <see cref="Classification"/>, every fourth replaced by one far from them, which is labelled 1.</summary>
    public static TrainingRows WithStrange(int count, ulong seed)
    {
        var usual = Classification(count, seed);
        var random = new RandomStream(seed, 1);
        var labels = new float[count];
        for (var i = 0; i < count; i += 4)
        {
            labels[i] = 1;
            foreach (ref var x in usual.Features.AsSpan(i * Features, Features)) { x = (float)(4 * random.NextNormal()); }
        }
        return new() { Features = usual.Features, FeatureCount = Features, Labels = labels };
    }

    public static FitContext Context(ulong seed = 7, int threads = 1) => new(seed, threads, null, CancellationToken.None);
}
