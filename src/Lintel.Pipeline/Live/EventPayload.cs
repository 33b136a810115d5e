using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>An accepted event in the log: numbers in registers, keys and texts as texts, so that replay gives the same
/// codes in the same order whatever was known before.</summary>
internal static class EventPayload
{
    internal static void Write(PayloadWriter writer, IncomingRecord record, long known, bool toDecide)
    {
        writer.Clear();
        writer.Int64(known);
        writer.UInt16(record.Event.Number);
        writer.Byte((byte)((toDecide ? LoggedEvent.DecideFlag : 0) | (record.HasTime ? LoggedEvent.TimeFlag : 0)));
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
        var logged = LoggedEvent.Read(payload);
        known = logged.Known;
        var type = layout.Types[logged.Type];
        toDecide = (logged.Flags & LoggedEvent.DecideFlag) != 0;
        if (type.Event is not { } design) { return false; }
        record.Begin(design);
        record.HasTime = (logged.Flags & LoggedEvent.TimeFlag) != 0;
        record.SetId(logged.Id);
        record.SetSubject(logged.Subject);
        for (var c = 0; c < logged.ValueCount; c++)
        {
            if (type.Columns[c] >= 0) { record.Values[type.Columns[c]] = logged.Value(c); }
        }
        var texts = logged.Texts;
        for (var left = texts.UInt16(); left > 0; left--)
        {
            var column = type.Columns[texts.UInt16()];
            var text = texts.Bytes();
            if (column >= 0) { record.AddText(column, text); }
        }
        return true;
    }
}
