using System.Text;
using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>What can be told of a request only against the state: that what it names is there. Runs in the sequencer,
/// before anything is applied.</summary>
internal static class RequestChecks
{
    /// <param name="now">Latest instant that a record may claim to have happened at, before
    /// <see cref="LiveOptions.Ahead"/> is added; null: records of files are sent again.</param>
    internal static void Check(LiveRequest request, bool decide, LiveState state, LiveOptions options,
        RecordShapes shapes, long? now)
    {
        for (var i = 0; i < request.Count; i++)
        {
            var record = request[i].Record;
            var faults = request.Faults.Count;
            if (now is { } instant && record.HasTime) { CheckTime(request, i, instant, options.Ahead); }
            if (record.Event.About is { } about && !options.AcceptUnknownSubjects
                && state.Table(about.Event)!.Find(record.Subject) < 0
                && !StandsBefore(request, i, about.Event.Number, record.Subject))
            {
                request.Faults.Add(UnknownSubject(request, i, options));
            }
            if (state.Check(record) is { } overflow) { request.Faults.Add(Overflow(request, i, overflow)); }
            if (options.MaxTexts < int.MaxValue && state.FullColumn(record, options.MaxTexts) is >= 0 and var full)
            {
                request.Faults.Add(Full(request, i, full, options.MaxTexts));
            }
            if (decide && shapes.All[record.Event.Number].IsDecided && state.Table(record.Event) is { } table
                && table.Find(record.Id) is >= 0 and var slot && table.Decision(slot) == RecordTable.NotDecided)
            {
                request.Faults.Add(NeverDecided(request, i));
            }
            if (request.Faults.Count > faults) { request.TellLine(faults, request[i].Line); }
        }
    }

    /// <summary>A time ahead of the clock is a wrong clock of whoever sends, and would tell models of hours that have not
    /// come.</summary>
    private static void CheckTime(LiveRequest request, int index, long now, TimeSpan ahead)
    {
        var record = request[index].Record;
        var column = 0;
        while (record.Event.Columns[column].Kind != ColumnKind.Time) { column++; }
        var time = record.Values[column];
        if (!(time - now > ahead.TotalMicroseconds)) { return; }
        request.Faults.Add(new(RequestFault.Malformed,
            RecordFaults.Pointer(request.PointerIndex(index), record.Event.Columns[column].Name), "the record lies in the future",
            $"{(time - now) / 1e6:0} s ahead of the server's clock", $"at most {ahead.TotalMinutes:0} minutes ahead",
            "correct the sender's clock or its time zone (a time without an offset is meant in UTC)"));
    }

    private static bool StandsBefore(LiveRequest request, int index, int type, ReadOnlySpan<byte> id)
    {
        for (var i = 0; i < index; i++)
        {
            if (request[i].Record.Event.Number == type && request[i].Record.Id.SequenceEqual(id)) { return true; }
        }
        return false;
    }

    private static RequestFault UnknownSubject(LiveRequest request, int index, LiveOptions options)
    {
        var record = request[index].Record;
        var about = record.Event.About!.Event;
        return new(RequestFault.NotValid, RecordFaults.Pointer(request.PointerIndex(index), "about"),
            $"no {about} of this id is known", $"\"{Encoding.UTF8.GetString(record.Subject)}\"",
            $"the id of a {about} accepted in the last {options.Retention.TotalDays:0} days",
            $"send the {about} first, or correct the id");
    }

    private static RequestFault Overflow(LiveRequest request, int index, string overflow) => new(
        RequestFault.NotValid, RecordFaults.Pointer(request.PointerIndex(index)),
        "a value is past what exact sums hold", overflow, "a smaller value, or a larger scale in the design",
        "correct the value");

    private static RequestFault Full(LiveRequest request, int index, int column, int most)
    {
        var asked = request[index].Record.Event.Columns[column];
        return new(RequestFault.NotValid, RecordFaults.Pointer(request.PointerIndex(index), asked.Name),
            $"no new {asked.Domain} is taken any more", $"one that no record brought before, beside {most:N0}",
            $"a {asked.Domain} that is known",
            "look at who sends so many (lintel_dictionary_texts); then raise --max-texts, or train again to forget what is not in the data");
    }

    private static RequestFault NeverDecided(LiveRequest request, int index)
    {
        var record = request[index].Record;
        return new(RequestFault.Conflict, RecordFaults.Pointer(request.PointerIndex(index), "id"),
            $"this {record.Event} was accepted before without a decision",
            $"\"{Encoding.UTF8.GetString(record.Id)}\"", "an id that no event had before",
            $"decide a {record.Event} when it comes first: its windows hold it now");
    }
}
