using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Features;

namespace Lintel.Decisions.Lists;

/// <summary>The named lists that rules ask (<c>card in blocklist</c>): keys with who put them there, why, and until when.
/// They follow from the log's list changes alone. Not thread-safe: the sequencer owns it.</summary>
/// <remarks>A key is a member for a decision known at <c>t</c> when it was added before and <c>t &lt; until</c>: exact to
/// the microsecond, live and replayed. Entries of lists that no rule names any more are kept: a later version may name
/// them again.</remarks>
public sealed class ListLedger : ILedger
{
    private const byte Format = 1;

    private readonly FeaturePlan _plan;
    private readonly SortedDictionary<string, SortedDictionary<string, ListEntry>> _lists = new(StringComparer.Ordinal);

    /// <summary>Ends of entries, the earliest first; one that was renewed or taken away stands here until it comes
    /// up.</summary>
    private readonly PriorityQueue<(string List, string Key), long> _ends = new();

    /// <summary>By the plan's questions: until when a code is a member. Questions with one list and one dictionary share
    /// theirs.</summary>
    private readonly Dictionary<int, long>[] _members;

    public ListLedger(FeaturePlan plan)
    {
        _plan = plan;
        _members = new Dictionary<int, long>[plan.Lists.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            var same = 0;
            while (plan.Lists[same].List != plan.Lists[i].List || plan.Lists[same].Codes != plan.Lists[i].Codes) { same++; }
            _members[i] = same < i ? _members[same] : [];
        }
    }

    /// <summary>Lists that a rule names, in order.</summary>
    public IEnumerable<string> Names =>
        _plan.Lists.Select(static l => l.List).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Every register of a list membership without any list: 0, missing where the value is missing.</summary>
    public static void FillEmpty(FeaturePlan plan, Span<double> registers)
    {
        foreach (var list in plan.Lists)
        {
            registers[list.Register] = double.IsNaN(list.Value.Evaluate(registers)) ? double.NaN : 0;
        }
    }

    /// <summary>Fills the registers of list memberships: 1 or 0, missing where the value is missing.</summary>
    /// <param name="known">Of the decision, microseconds since 1970 UTC.</param>
    public void Fill(Span<double> registers, long known)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var list = _plan.Lists[i];
            var code = list.Value.Evaluate(registers);
            registers[list.Register] = double.IsNaN(code) ? double.NaN
                : _members[i].TryGetValue((int)code, out var until) && known < until ? 1 : 0;
        }
    }

    /// <summary>The entry of a key; null when it is no member at an instant.</summary>
    public ListEntry? Find(string list, string key, long known) =>
        _lists.TryGetValue(list, out var entries) && entries.TryGetValue(key, out var entry) && known < entry.Until
            ? entry : null;

    /// <summary>Members at an instant, by key.</summary>
    public IReadOnlyList<ListEntry> Entries(string list, long known) =>
        _lists.TryGetValue(list, out var entries) ? [.. entries.Values.Where(e => known < e.Until)] : [];

    public bool Takes(byte type) => type == LiveRecordType.ListChange;

    public void Apply(in LogRecord record, long known)
    {
        var change = ListChange.Read(record.Payload);
        if (change.Removes) { Remove(change.List, change.Key); }
        else { Add(change.List, new(change.Key, known, change.Until, change.By, change.Why)); }
        // ends that have passed free their room with the next change: what is left follows from the records alone
        while (_ends.TryPeek(out var end, out var until) && until <= known)
        {
            _ends.Dequeue();
            if (_lists.TryGetValue(end.List, out var entries) && entries.TryGetValue(end.Key, out var entry)
                && entry.Until == until)
            {
                Remove(end.List, end.Key);
            }
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Format);
        writer.Write(_lists.Count);
        foreach (var (list, entries) in _lists)
        {
            writer.Write(list);
            writer.Write(entries.Count);
            foreach (var entry in entries.Values)
            {
                writer.Write(entry.Key);
                writer.Write(entry.Since);
                writer.Write(entry.Until);
                writer.Write(entry.By);
                writer.Write(entry.Why);
            }
        }
    }

    public void Read(BinaryReader reader)
    {
        var format = reader.ReadByte();
        if (format != Format)
        {
            throw new InvalidDataException(
                $"named lists of format {format}, this program reads {Format}; use a newer Lintel.");
        }
        for (var lists = reader.ReadInt32(); lists > 0; lists--)
        {
            var list = reader.ReadString();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                Add(list, new(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadString(),
                    reader.ReadString()));
            }
        }
    }

    private void Add(string list, ListEntry entry)
    {
        if (!_lists.TryGetValue(list, out var entries))
        {
            _lists.Add(list, entries = new(StringComparer.Ordinal));
        }
        entries[entry.Key] = entry;
        if (entry.Until != ListChange.Forever) { _ends.Enqueue((list, entry.Key), entry.Until); }
        // a key that no event brought yet gets its code now, so that a question that changes nothing finds it too
        foreach (var (codes, members) in Members(list)) { members[codes.Add(entry.Key)] = entry.Until; }
    }

    private void Remove(string list, string key)
    {
        if (!_lists.TryGetValue(list, out var entries) || !entries.Remove(key)) { return; }
        if (entries.Count == 0) { _lists.Remove(list); }
        foreach (var (codes, members) in Members(list)) { members.Remove(codes.Find(key)); }
    }

    private IEnumerable<(CodeDictionary Codes, Dictionary<int, long> Members)> Members(string list)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            if (_plan.Lists[i].List == list && _plan.Lists[i].Codes is { } codes) { yield return (codes, _members[i]); }
        }
    }
}
