using Lintel.Events.Log;

namespace Lintel.Decisions.Review;

/// <summary>What a reviewer can do to an item. A number is never given to another act.</summary>
public enum ReviewActKind : byte
{
    /// <summary>Takes the item for a while: nobody else gets it.</summary>
    Claim = 1,
    /// <summary>Gives it back unjudged.</summary>
    Release = 2,
    /// <summary>Keeps a claimed item for longer.</summary>
    Extend = 3,
    /// <summary>Says what it is; a second one corrects the first.</summary>
    Verdict = 4,
    /// <summary>Takes the verdict back: the item is open again.</summary>
    Undo = 5,
}

/// <summary>One line of the audit trail: who did what to which item, when, and why. Stands in the log.</summary>
public sealed record ReviewAct
{
    public required ReviewActKind Kind { get; init; }

    /// <summary>Id of the decision that is reviewed.</summary>
    public required string Item { get; init; }

    /// <summary>The reviewer; empty: a verdict that came as an event, from a tool that did not say who.</summary>
    public required string By { get; init; }

    /// <summary>The client's own id of the act, so that sending it again changes nothing; empty: none.</summary>
    public string Id { get; init; } = "";

    /// <summary>End of the lock of a claim, microseconds since 1970 UTC.</summary>
    public long Until { get; init; }

    /// <summary>The verdict: 1 yes, 0 no; NaN for every other act.</summary>
    public double Value { get; init; } = double.NaN;

    public string Note { get; init; } = "";

    /// <summary>When it was accepted, microseconds since 1970 UTC; given by the log.</summary>
    public long Known { get; init; }

    /// <summary>Where it counts in the log: its own record, or the verdict's event behind it.</summary>
    public long Place { get; init; }

    /// <summary>Writes the payload of its record.</summary>
    public void Write(PayloadWriter writer)
    {
        writer.Byte((byte)Kind);
        writer.Text(Item);
        writer.Text(By);
        writer.Text(Id);
        writer.Int64(Until);
        writer.Double(Value);
        writer.Text(Note);
    }

    internal static ReviewAct Read(ReadOnlySpan<byte> payload, long known, long place)
    {
        var reader = new PayloadReader(payload);
        return new()
        {
            Kind = (ReviewActKind)reader.Byte(),
            Item = reader.Text(),
            By = reader.Text(),
            Id = reader.Text(),
            Until = reader.Int64(),
            Value = reader.Double(),
            Note = reader.Text(),
            Known = known,
            Place = place,
        };
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write((byte)Kind);
        writer.Write(By);
        writer.Write(Id);
        writer.Write(Until);
        writer.Write(Value);
        writer.Write(Note);
        writer.Write(Known);
        writer.Write(Place);
    }

    internal static ReviewAct Read(BinaryReader reader, string item) => new()
    {
        Kind = (ReviewActKind)reader.ReadByte(),
        Item = item,
        By = reader.ReadString(),
        Id = reader.ReadString(),
        Until = reader.ReadInt64(),
        Value = reader.ReadDouble(),
        Note = reader.ReadString(),
        Known = reader.ReadInt64(),
        Place = reader.ReadInt64(),
    };
}
