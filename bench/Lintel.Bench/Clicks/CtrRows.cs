using System.Runtime.InteropServices;
using Lintel.Design;
using Lintel.Models;

namespace Lintel.Bench.Clicks;

/// <summary>The peers' <c>ctr</c> rows: a million to learn and 100,000 to judge, 39 columns of ids, clicks by a factorisation machine.</summary>
internal sealed record CtrRows(TrainingRows Train, float[] Test, float[] TestLabels)
{
    public const int Fields = 39;

    private const int TrainCount = 1_000_000;

    /// <summary>Ids of each field, as <c>gen_data.py</c> draws them.</summary>
    private static readonly int[] Ids =
    [
        .. Enumerable.Repeat(64, 13), 10, 20, 50, 100, 100, 200, 300, 500, 500, 1_000, 1_000, 2_000, 2_000, 5_000, 5_000, 10_000, 10_000,
        20_000, 20_000, 50_000, 50_000, 100_000, 100_000, 200_000, 300_000, 500_000,
    ];

    public static FeatureShape[] Shapes { get; } = [.. Ids.Select(static (ids, field) => FeatureShape.Id(ids, field))];

    /// <summary>Reads <c>$PEERS/data</c> (default <c>peers-work</c>), which <c>gen_data.py ctr</c> wrote.</summary>
    /// <returns>Null, with a message, when it is not there.</returns>
    public static CtrRows? Load()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("PEERS") ?? "peers-work", "data");
        var file = Path.Combine(folder, "ctr_idx_1100000x39.i32");
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"there is no {file}; write it with 'gen_data.py ctr', and name its folder in the environment's PEERS");
            return null;
        }
        var features = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(file));
        var labels = File.ReadAllBytes(Path.Combine(folder, "ctr_y_1100000.i8"));
        var rows = new float[features.Length];
        var starts = new int[Fields];
        for (var f = 1; f < Fields; f++) { starts[f] = starts[f - 1] + Ids[f - 1]; }
        for (var i = 0; i < rows.Length; i++) { rows[i] = features[i] - starts[i % Fields]; }
        float[] clicks = [.. labels.Select(static y => (float)y)];
        var train = new TrainingRows
        {
            Features = rows[..(TrainCount * Fields)],
            FeatureCount = Fields,
            Labels = clicks[..TrainCount],
            Shapes = Shapes,
        };
        return new(train, rows[(TrainCount * Fields)..], clicks[TrainCount..]);
    }
}
