namespace Lintel.Decisions.Review;

public enum ReviewState
{
    /// <summary>Nobody holds it.</summary>
    Open,
    /// <summary>A reviewer holds it until the lock expires.</summary>
    Claimed,
    /// <summary>It has a verdict.</summary>
    Closed,
}

/// <summary>One decision that a person looks at. Changed by the ledger only, inside the sequencer.</summary>
public sealed class ReviewItem
{
    /// <summary>Acts of one item that stay in memory; all stand in the log.</summary>
    public const int MostActs = 64;

    private const long Never = long.MinValue;
    private readonly List<ReviewAct> _acts = [];

    /// <summary>Id of the decision.</summary>
    public required string Id { get; init; }

    /// <summary>Place of the decision in the log.</summary>
    public required long Place { get; init; }

    /// <summary>When the decision was given, microseconds since 1970 UTC.</summary>
    public required long Known { get; init; }

    /// <summary>Larger is sooner; ties go by age.</summary>
    public required double Priority { get; init; }

    /// <summary>Calibrated; NaN when the decision has none.</summary>
    public required double Probability { get; init; }

    /// <summary>What a miss costs; NaN when the design does not say.</summary>
    public required double Stake { get; init; }

    /// <summary>Who claimed it last and has neither released nor judged it; the lock may have expired. Null:
    /// nobody.</summary>
    public string? ClaimedBy { get; internal set; }

    /// <summary>End of the lock, microseconds since 1970 UTC.</summary>
    public long Until { get; internal set; }

    /// <summary>1 yes, 0 no; NaN while there is none.</summary>
    public double Verdict { get; internal set; } = double.NaN;

    /// <summary>Who gave the verdict; empty: it came as an event of an unknown sender. Null while there is
    /// none.</summary>
    public string? JudgedBy { get; internal set; }

    /// <summary>When the verdict became known, microseconds since 1970 UTC.</summary>
    public long JudgedAt { get; internal set; } = Never;

    /// <summary>It had a verdict at some time: what it took until then is counted once.</summary>
    public bool WasJudged { get; internal set; }

    /// <summary>The latest acts, the oldest first.</summary>
    public IReadOnlyList<ReviewAct> Acts => _acts;

    public bool IsClosed => JudgedAt != Never;

    /// <summary>Who holds the item at an instant; null: nobody.</summary>
    public string? HolderAt(long now) => !IsClosed && ClaimedBy is not null && Until > now ? ClaimedBy : null;

    public ReviewState StateAt(long now) =>
        IsClosed ? ReviewState.Closed : HolderAt(now) is null ? ReviewState.Open : ReviewState.Claimed;

    internal void Reopen() => (Verdict, JudgedBy, JudgedAt) = (double.NaN, null, Never);

    /// <returns>The act that left memory for it; null: none did.</returns>
    internal ReviewAct? Keep(ReviewAct act)
    {
        _acts.Add(act);
        if (_acts.Count <= MostActs) { return null; }
        var oldest = _acts[0];
        _acts.RemoveAt(0);
        return oldest;
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(Place);
        writer.Write(Known);
        writer.Write(Priority);
        writer.Write(Probability);
        writer.Write(Stake);
        WriteText(writer, ClaimedBy);
        writer.Write(Until);
        writer.Write(Verdict);
        WriteText(writer, JudgedBy);
        writer.Write(JudgedAt);
        writer.Write(WasJudged);
        writer.Write(_acts.Count);
        foreach (var act in _acts) { act.Write(writer); }
    }

    internal static ReviewItem Read(BinaryReader reader)
    {
        var item = new ReviewItem
        {
            Id = reader.ReadString(),
            Place = reader.ReadInt64(),
            Known = reader.ReadInt64(),
            Priority = reader.ReadDouble(),
            Probability = reader.ReadDouble(),
            Stake = reader.ReadDouble(),
            ClaimedBy = ReadText(reader),
            Until = reader.ReadInt64(),
            Verdict = reader.ReadDouble(),
            JudgedBy = ReadText(reader),
            JudgedAt = reader.ReadInt64(),
            WasJudged = reader.ReadBoolean(),
        };
        for (var count = reader.ReadInt32(); count > 0; count--) { item._acts.Add(ReviewAct.Read(reader, item.Id)); }
        return item;
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) { writer.Write(text); }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
