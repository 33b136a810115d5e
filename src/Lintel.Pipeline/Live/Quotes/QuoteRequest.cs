using System.Buffers;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live.Quotes;

/// <summary>Many asks at once that are answered and forgotten: what would be promised now, of each. Owned by one request at a time and
/// used again, so that an item allocates nothing.</summary>
public sealed class QuoteRequest
{
    /// <summary>Most items of one request: a page of stores has some hundreds.</summary>
    public const int MaxItems = 1_000;

    private readonly List<QuoteItem> _items = [];
    private double[] _registers = [];
    private int _registerCount;

    public List<RequestFault> Faults { get; } = [];

    public int Count { get; private set; }

    /// <summary>The instant that all of them were read at, microseconds since 1970 UTC.</summary>
    public long AsOf { get; internal set; }

    /// <summary>The version that answers.</summary>
    public SystemVersion Version => Served!.Version;

    /// <summary>Id of an item, as it was given; empty without one.</summary>
    public ReadOnlySpan<byte> Id(int item) => _items[item].Record.Id;

    /// <summary>Every register of an item, once it is answered: <see cref="EstimateAnswer"/> says where the answer stands.</summary>
    public ReadOnlySpan<double> Registers(int item) => RowOf(item);

    internal Served? Served { get; set; }

    /// <summary>What all items have, unless they say otherwise.</summary>
    internal QuoteItem Shared { get; } = new();

    internal QuoteItem this[int item] => _items[item];

    /// <summary>Registers of all items, [count, register count].</summary>
    internal Span<double> AllRegisters => _registers.AsSpan(0, Count * _registerCount);

    internal void Begin(Served served)
    {
        Served = served;
        Count = 0;
        Faults.Clear();
        Shared.Begin(served.Shapes.Decided);
    }

    internal QuoteItem Add()
    {
        if (Count == _items.Count) { _items.Add(new()); }
        var item = _items[Count++];
        item.Begin(Shared);
        return item;
    }

    internal Span<double> RowOf(int item) => _registers.AsSpan(item * _registerCount, _registerCount);

    internal void Rent(int registerCount)
    {
        Return();
        _registerCount = registerCount;
        _registers = ArrayPool<double>.Shared.Rent(Count * registerCount);
        AllRegisters.Clear();
    }

    /// <summary>Gives its registers back; the answer is written by then.</summary>
    public void Return()
    {
        if (_registers.Length > 0) { ArrayPool<double>.Shared.Return(_registers); }
        _registers = [];
    }
}

/// <summary>One ask, and what it is about.</summary>
internal sealed class QuoteItem
{
    private bool[] _given = [];

    public IncomingRecord Record { get; } = new();

    /// <summary>Values of the record that it is about, which need not exist; only meaningful where <see cref="HasSubject"/> says so.</summary>
    public IncomingRecord Subject { get; } = new();

    public bool HasSubject { get; set; }

    /// <summary>Which columns were given, by their index.</summary>
    public Span<bool> Given => _given;

    /// <summary>Whether it says what it is about: an id or values.</summary>
    public bool IsAbout => HasSubject || !Record.Subject.IsEmpty;

    internal void Begin(RecordShape shape)
    {
        Record.Begin(shape.Event);
        HasSubject = false;
        if (_given.Length != shape.Columns.Length) { _given = new bool[shape.Columns.Length]; }
        Given.Clear();
    }

    internal void Begin(QuoteItem shared)
    {
        Record.Take(shared.Record);
        HasSubject = shared.HasSubject;
        if (HasSubject) { Subject.Take(shared.Subject); }
        if (_given.Length != shared._given.Length) { _given = new bool[shared._given.Length]; }
        shared.Given.CopyTo(_given);
    }
}
