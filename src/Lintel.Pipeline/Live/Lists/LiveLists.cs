using System.Text;
using Lintel.Decisions.Lists;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live.Lists;

/// <summary>The named lists of a live service: each change is a record of the log, durable before it is answered, and holds
/// for every decision behind it. Safe for many threads.</summary>
public sealed class LiveLists(LiveService live)
{
    /// <summary>Lists that a rule of the design names, with their members now.</summary>
    public IReadOnlyList<(string List, IReadOnlyList<ListEntry> Entries)> All() => live.Read(state =>
        (IReadOnlyList<(string, IReadOnlyList<ListEntry>)>)
        [.. state.Lists.Names.Select(n => (n, state.Lists.Entries(n, live.NextKnown())))]);

    /// <exception cref="RequestException">No rule names it.</exception>
    public IReadOnlyList<ListEntry> Entries(string list) => live.Read(state =>
    {
        Require(state, list);
        return state.Lists.Entries(list, live.NextKnown());
    });

    /// <summary>The entry of a key.</summary>
    /// <exception cref="RequestException">No rule names the list, or the key does not stand in it.</exception>
    public ListEntry Find(string list, string key) => live.Read(state =>
    {
        Require(state, list);
        return state.Lists.Find(list, key, live.NextKnown()) ?? throw new RequestException(NotIn(list, key));
    });

    /// <summary>Puts a key into a list; one that stands there is renewed.</summary>
    /// <returns>The entry, and whether the key stood there before.</returns>
    /// <exception cref="RequestException">No rule names the list, or the end has passed.</exception>
    /// <exception cref="LogClosedException">The log failed: nothing changed.</exception>
    public ValueTask<(ListEntry Entry, bool Renewed)> PutAsync(string list, string key, ListRequest request) =>
        live.ChangeAsync(step =>
        {
            Require(step.State, list);
            CheckKey(key);
            var until = request.Until ?? (request.For is { } duration ? step.Now + duration : ListChange.Forever);
            if (until <= step.Now)
            {
                throw new RequestException(new RequestFault(RequestFault.NotValid, "/until", "the end has passed",
                    Time(until), $"a time after {Time(step.Now)}", "give a later one"));
            }
            var renewed = step.State.Lists.Find(list, key, step.Now) is not null;
            step.Append(LiveRecordType.ListChange, new ListChange(list, key, false, until, request.By, request.Why).Write);
            return (step.State.Lists.Find(list, key, long.MinValue)!, renewed);
        });

    /// <summary>Takes a key from a list.</summary>
    /// <returns>The entry that stood there.</returns>
    /// <exception cref="RequestException">No rule names the list, or the key does not stand in it.</exception>
    /// <exception cref="LogClosedException">The log failed: nothing changed.</exception>
    public ValueTask<ListEntry> RemoveAsync(string list, string key, string by, string why) => live.ChangeAsync(step =>
    {
        Require(step.State, list);
        var entry = step.State.Lists.Find(list, key, step.Now) ?? throw new RequestException(NotIn(list, key));
        step.Append(LiveRecordType.ListChange,
            new ListChange(list, key, true, 0, Shorten(by), Shorten(why)).Write);
        return entry;
    });

    private static void Require(LiveState state, string list)
    {
        if (state.Lists.Names.Contains(list)) { return; }
        var names = string.Join(", ", state.Lists.Names);
        throw new RequestException(new RequestFault(RequestFault.NotThere, "", "no rule of the design names this list",
            $"\"{list}\"", names.Length == 0 ? "a list that a rule names; this design's rules name none" : names,
            $"name one of them, or add a rule such as 'block if card in {list}'"));
    }

    private static void CheckKey(string key)
    {
        if (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > RecordValues.MaxTextBytes)
        {
            throw new RequestException(new RequestFault(RequestFault.NotValid, "", "the key cannot be kept",
                $"{Encoding.UTF8.GetByteCount(key)} bytes", $"1 to {RecordValues.MaxTextBytes} bytes", "correct the key"));
        }
    }

    private static RequestFault NotIn(string list, string key) => new(RequestFault.NotThere, "",
        $"the key does not stand in {list}", $"\"{key}\"", "a key of the list", "it may have ended; GET the list to see");

    private static string Shorten(string text) => text.Length <= ListChange.MaxText ? text : text[..ListChange.MaxText];

    private static string Time(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
}
