using Lintel.Design;
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

    /// <summary>Columns of <see cref="Mixed"/>: a number, an item of 40, one of 5,000 of which most are rare, two places of one list.</summary>
    public static FeatureShape[] MixedShapes { get; } =
        [FeatureShape.Number, FeatureShape.Id(40, 0), FeatureShape.Id(5_000, 1), FeatureShape.Id(20, 2), FeatureShape.Id(20, 2)];

    /// <summary>Numbers and ids together; the label depends on the number and on each id's own effect.</summary>
    public static TrainingRows Mixed(int count, ulong seed = 1, double missing = 0.05)
    {
        var effects = new RandomStream(99);
        var item = Effects(40, 1);
        var place = Effects(20, 0.7);
        var random = new RandomStream(seed);
        var columns = MixedShapes.Length;
        var features = new float[count * columns];
        var labels = new float[count];
        for (var i = 0; i < count; i++)
        {
            var row = features.AsSpan(i * columns, columns);
            row[0] = MathF.Exp((float)random.NextNormal());
            row[1] = random.NextInt32(40);
            row[2] = (float)Math.Floor(5_000 * Math.Pow(random.NextDouble(), 6));
            row[3] = random.NextInt32(20);
            row[4] = random.NextInt32(20);
            var z = -1 + (0.8 * Math.Log(row[0])) + item[(int)row[1]] + place[(int)row[3]] + place[(int)row[4]];
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
            foreach (ref var x in row)
            {
                if (random.NextDouble() < missing) { x = float.NaN; }
            }
        }
        return new() { Features = features, FeatureCount = columns, Labels = labels, Shapes = MixedShapes };

        double[] Effects(int ids, double deviation) => [.. Enumerable.Range(0, ids).Select(_ => deviation * effects.NextNormal())];
    }

    /// <summary>Rows of whole numbers that often agree, some of them missing; the label is a value with noise that grows with the
    /// first one.</summary>
    public static TrainingRows Values(int count, ulong seed = 1, int groupSize = 0)
    {
        var random = new RandomStream(seed, 2);
        var rows = Classification(count, seed, groupSize: groupSize);
        foreach (ref var x in rows.Features.AsSpan()) { x = MathF.Round(Math.Clamp(x, -3, 3)); }
        for (var i = 0; i < count; i++)
        {
            var row = rows.Features.AsSpan(i * Features, Features);
            rows.Labels[i] = 20 + (3 * Known(row[0])) + (2 * Known(row[2])) + (4 * Known(row[8]))
                + (float)(random.NextNormal() * (1 + (0.5 * Math.Abs(Known(row[0])))));
        }
        return rows;

        static float Known(float x) => float.IsNaN(x) ? 0 : x;
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
