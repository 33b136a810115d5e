using System.Text;
using Lintel.Events.Log;
using Lintel.Pipeline.Ranking;

namespace Lintel.Pipeline.Live;

/// <summary>What is kept of one decision so that it can answer later: what was known, which version scored it, which
/// rule acted, and the propensity with which the outcome was shown. Used again for each request; what reads one later
/// gets its own.</summary>
public sealed class DecisionRecord
{
    private byte[] _id = new byte[64];
    private int _idLength;

    public ReadOnlySpan<byte> IdUtf8 => _id.AsSpan(0, _idLength);

    public string Id => Encoding.UTF8.GetString(IdUtf8);

    /// <summary>Place of the decided event in the log.</summary>
    public long EventPlace { get; internal set; }

    /// <summary>When the event was accepted, microseconds since 1970 UTC.</summary>
    public long Known { get; internal set; }

    /// <summary>When the decision took effect, microseconds since 1970 UTC; no earlier than <see cref="Known"/>.</summary>
    public long Given { get; internal set; }

    /// <summary>The version that scored it.</summary>
    public int Version { get; internal set; }

    /// <summary>The trained version whose features and codes the page's are: the one that scored it, unless that was learned on the
    /// stream.</summary>
    public int Root { get; internal set; }

    /// <summary>Index of the rule that matched; −1 when scoring failed, or when the answer is an estimate.</summary>
    public int Rule { get; internal set; }

    /// <summary>The rule as the design says it; when scoring failed, <c>on failure</c>.</summary>
    public string RuleText { get; internal set; } = "";

    public string Outcome { get; internal set; } = "";

    /// <summary>Of the final model, of a regression the estimate; NaN when scoring failed.</summary>
    public double Margin { get; internal set; }

    /// <summary>Calibrated, of a regression the promise; NaN when scoring failed, or when the final model gives none.</summary>
    public double Probability { get; internal set; }

    /// <summary>What a regression promises; it stands where other decisions have their probability.</summary>
    public double Promise => Probability;

    /// <summary>With what probability this outcome is shown to such a decision, 0 to 1.</summary>
    public double Propensity { get; internal set; } = 1;

    /// <summary>The rule's outcome was passed on purpose, so that the truth stays observable.</summary>
    public bool LetThrough { get; internal set; }

    /// <summary>Scoring failed; the outcome is the design's <c>on failure</c>.</summary>
    public bool Failed { get; internal set; }

    /// <summary>The time-out had passed before the decision was durable, so the outcome answered is the design's
    /// <c>on failure</c>; <see cref="Failed"/> is true, too.</summary>
    public bool Late { get; internal set; }

    /// <summary>Decided at a start, because the process before it ended between accepting and deciding.</summary>
    public bool Recovered { get; internal set; }

    /// <summary>The outcome that was shown waits for a person; <see cref="Priority"/> and <see cref="Stake"/> say
    /// where.</summary>
    public bool Reviewed { get; internal set; }

    /// <summary>Place in the review queue: larger is sooner.</summary>
    public double Priority { get; internal set; } = double.NaN;

    /// <summary>What a miss costs, in the design's unit; NaN when it does not say.</summary>
    public double Stake { get; internal set; } = double.NaN;

    /// <summary>Every register of the decision: columns, aggregates, features, scores, thresholds, lists.</summary>
    public double[] Registers { get; internal set; } = [];

    /// <summary>What a ranking showed; null: the decision gave an outcome. Its <see cref="Registers"/> are what its candidates
    /// share.</summary>
    public PageRecord? Page { get; internal set; }

    /// <summary>The candidates of its page were found ahead, by a batch.</summary>
    public bool Precomputed { get; internal set; }

    internal void SetId(ReadOnlySpan<byte> id)
    {
        if (_id.Length < id.Length) { _id = new byte[IdIndex.MaxIdBytes]; }
        id.CopyTo(_id);
        _idLength = id.Length;
    }

    internal void Write(PayloadWriter writer)
    {
        writer.Clear();
        writer.Bytes(IdUtf8);
        writer.Int64(EventPlace);
        writer.Int64(Known);
        writer.Int64(Given);
        writer.Int32(Version);
        writer.Int32(Rule);
        writer.Text(RuleText);
        writer.Text(Outcome);
        writer.Double(Margin);
        writer.Double(Probability);
        writer.Double(Propensity);
        writer.Byte((byte)((LetThrough ? 1 : 0) | (Failed ? 2 : 0) | (Recovered ? 4 : 0) | (Reviewed ? 8 : 0)
            | (Late ? 16 : 0) | (Page is not null ? 32 : 0) | (Precomputed ? 64 : 0)
            | (Page is { HasPrices: true } ? 128 : 0)));
        writer.UInt16(Registers.Length);
        writer.Doubles(Registers);
        Page?.Write(writer);
        if (Reviewed)
        {
            writer.Double(Priority);
            writer.Double(Stake);
        }
        if (Page is { HasPrices: true } priced) { priced.WritePrices(writer); }
        // what trained versions decide is as it always was
        if (Page is not null && Root != Version) { writer.Int32(Root); }
    }

    internal void Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        SetId(reader.Bytes());
        EventPlace = reader.Int64();
        Known = reader.Int64();
        Given = reader.Int64();
        Version = reader.Int32();
        Rule = reader.Int32();
        RuleText = reader.Text();
        Outcome = reader.Text();
        Margin = reader.Double();
        Probability = reader.Double();
        Propensity = reader.Double();
        var flags = reader.Byte();
        (LetThrough, Failed, Recovered) = ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        Late = (flags & 16) != 0;
        Precomputed = (flags & 64) != 0;
        var count = reader.UInt16();
        if (Registers.Length != count) { Registers = new double[count]; }
        reader.Doubles(Registers);
        Page = (flags & 32) == 0 ? null : Page ?? new();
        Page?.Read(ref reader);
        Reviewed = (flags & 8) != 0;
        (Priority, Stake) = Reviewed ? (reader.Double(), reader.Double()) : (double.NaN, double.NaN);
        if ((flags & 128) != 0) { Page?.ReadPrices(ref reader); }
        Root = Page is not null && !reader.IsAtEnd ? reader.Int32() : Version;
    }
}
