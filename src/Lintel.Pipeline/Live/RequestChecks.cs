using System.Text;

namespace Lintel.Pipeline.Live;

/// <summary>What can be told of a request only against the state: that what it names is there. Runs in the sequencer,
/// before anything is applied.</summary>
internal static class RequestChecks
{
    internal static void Check(LiveRequest request, bool decide, LiveState state, LiveOptions options,
        RecordShapes shapes)
    {
        for (var i = 0; i < request.Count; i++)
        {
            var record = request[i].Record;
            var start = request.IsArray ? $"/{i}" : "";
            if (record.Event.About is { } about && !options.AcceptUnknownSubjects
                && state.Table(about.Event)!.Find(record.Subject) < 0
                && !StandsBefore(request, i, about.Event.Number, record.Subject))
            {
                request.Faults.Add(new(RequestFault.NotValid, $"{start}/about", $"no {about.Event} of this id is known",
                    $"\"{Encoding.UTF8.GetString(record.Subject)}\"",
                    $"the id of a {about.Event} accepted in the last {options.Retention.TotalDays:0} days",
                    $"send the {about.Event} first, or correct the id"));
            }
            if (state.Check(record) is { } overflow)
            {
                request.Faults.Add(new(RequestFault.NotValid, start, "a value is past what exact sums hold", overflow,
                    "a smaller value, or a larger scale in the design", "correct the value"));
            }
            if (decide && shapes.All[record.Event.Number].IsDecided && state.Table(record.Event) is { } table
                && table.Find(record.Id) is >= 0 and var slot && table.Decision(slot) == RecordTable.NotDecided)
            {
                request.Faults.Add(new(RequestFault.Conflict, $"{start}/id",
                    $"this {record.Event} was accepted before without a decision",
                    $"\"{Encoding.UTF8.GetString(record.Id)}\"", "an id that no event had before",
                    $"decide a {record.Event} when it comes first: its windows hold it now"));
            }
        }
    }

    private static bool StandsBefore(LiveRequest request, int index, int type, ReadOnlySpan<byte> id)
    {
        for (var i = 0; i < index; i++)
        {
            if (request[i].Record.Event.Number == type && request[i].Record.Id.SequenceEqual(id)) { return true; }
        }
        return false;
    }
}
