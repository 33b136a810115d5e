using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Lintel.Design;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Verification;

/// <summary>Compares the server's answers with what replay computed, bit for bit, and counts what differs.</summary>
internal abstract class SkewComparison(SystemDesign design) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal int Decisions { get; private set; }

    /// <summary>Decisions of which anything differed.</summary>
    internal int Mismatches { get; private set; }

    internal int FeatureMismatches { get; private set; }

    internal int ScoreMismatches { get; private set; }

    internal int OutcomeMismatches { get; private set; }

    internal string? FirstDifference { get; private set; }

    protected SystemDesign Design { get; } = design;

    public static SkewComparison Of(SystemVersion version, SkewExpectation expected) => expected switch
    {
        SkewExpectation.Pages pages => new PageComparison(version, pages),
        SkewExpectation.Outcomes outcomes => new OutcomeComparison(version, outcomes),
        _ => throw new InvalidOperationException($"unknown expectation {expected.GetType().Name}"),
    };

    /// <summary>SHA-256 over every answer's features, scores and outcome, in order.</summary>
    internal string Digest() => Convert.ToHexStringLower(_digest.GetCurrentHash());

    public void Dispose() => _digest.Dispose();

    /// <summary>Takes the answers to one batch; those to events that are not decided are passed over.</summary>
    internal void Take(ReadOnlySpan<byte> answers)
    {
        var reader = new Utf8JsonReader(answers);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) { TakeOne(ref reader); }
    }

    /// <summary>Reads one answer to its end, and compares it when it is a decision's.</summary>
    protected abstract void TakeOne(ref Utf8JsonReader reader);

    /// <summary>Counts a decision.</summary>
    protected void Count(Difference difference)
    {
        Decisions++;
        FeatureMismatches += (difference & Difference.Features) != 0 ? 1 : 0;
        ScoreMismatches += (difference & Difference.Score) != 0 ? 1 : 0;
        OutcomeMismatches += (difference & Difference.Outcome) != 0 ? 1 : 0;
        Mismatches += difference != Difference.None ? 1 : 0;
    }

    protected void Digest<T>(ReadOnlySpan<T> values) where T : struct => _digest.AppendData(MemoryMarshal.AsBytes(values));

    protected void Differ(string id, string what) => FirstDifference ??= $"{Design.Decision.Each} {id}: {what}";

    protected static bool Same(float a, float b) =>
        BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    protected static bool Same(double a, double b) =>
        BitConverter.DoubleToUInt64Bits(a) == BitConverter.DoubleToUInt64Bits(b)
        || (double.IsNaN(a) && double.IsNaN(b));

    protected static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString()!;
    }

    protected static double Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();
    }

    [Flags]
    protected enum Difference
    {
        None = 0,
        Features = 1,
        Score = 2,
        Outcome = 4,
        /// <summary>The replay did not decide it.</summary>
        Extra = 8,
    }
}
