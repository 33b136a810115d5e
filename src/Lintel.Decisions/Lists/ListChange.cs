using Lintel.Events.Log;

namespace Lintel.Decisions.Lists;

/// <summary>One change of a named list: a key added, or taken away; by whom and why stands in the log for good.</summary>
/// <param name="Until">From this instant on the key is no member, microseconds since 1970 UTC; <see cref="Forever"/>:
/// it stays. Not used when the key is taken away.</param>
public sealed record ListChange(string List, string Key, bool Removes, long Until, string By, string Why)
{
    public const long Forever = long.MaxValue;

    /// <summary>Most characters of a reason, and of a name.</summary>
    public const int MaxText = 1_000;

    /// <summary>Writes the payload of a <see cref="LiveRecordType.ListChange"/>.</summary>
    public void Write(PayloadWriter writer)
    {
        writer.Text(List);
        writer.Text(Key);
        writer.Byte(Removes ? (byte)1 : (byte)0);
        writer.Int64(Until);
        writer.Text(By);
        writer.Text(Why);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ListChange Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return new(reader.Text(), reader.Text(), reader.Byte() == 1, reader.Int64(), reader.Text(), reader.Text());
    }
}

/// <summary>A key that stands in a list.</summary>
/// <param name="Since">When it was added, microseconds since 1970 UTC.</param>
/// <param name="Until">From this instant on it is no member.</param>
public sealed record ListEntry(string Key, long Since, long Until, string By, string Why);
