using Lintel.Design;
using Lintel.Pipeline.Ranking;

namespace Lintel.Pipeline.Live;

/// <summary>One request's records, what became of each, and what was wrong. Owned by one request at a time and used
/// again, so that deciding allocates nothing for each field.</summary>
public sealed class LiveRequest
{
    private List<LiveItem> _items = [];
    private int _answer;

    public List<RequestFault> Faults { get; private set; } = [];

    /// <summary>Whether the body was an array: the answer is one then, too.</summary>
    public bool IsArray { get; internal set; }

    /// <summary>Whether the body was NDJSON: faults name lines, and pointers start at the line's object.</summary>
    public bool IsLines { get; internal set; }

    public int Count { get; private set; }

    public LiveItem this[int index] => _items[index];

    /// <summary>From the body read whole to the records standing in the windows, where the next decision sees them; null:
    /// none entered.</summary>
    public TimeSpan? Freshness { get; internal set; }

    /// <summary>When the body was there, as <see cref="TimeProvider.GetTimestamp"/> tells it.</summary>
    internal long ReadAt { get; private set; }

    /// <summary>The answer was given before the records were done: it is the one on failure.</summary>
    internal bool IsLate => Volatile.Read(ref _answer) == Late;

    private const int Done = 1;
    private const int Late = 2;

    /// <summary>What its records were read for.</summary>
    internal Served? Served { get; set; }

    internal void Clear()
    {
        ReadAt = TimeProvider.System.GetTimestamp();
        Freshness = null;
        Count = 0;
        Faults.Clear();
        IsArray = IsLines = false;
    }

    /// <summary>The same records under another owner, who may still work on them when this request is answered.</summary>
    internal LiveRequest Lend() => new()
    {
        _items = _items,
        Faults = Faults,
        Count = Count,
        IsArray = IsArray,
        IsLines = IsLines,
        ReadAt = ReadAt,
        Served = Served,
    };

    /// <summary>Says that the records are done; false: the answer was given without them.</summary>
    internal bool TryFinish() => Interlocked.CompareExchange(ref _answer, Done, 0) == 0;

    /// <summary>Says that the answer is given without the records; false: they were done by then.</summary>
    internal bool TryBeLate() => Interlocked.CompareExchange(ref _answer, Late, 0) == 0;

    /// <summary>What its records are and how they are named, before they are lent.</summary>
    internal (EventDesign Event, byte[] Id, LiveItem Item)[] Names()
    {
        var names = new (EventDesign, byte[], LiveItem)[Count];
        for (var i = 0; i < Count; i++) { names[i] = (_items[i].Record.Event, _items[i].Record.Id.ToArray(), _items[i]); }
        return names;
    }

    /// <summary>Gives the lent records up and answers in their place: what was to be decided is the outcome on
    /// failure.</summary>
    internal void AnswerLate((EventDesign Event, byte[] Id, LiveItem Item)[] names, EventDesign decided, Decider decider)
    {
        _items = [];
        Faults = [];
        foreach (var (type, id, late) in names)
        {
            var item = new LiveItem { Fate = LiveFate.Unanswered, Place = -1, Slot = -1 };
            item.Record.Begin(type);
            item.Record.SetId(id);
            if (type == decided)
            {
                item.Decision.SetId(id);
                item.Decision.EventPlace = -1;
                item.Decision.Version = decider.Version.Number;
                decider.Fail(item.Decision, isLate: true, late.Fate == LiveFate.Decided ? late.Page : null);
                item.HasDecision = true;
            }
            _items.Add(item);
        }
    }

    /// <summary>Takes records and faults back that were added since there were as many.</summary>
    internal void Drop(int records, int faults)
    {
        Count = records;
        Faults.RemoveRange(faults, Faults.Count - faults);
    }

    /// <summary>Index of a record as pointers name it; negative: the record is the whole body, or line.</summary>
    internal int PointerIndex(int index) => IsArray && !IsLines ? index : -1;

    /// <summary>Faults from one on are of a line, counted from 1.</summary>
    internal void TellLine(int firstFault, int line)
    {
        for (var f = firstFault; f < Faults.Count && line > 0; f++) { Faults[f] = Faults[f] with { Line = line }; }
    }

    internal IncomingRecord Add(EventDesign design)
    {
        if (Count == _items.Count) { _items.Add(new()); }
        var item = _items[Count++];
        item.Line = 0;
        item.DecisionPlace = -1;
        item.Record.Begin(design);
        return item.Record;
    }
}

/// <summary>What became of a record.</summary>
public enum LiveFate
{
    /// <summary>It was decided now.</summary>
    Decided,
    /// <summary>It entered the windows; nobody asked for a decision.</summary>
    Accepted,
    /// <summary>Its id was accepted before: nothing entered, the first answer stands.</summary>
    Repeated,
    /// <summary>The time-out passed: whether it was accepted is not acknowledged.</summary>
    Unanswered,
}

/// <summary>One record of a request with its answer.</summary>
public sealed class LiveItem
{
    public IncomingRecord Record { get; } = new();

    public LiveFate Fate { get; internal set; }

    /// <summary>Place of the event in the log; −1 for the repeat of an event.</summary>
    public long Place { get; internal set; }

    /// <summary>The decision; meaningful when there is one.</summary>
    public DecisionRecord Decision { get; } = new();

    /// <summary>Whether <see cref="Decision"/> holds an answer.</summary>
    public bool HasDecision { get; internal set; }

    internal long Slot { get; set; }

    /// <summary>Where a ranking's candidates are scored; null: the decision is no ranking.</summary>
    internal PageRequest? Page { get; set; }

    /// <summary>Place of the decision that this request appended; −1: none yet.</summary>
    internal long DecisionPlace { get; set; } = -1;

    /// <summary>Line of the body, from 1; 0: the body has no lines.</summary>
    internal int Line { get; set; }
}
