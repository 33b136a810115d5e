namespace Lintel.Decisions.Pages;

/// <summary>Room that a page's steps work in: grows with the page, and is nobody's between two steps, but for what is
/// promised.</summary>
internal sealed class PageScratch
{
    private int[] _first = [], _second = [], _pinned = [];
    private double[] _values = [];
    private bool[] _promised = [];
    private readonly double[][] _members = [[], [], []];

    public CodeTable Codes { get; } = new();

    /// <summary>Room for an order, or what is left over of one.</summary>
    public Span<int> First(int count) => _first.AsSpan(0, count);

    public Span<int> Second(int count) => _second.AsSpan(0, count);

    public Span<double> Values(int count) => _values.AsSpan(0, count);

    /// <summary>By candidate: whether an earlier promise needs it where it stands. Written while promises are
    /// kept.</summary>
    public Span<bool> Promised(int count) => _promised.AsSpan(0, count);

    /// <summary>By candidate: the place from 0 at which it is pinned; −1: it is not. Written while promises are
    /// kept.</summary>
    public Span<int> Pinned(int count) => _pinned.AsSpan(0, count);

    /// <summary>Room by member of a list; there are three.</summary>
    public Span<double> Members(int which, int count)
    {
        if (_members[which].Length < count) { _members[which] = new double[count]; }
        return _members[which].AsSpan(0, count);
    }

    public void Grow(int room)
    {
        _first = new int[room];
        _second = new int[room];
        _pinned = new int[room];
        _values = new double[room];
        _promised = new bool[room];
    }
}
