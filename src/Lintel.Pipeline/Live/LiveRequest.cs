using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>One request's records, what became of each, and what was wrong. Owned by one request at a time and used
/// again, so that deciding allocates nothing for each field.</summary>
public sealed class LiveRequest
{
    private readonly List<LiveItem> _items = [];

    public List<RequestFault> Faults { get; } = [];

    /// <summary>Whether the body was an array: the answer is one then, too.</summary>
    public bool IsArray { get; internal set; }

    /// <summary>Whether the body was NDJSON: faults name lines, and pointers start at the line's object.</summary>
    public bool IsLines { get; internal set; }

    public int Count { get; private set; }

    public LiveItem this[int index] => _items[index];

    /// <summary>What its records were read for.</summary>
    internal Served? Served { get; set; }

    internal void Clear()
    {
        Count = 0;
        Faults.Clear();
        IsArray = IsLines = false;
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

    /// <summary>Line of the body, from 1; 0: the body has no lines.</summary>
    internal int Line { get; set; }
}
