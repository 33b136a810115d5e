using System.Collections.Immutable;
using System.Text.Json;
using Lintel.Decisions;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Verification;

/// <summary>Compares decisions that give an outcome or an estimate: every feature as the models read it, the margin, the outcome or promise, each
/// quantile.</summary>
internal sealed class OutcomeComparison(SystemVersion version, SkewExpectation.Outcomes expected) : SkewComparison(version.Design)
{
    private readonly ImmutableArray<string> _features = version.Compiled.Plan.FeatureNames;
    private readonly LetThrough _letThrough = new(version.Design.Serve.LetThrough, version.Manifest?.Seed ?? 0,
        version.Design.OutcomeDesigns);
    private readonly double[] _quantiles = new double[version.Estimate?.Quantiles.Length ?? 0];
    private readonly float[] _got = new float[version.Compiled.Plan.FeatureCount];

    protected override void TakeOne(ref Utf8JsonReader reader)
    {
        string? id = null;
        string? outcome = null;
        var (margin, promise) = (double.NaN, double.NaN);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = Text(ref reader); }
            else if (reader.ValueTextEquals("decision"u8)) { outcome = Text(ref reader); }
            else if (reader.ValueTextEquals("margin"u8)) { margin = Number(ref reader); }
            else if (reader.ValueTextEquals("estimate"u8)) { (outcome, margin) = ("", Number(ref reader)); }
            else if (reader.ValueTextEquals("promise"u8)) { promise = Number(ref reader); }
            else if (reader.ValueTextEquals("quantiles"u8)) { ReadQuantiles(ref reader); }
            else if (reader.ValueTextEquals("features"u8)) { ReadFeatures(ref reader); }
            else { reader.Skip(); }
        }
        if (outcome is not null) { Count(Compare(id!, outcome, margin, promise)); }
    }

    private void ReadFeatures(ref Utf8JsonReader reader)
    {
        reader.Read();
        var f = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            _got[f++] = (float)Number(ref reader);
        }
    }

    private void ReadQuantiles(ref Utf8JsonReader reader)
    {
        reader.Read();
        var q = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) { _quantiles[q++] = Number(ref reader); }
    }

    private Difference Compare(string id, string outcome, double margin, double promise)
    {
        var row = Decisions;
        Digest<float>(_got);
        Digest<double>([margin]);
        Digest<double>(_quantiles);
        if (version.Estimate is not null) { Digest<double>([promise]); }
        Digest<int>([Design.Outcomes.IndexOf(outcome)]);
        if (row >= expected.Count)
        {
            Differ(id, $"an answer that replay does not have (it decided {expected.Count})");
            return Difference.Extra;
        }
        var difference = Difference.None;
        for (var f = 0; f < _got.Length; f++)
        {
            var offline = expected.Features[(row * _got.Length) + f];
            if (Same(offline, _got[f])) { continue; }
            difference |= Difference.Features;
            Differ(id, $"feature {_features[f]}: served {_got[f]:R}, replayed {offline:R}");
        }
        if (!Same(expected.Margins[row], margin))
        {
            difference |= Difference.Score;
            Differ(id, $"margin: served {margin:R}, replayed {expected.Margins[row]:R}");
        }
        for (var q = 0; q < _quantiles.Length; q++)
        {
            var offline = expected.Quantiles[(row * _quantiles.Length) + q];
            if (Same(offline, _quantiles[q])) { continue; }
            difference |= Difference.Score;
            Differ(id, $"quantile {q + 1} of {_quantiles.Length}: served {_quantiles[q]:R}, replayed {offline:R}");
        }
        if (version.Estimate is not null && !Same(expected.Promises[row], promise))
        {
            difference |= Difference.Outcome;
            Differ(id, $"promise: served {promise:R}, replayed {expected.Promises[row]:R}");
        }
        var shown = Shown(id, expected.Given[row]);
        if (shown != outcome)
        {
            difference |= Difference.Outcome;
            Differ(id, $"outcome: served {outcome}, replayed {shown}");
        }
        return difference;
    }

    /// <summary>The hardest outcome gives way for the ids that are let through.</summary>
    private string Shown(string id, int outcome) => outcome < 0 ? "" : Design.Outcomes[_letThrough.Show(id, outcome).Outcome];
}
