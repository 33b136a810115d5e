using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranges;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Archive;

/// <summary>What ranges are moved by while a stretch of the log is replayed: from the last instant before it at which the version keeps what
/// they knew, they follow what was recorded, and what the version itself gives of files.</summary>
/// <remarks>A decision of the log that has no record was never given, and teaches nothing; one whose registers went with compaction, or that
/// came with files, is scored by the version again.</remarks>
internal sealed class ReplayedRanges
{
    private readonly SystemVersion _version;
    private readonly EventHistory _history;
    private readonly IReadOnlyDictionary<string, DecisionRecord> _recorded;
    private readonly EventTable _decided;
    private readonly RangeState _state;
    private readonly long _from;
    private readonly double[] _values;
    private readonly double[] _registers;
    private readonly PriorityQueue<(int Row, double[] Registers), (long Given, int Number)> _given = new();
    private int _next;
    private int _number;

    private ReplayedRanges(
        SystemVersion version, EventHistory history, IReadOnlyDictionary<string, DecisionRecord> recorded, RangeState state, long from)
    {
        (_version, _history, _recorded, _state, _from) = (version, history, recorded, state, from);
        _decided = history.Tables[version.Design.Decision.Each.Number];
        _values = new double[version.Design.Events.Max(static e => e.Columns.Length)];
        _registers = new double[version.Compiled.Plan.RegisterCount];
        while (_next < history.Order.Length && history.Order[_next].Known < from) { _next++; }
    }

    /// <summary>Null: the version's ranges do not follow outcomes.</summary>
    /// <param name="folder">The version's.</param> <param name="from">When the stretch begins.</param>
    /// <exception cref="InvalidDataException">What the ranges knew by then is not kept.</exception>
    internal static ReplayedRanges? Of(
        SystemVersion version, string folder, EventHistory history, IReadOnlyDictionary<string, DecisionRecord> recorded, long from)
    {
        if (version.Design.Range is null) { return null; }
        foreach (var name in (string[])[VersionFiles.StateLatest, VersionFiles.StateAtTest])
        {
            var state = LiveState.Load(Path.Combine(folder, name), version.Compiled, InstantOrder.Together);
            if (state.LastKnown < from) { return new(version, history, recorded, state.Ranges!, state.LastKnown + 1); }
        }
        var first = RangeState.Of(version.Compiled, LiveState.DefaultRetention)!;
        var path = Path.Combine(folder, VersionFiles.RangesAtValidate);
        var before = File.Exists(path) ? first.Load(path) : long.MaxValue;
        return before <= from ? new(version, history, recorded, first, before) : throw new InvalidDataException(
            $"version {version.Number}: its ranges follow outcomes, and what they knew before its "
            + $"{(before == long.MaxValue ? "test" : "validation")} is not kept; replay a day that begins behind that, or train a version on earlier days.");
    }

    /// <summary>A decision before the stretch; its own features are read.</summary>
    internal void Warm(in LogEntry entry, ReadOnlySpan<double> registers)
    {
        if (entry.Known < _from) { return; }
        registers.CopyTo(_registers);
        Fill(entry, _registers);
        var isLogged = _decided.Places is { } places && places[entry.Row] >= 0;
        var recorded = _recorded.GetValueOrDefault(_decided.Ids[entry.Row]);
        if (isLogged && recorded is null) { return; }
        if (recorded is { Registers.Length: > 0 })
        {
            // as a live state: the registers of another design are laid out otherwise
            if (recorded.Registers.Length == _registers.Length) { Give(entry.Row, recorded.Registers, recorded.Given); }
            return;
        }
        _version.Score(_registers);
        Give(entry.Row, _registers, recorded?.Given ?? entry.Known);
    }

    /// <summary>Fills what the ranges of a decision are moved by; everything before it has entered then, and so has it.</summary>
    internal void Fill(in LogEntry entry, Span<double> registers)
    {
        for (; _history.Order[_next] != entry; _next++)
        {
            Pass(_history.Order[_next].Known);
            // a decided record enters when it is shown
            if (_history.Order[_next].Type != entry.Type) { _state.Take(_history.Read(_history.Order[_next], _values)); }
        }
        _next++;
        Pass(entry.Known);
        _state.Fill(registers);
        _state.Take(_history.Read(entry, _values));
    }

    /// <summary>A decision of the stretch was given; known when the recorded one was, or else at its event.</summary>
    internal void Add(in LogEntry entry, DecisionRecord decision)
    {
        var isLogged = _decided.Places is { } places && places[entry.Row] >= 0;
        var recorded = _recorded.GetValueOrDefault(decision.Id);
        if (!isLogged || recorded is not null) { Give(entry.Row, decision.Registers, recorded?.Given ?? entry.Known); }
    }

    private void Give(int row, ReadOnlySpan<double> registers, long given) => _given.Enqueue((row, registers.ToArray()), (given, _number++));

    /// <summary>What was given by an instant is known; of files, whose decisions are given at their instant, what stands before.</summary>
    private void Pass(long known)
    {
        while (_given.TryPeek(out var next, out var at) && at.Given <= known)
        {
            _given.Dequeue();
            _state.Decided(next.Row, next.Registers);
        }
    }
}
