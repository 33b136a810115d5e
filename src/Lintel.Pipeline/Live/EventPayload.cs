using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>An accepted event in the log: numbers in registers, keys and texts as texts, so that replay gives the same
/// codes in the same order whatever was known before.</summary>
internal static class EventPayload
{
    /// <summary>A decision was asked for with the event.</summary>
    private const byte ToDecide = 1;

    internal static void Write(PayloadWriter writer, IncomingRecord record, long known, bool toDecide)
    {
        writer.Clear();
        writer.Int64(known);
        writer.UInt16(record.Event.Number);
        writer.Byte((byte)((toDecide ? ToDecide : 0) | (record.HasTime ? 2 : 0)));
        writer.Bytes(record.Id);
        writer.Bytes(record.Subject);
        writer.UInt16(record.Event.InheritedFrom);
        writer.Doubles(record.OwnValues);
        writer.UInt16(record.Texts.Count);
        foreach (var text in record.Texts)
        {
            writer.UInt16(text.Column);
            writer.Bytes(record.Bytes(text.Text));
        }
    }

    /// <summary>Reads an event that was written under a layout into the layout that the design has now.</summary>
    /// <returns>False when the design has no such event any more.</returns>
    internal static bool Read(ReadOnlySpan<byte> payload, LogLayout layout, IncomingRecord record, out long known,
        out bool toDecide)
    {
        var reader = new PayloadReader(payload);
        known = reader.Int64();
        var type = layout.Types[reader.UInt16()];
        var flags = reader.Byte();
        toDecide = (flags & ToDecide) != 0;
        if (type.Event is not { } design) { return false; }
        record.Begin(design);
        record.HasTime = (flags & 2) != 0;
        record.SetId(reader.Bytes());
        record.SetSubject(reader.Bytes());
        var count = reader.UInt16();
        for (var c = 0; c < count; c++)
        {
            var value = reader.Double();
            if (type.Columns[c] >= 0) { record.Values[type.Columns[c]] = value; }
        }
        for (var texts = reader.UInt16(); texts > 0; texts--)
        {
            var column = type.Columns[reader.UInt16()];
            var text = reader.Bytes();
            if (column >= 0) { record.AddText(column, text); }
        }
        return true;
    }
}
