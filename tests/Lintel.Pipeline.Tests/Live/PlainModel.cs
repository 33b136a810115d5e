using System.Collections.Immutable;
using Lintel.Decisions;
using Lintel.Events;
using Lintel.Models;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Tests.Live;

/// <summary>A weighted sum of the features, missing ones left out: enough to see every feature in the margin.</summary>
internal sealed class PlainModel(int featureCount) : IModel
{
    /// <summary>While set, scoring fails with this message.</summary>
    internal string? Broken { get; set; }

    /// <summary>While set, scoring waits for it.</summary>
    internal Task? Gate { get; set; }

    public int FeatureCount => featureCount;

    public ScoreScale Scale => ScoreScale.LogOdds;

    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        Gate?.Wait();
        if (Broken is { } message) { throw new InvalidOperationException(message); }
        var parts = new double[featureCount];
        for (var r = 0; r < margins.Length; r++)
        {
            margins[r] = Explain(rows.Slice(r * featureCount, featureCount), parts) + parts.Sum();
        }
    }

    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        for (var f = 0; f < featureCount; f++)
        {
            contributions[f] = float.IsNaN(row[f]) ? 0 : row[f] / (f + 7.0) * (f == 4 ? 1e-12 : 0.01);
        }
        return -1;
    }

    public void Write(BinaryWriter writer) => writer.Write(featureCount);

    /// <summary>A version of the payments design around one such model; what reaches the second margin is
    /// blocked.</summary>
    internal static SystemVersion Version(
        out PlainModel model, int number = 1, string? design = null, CodeDictionaries? dictionaries = null,
        double block = 3, double review = 1, IReadOnlyList<ThresholdMargins>? thresholds = null)
    {
        var compiled = CompiledDesign.Compile(PaymentsDesign.Parse(design), dictionaries ?? new());
        var plain = new PlainModel(compiled.Plan.FeatureCount);
        model = plain;
        var node = new ScoringNode(
            "strange", "plain", plain, null, null, null, [.. Enumerable.Range(0, plain.FeatureCount)],
            ImmutableArray<int>.Empty);
        return new(number, compiled, new([node]), thresholds ?? ThresholdMargins.Of(block, review), null);
    }
}
