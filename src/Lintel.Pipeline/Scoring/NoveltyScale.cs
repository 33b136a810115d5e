using System.Text.Json;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Scoring;

/// <summary>Where a novelty score stands among those of the reference period, 0 to 1: "more unusual than 99.8 % of the payments it was
/// fitted on". For alarms and pages only, never an input of a model.</summary>
/// <remarks>A sketch of about a hundred quantiles, the dense end at the unusual one: every percent up to 99 %, from there eight to each
/// factor of ten of what is left, and the largest. Between two of them the position is interpolated. Immutable.</remarks>
public sealed class NoveltyScale
{
    private const int StepsPerDecade = 8;

    private readonly double[] _levels;
    private readonly double[] _scores;

    private NoveltyScale(double[] levels, double[] scores) => (_levels, _scores) = (levels, scores);

    private sealed record Sketch(double[] Levels, double[] Scores);

    /// <param name="scores">Of the reference period, 1 or more.</param>
    public static NoveltyScale Of(ReadOnlySpan<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scores.Length);
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        List<double> levels = [.. Enumerable.Range(0, 100).Select(static i => i / 100.0)];
        for (var step = 1; ; step++)
        {
            var left = 0.01 * Math.Pow(10, -(double)step / StepsPerDecade);
            if (left * sorted.Length < 1) { break; }
            levels.Add(1 - left);
        }
        levels.Add(1);
        return new([.. levels], [.. levels.Select(level => sorted[(int)Math.Round(level * (sorted.Length - 1))])]);
    }

    /// <summary>Share of the reference period that is less unusual: 0 below its least score, 1 above its largest; NaN for NaN.</summary>
    public double Position(double score)
    {
        if (double.IsNaN(score)) { return double.NaN; }
        // the last quantile that is not above the score
        var at = Array.BinarySearch(_scores, score);
        at = at >= 0 ? at : ~at - 1;
        while (at > 0 && _scores[at - 1] == score) { at--; }
        if (at < 0) { return 0; }
        if (at == _scores.Length - 1 || _scores[at] == score) { return _levels[at]; }
        var part = (score - _scores[at]) / (_scores[at + 1] - _scores[at]);
        return _levels[at] + (part * (_levels[at + 1] - _levels[at]));
    }

    internal void Write(string path) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new Sketch(_levels, _scores), VersionManifest.Json));

    /// <exception cref="InvalidDataException">The file is no ascending sketch.</exception>
    internal static NoveltyScale Read(string path)
    {
        var sketch = JsonSerializer.Deserialize<Sketch>(File.ReadAllBytes(path), VersionManifest.Json);
        return sketch is { Levels.Length: > 0 } && sketch.Levels.Length == sketch.Scores.Length
            && sketch.Levels.Zip(sketch.Levels.Skip(1)).All(static p => p.First <= p.Second)
            && sketch.Scores.Zip(sketch.Scores.Skip(1)).All(static p => p.First <= p.Second)
            ? new(sketch.Levels, sketch.Scores)
            : throw new InvalidDataException($"{path}: not an ascending sketch of scores; train again.");
    }
}
