using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Verification;

/// <summary>Compares the server's answers with what replay computed, bit for bit, and counts what differs.</summary>
internal sealed class SkewComparison(SystemVersion version, SkewExpectation expected) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SystemDesign _design = version.Design;
    private readonly ImmutableArray<string> _features = version.Compiled.Plan.FeatureNames;
    private readonly LetThrough _letThrough = new(version.Design.Serve.LetThrough, version.Manifest?.Seed ?? 0,
        version.Design.OutcomeDesigns);
    private readonly float[] _got = new float[version.Compiled.Plan.FeatureCount];

    internal int Decisions { get; private set; }

    /// <summary>Decisions of which anything differed.</summary>
    internal int Mismatches { get; private set; }

    internal int FeatureMismatches { get; private set; }

    internal int ScoreMismatches { get; private set; }

    internal int OutcomeMismatches { get; private set; }

    internal string? FirstDifference { get; private set; }

    /// <summary>SHA-256 over every answer's features, margin and outcome, in order.</summary>
    internal string Digest() => Convert.ToHexStringLower(_digest.GetCurrentHash());

    public void Dispose() => _digest.Dispose();

    /// <summary>Takes the answers to one batch; those to events that are not decided are passed over.</summary>
    internal void Take(ReadOnlySpan<byte> answers)
    {
        var reader = new Utf8JsonReader(answers);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) { TakeOne(ref reader); }
    }

    private void TakeOne(ref Utf8JsonReader reader)
    {
        string? id = null;
        string? outcome = null;
        var margin = double.NaN;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = Text(ref reader); }
            else if (reader.ValueTextEquals("decision"u8)) { outcome = Text(ref reader); }
            else if (reader.ValueTextEquals("margin"u8)) { margin = Number(ref reader); }
            else if (reader.ValueTextEquals("features"u8)) { ReadFeatures(ref reader); }
            else { reader.Skip(); }
        }
        if (outcome is not null) { Compare(id!, outcome, margin); }
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

    private void Compare(string id, string outcome, double margin)
    {
        var row = Decisions++;
        _digest.AppendData(MemoryMarshal.AsBytes(_got.AsSpan()));
        _digest.AppendData(BitConverter.GetBytes(margin));
        _digest.AppendData(BitConverter.GetBytes(_design.Outcomes.IndexOf(outcome)));
        if (row >= expected.Margins.Length)
        {
            Differ(id, $"an answer that replay does not have (it decided {expected.Margins.Length})");
            Mismatches++;
            return;
        }
        var differs = false;
        for (var f = 0; f < _got.Length; f++)
        {
            var offline = expected.Features[(row * _got.Length) + f];
            if (Same(offline, _got[f])) { continue; }
            if (!differs) { FeatureMismatches++; }
            differs = true;
            Differ(id, $"feature {_features[f]}: served {_got[f]:R}, replayed {offline:R}");
        }
        if (!Same(expected.Margins[row], margin))
        {
            ScoreMismatches++;
            differs = true;
            Differ(id, $"margin: served {margin:R}, replayed {expected.Margins[row]:R}");
        }
        var shown = Shown(id, expected.Outcomes[row]);
        if (shown != outcome)
        {
            OutcomeMismatches++;
            differs = true;
            Differ(id, $"outcome: served {outcome}, replayed {shown}");
        }
        if (differs) { Mismatches++; }
    }

    /// <summary>The hardest outcome gives way for the ids that are let through.</summary>
    private string Shown(string id, int outcome) => _design.Outcomes[_letThrough.Show(id, outcome).Outcome];

    private void Differ(string id, string what) => FirstDifference ??= $"{_design.Decision.Each} {id}: {what}";

    private static bool Same(float a, float b) =>
        BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    private static bool Same(double a, double b) =>
        BitConverter.DoubleToUInt64Bits(a) == BitConverter.DoubleToUInt64Bits(b)
        || (double.IsNaN(a) && double.IsNaN(b));

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString()!;
    }

    private static double Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();
    }
}
