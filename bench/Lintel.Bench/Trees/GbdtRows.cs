using System.Runtime.InteropServices;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Trees;

/// <summary>The peers' <c>gbdt</c> rows: 500,000 to train and 100,000 to score, 28 features.</summary>
internal sealed record GbdtRows(string Origin, float[] Train, float[] Labels, float[] Test)
{
    public const int Features = 28;
    public const int TestCount = 100_000;

    private const int TrainCount = 500_000;

    /// <summary>Reads <c>$PEERS/data</c> (default <c>peers-work</c>), which <c>gen_data.py gbdt</c> wrote; without it, makes rows
    /// of the same shape and law from a seed.</summary>
    public static GbdtRows Load()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("PEERS") ?? "peers-work", "data");
        var file = Path.Combine(folder, "gbdt_X_600000x28.f32");
        if (!File.Exists(file)) { return Generate($"made here, since there is no {file}"); }
        var rows = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file));
        var labels = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "gbdt_y_600000.f32")));
        return new(file, rows[..(TrainCount * Features)].ToArray(), labels[..TrainCount].ToArray(), rows[(TrainCount * Features)..].ToArray());
    }

    private static GbdtRows Generate(string origin)
    {
        var random = new RandomStream(20260101);
        var rows = new float[(TrainCount + TestCount) * Features];
        var labels = new float[TrainCount];
        for (var i = 0; i < TrainCount + TestCount; i++)
        {
            var x = rows.AsSpan(i * Features, Features);
            for (var f = 0; f < Features; f++) { x[f] = (float)random.NextNormal(); }
            for (var f = 20; f < 24; f++) { x[f] = MathF.Pow(MathF.Abs(x[f]), 1.5f); }
            for (var f = 24; f < 28; f++) { x[f] = MathF.Floor(MathF.Abs(x[f]) * 4); }
            if (i >= TrainCount) { continue; }
            var z = (1.2 * x[0] * x[1]) + Math.Sin(2 * x[2]) + (x[3] > 0.5 ? 0.8 * x[4] : 0) - (0.6 * Math.Abs(x[5]))
                + (x[24] > 2 ? 0.5 * x[6] : 0) + (0.4 * x[20]) - (0.3 * x[7] * x[7]) + (0.25 * x[8]) + (0.2 * x[25] * x[9]);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
        return new(origin, rows[..(TrainCount * Features)], labels, rows[(TrainCount * Features)..]);
    }
}
