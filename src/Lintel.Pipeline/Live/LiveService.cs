using Lintel.Design;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>The live system: takes records in one order, decides, and answers once everything is on disk. Safe for
/// many threads.</summary>
/// <remarks>One lock is the sequencer: idempotence check, features and lists read, windows entered, place in the log, all
/// in one step; scoring runs outside. The log's order is therefore the order in which state was read. A decision takes
/// effect in a step of its own behind its event, so one wait covers both.</remarks>
public sealed class LiveService : IDisposable
{
    private readonly Lock _sequencer = new();
    private readonly LiveState _state;
    private readonly AppendLog _log;
    private readonly LiveOptions _options;
    private readonly Decider _decider;
    private readonly RecordTable _decided;
    private readonly LogLayouts _layouts;
    private readonly Dictionary<long, TaskCompletionSource<long>> _waiting = [];

    private LiveService(LiveState state, AppendLog log, LiveOptions options, Decider decider, LogLayouts layouts)
    {
        (_state, _log, _options, _decider, _layouts) = (state, log, options, decider, layouts);
        Shapes = new(state.Compiled.Design);
        _decided = state.Table(state.Compiled.Design.Decision.Each)!;
    }

    public SystemVersion Version => _decider.Version;

    public SystemDesign Design => Version.Design;

    public AppendLog Log => _log;

    /// <summary>Events that the start replayed from the log.</summary>
    public long Replayed { get; private init; }

    /// <summary>Events accepted before this start without a decision; they were decided now.</summary>
    public int Recovered { get; private set; }

    /// <summary>Told of each decision that fell back to <c>on failure</c>.</summary>
    public Action<string, Exception>? ScoringFailed { get; set; }

    internal RecordShapes Shapes { get; }

    internal Decider Decider => _decider;

    /// <summary>What the design says of human review; null: nothing.</summary>
    internal ReviewPlan? Reviews => _decider.Reviews;

    /// <summary>Opens the log, replays it behind the state, and decides what was accepted without an answer.</summary>
    /// <param name="state">The version's; the service owns it from now on.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public static LiveService Start(SystemVersion version, LiveState state, string logFolder, LiveOptions options)
    {
        var replay = new LogReplay(state);
        var log = AppendLog.Open(logFolder, replay.Visit);
        try
        {
            var layout = LogLayout.Of(state.Compiled.Design);
            if (replay.Layouts.Last is not { } before || !before.Written.SequenceEqual(layout.Written))
            {
                replay.Layouts.Add(log.Append(LiveRecordType.Layout, layout.Written), layout);
            }
            var decider = new Decider(version);
            var service = new LiveService(state, log, options, decider, replay.Layouts) { Replayed = replay.Events };
            service.Recover(replay);
            return service;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Reads a body for <c>decide</c>: records are of the decided event unless they say otherwise.</summary>
    /// <param name="asLines">The body is NDJSON, whatever it looks like.</param>
    public void ReadDecide(ReadOnlySpan<byte> body, LiveRequest request, bool asLines = false)
    {
        request.Clear();
        RecordParser.Read(body, Shapes, Shapes.Decided, _options.MaxRecords, request, asLines);
    }

    /// <summary>Reads a body for <c>events</c>: each record says its type; a design with one type needs no
    /// telling.</summary>
    /// <param name="fallback">Name of the type of records that do not say theirs; null: each must say it.</param>
    /// <param name="asLines">The body is NDJSON, whatever it looks like.</param>
    public void ReadEvents(
        ReadOnlySpan<byte> body, LiveRequest request, string? fallback = null, bool asLines = false)
    {
        request.Clear();
        var shape = Shapes.All.Length == 1 ? Shapes.Decided : null;
        if (fallback is not null && (shape = Shapes.Find(fallback)) is null)
        {
            request.Faults.Add(new(RequestFault.NotValid, "", "no such event type", $"\"{fallback}\"", Shapes.Names,
                "name an event of the design in ?event="));
            return;
        }
        RecordParser.Read(body, Shapes, shape, _options.MaxRecords, request, asLines);
    }

    /// <summary>Accepts every record of a request in order, decides the decided ones where asked to, and returns when
    /// all of it is on disk. With a fault, nothing was applied.</summary>
    /// <exception cref="LogClosedException">The log failed: nothing of this request is acknowledged.</exception>
    public async ValueTask ApplyAsync(LiveRequest request, bool decide)
    {
        if (request.Faults.Count > 0) { return; }
        Enter(request, decide);
        if (request.Faults.Count > 0) { return; }
        var last = DecideEntered(request);
        for (var i = 0; i < request.Count; i++)
        {
            var item = request[i];
            if (item.Fate != LiveFate.Repeated || item.Slot < 0) { continue; }
            var place = await DecisionPlaceAsync(item.Slot).ConfigureAwait(false);
            last = Math.Max(last, place);
            if (place >= 0)
            {
                await _log.WaitAsync(place).ConfigureAwait(false);
                item.Decision.Read(_log.Read(place, out _));
                item.HasDecision = true;
            }
        }
        if (last >= 0) { await _log.WaitAsync(last).ConfigureAwait(false); }
    }

    /// <summary>The record of a decision by its id; null when none is remembered.</summary>
    public async ValueTask<DecisionRecord?> FindAsync(string id)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(id);
        long slot;
        lock (_sequencer) { slot = _decided.Find(utf8); }
        if (slot < 0) { return null; }
        var place = await DecisionPlaceAsync(slot).ConfigureAwait(false);
        if (place < 0) { return null; }
        await _log.WaitAsync(place).ConfigureAwait(false);
        var record = new DecisionRecord();
        record.Read(_log.Read(place, out _));
        return record;
    }

    /// <summary>The event that a decision was made of, as it was accepted.</summary>
    public IncomingRecord ReadEvent(DecisionRecord decision)
    {
        var record = new IncomingRecord();
        EventPayload.Read(_log.Read(decision.EventPlace, out _), _layouts.At(decision.EventPlace), record, out _,
            out _);
        return record;
    }

    /// <summary>Features that a record would have if it were decided now; nothing enters.</summary>
    internal void Peek(IncomingRecord record, Span<double> registers)
    {
        lock (_sequencer) { _state.Peek(record, NextKnown(), registers); }
    }

    /// <summary>Fills the registers of list memberships as they are now.</summary>
    internal void FillLists(Span<double> registers)
    {
        lock (_sequencer) { _state.Lists.Fill(registers, NextKnown()); }
    }

    /// <summary>Code of a text as the state knows it now.</summary>
    internal double CodeOf(int column, string text)
    {
        lock (_sequencer) { return _state.CodeOf(Design.Decision.Each, column, text); }
    }

    /// <summary>Runs a change in one step of the sequencer, and returns when what it appended is on disk.</summary>
    /// <param name="change">Checks against the state, appends, and answers; short: every request waits for it.</param>
    /// <exception cref="LogClosedException">The log failed: the change must not be acknowledged.</exception>
    public async ValueTask<T> ChangeAsync<T>(Func<LiveStep, T> change)
    {
        T answer;
        long last;
        lock (_sequencer)
        {
            if (_log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
            var step = new LiveStep(_state, _log, Scratch.Writer, NextKnown);
            answer = change(step);
            last = step.LastPlace;
        }
        if (last >= 0) { await _log.WaitAsync(last).ConfigureAwait(false); }
        return answer;
    }

    /// <summary>Reads from the state in one step of the sequencer; nothing changes.</summary>
    public T Read<T>(Func<LiveState, T> read)
    {
        lock (_sequencer) { return read(_state); }
    }

    /// <summary>Reads from the state and the instant that a record accepted now would be known at.</summary>
    public T Read<T>(Func<LiveState, long, T> read)
    {
        lock (_sequencer) { return read(_state, NextKnown()); }
    }

    /// <summary>Closes the log behind everything that was accepted.</summary>
    public void Dispose() => _log.Dispose();

    private void Enter(LiveRequest request, bool decide)
    {
        lock (_sequencer)
        {
            RequestChecks.Check(request, decide, _state, _options, Shapes);
            if (request.Faults.Count > 0) { return; }
            if (_log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
            var writer = Scratch.Writer;
            for (var i = 0; i < request.Count; i++)
            {
                var item = request[i];
                var record = item.Record;
                var isDecided = decide && record.Event.Number == Design.Decision.Each.Number;
                item.HasDecision = false;
                item.Slot = record.HasId && _state.Table(record.Event) is { } table ? table.Find(record.Id) : -1;
                if (item.Slot >= 0)
                {
                    item.Fate = LiveFate.Repeated;
                    item.Place = -1;
                    if (!isDecided) { item.Slot = -1; }
                    continue;
                }
                var known = NextKnown();
                var registers = isDecided ? Registers(item) : default;
                item.Slot = _state.Accept(record, known, registers);
                EventPayload.Write(writer, record, known, isDecided);
                item.Place = _log.Append(LiveRecordType.Event, writer.Written);
                _state.Reviews?.Take(record, known, item.Place);
                item.Fate = LiveFate.Accepted;
                if (isDecided)
                {
                    item.Fate = LiveFate.Decided;
                    item.Decision.SetId(record.Id);
                    item.Decision.EventPlace = item.Place;
                    item.Decision.Known = known;
                    _decided.Decision(item.Slot) = RecordTable.BeingDecided;
                }
            }
        }
    }

    /// <summary>Scores and decides outside the sequencer; decisions follow their events in the log.</summary>
    /// <returns>The last place of the request; −1: nothing was appended.</returns>
    private long DecideEntered(LiveRequest request)
    {
        var last = -1L;
        try
        {
            for (var i = 0; i < request.Count; i++)
            {
                var item = request[i];
                last = Math.Max(last, item.Place);
                if (item.Fate == LiveFate.Decided) { last = Math.Max(last, Decide(item.Decision, item.Slot)); }
                item.HasDecision = item.Fate == LiveFate.Decided;
            }
        }
        catch (LogClosedException fault)
        {
            GiveUp(request, fault);
            throw;
        }
        return last;
    }

    private long Decide(DecisionRecord decision, long slot, bool recovered = false)
    {
        if (_decider.Decide(decision) is { } fault) { ScoringFailed?.Invoke(decision.Id, fault); }
        decision.Recovered = recovered;
        var writer = Scratch.Writer;
        long place;
        TaskCompletionSource<long>? waiting;
        lock (_sequencer)
        {
            decision.Given = Rises ? Math.Max(Now(), _state.LastKnown) : _state.LastKnown;
            decision.Write(writer);
            place = _log.Append(LiveRecordType.Decision, writer.Written);
            _state.AcceptDecision(decision, place);
            _state.Reviews?.Take(decision, place);
            _waiting.Remove(slot, out waiting);
        }
        waiting?.SetResult(place);
        return place;
    }

    /// <summary>Place of the first answer; while another request is still deciding, its place when it is
    /// done.</summary>
    private ValueTask<long> DecisionPlaceAsync(long slot)
    {
        lock (_sequencer)
        {
            var place = _decided.Remembers(slot) ? _decided.Decision(slot) : RecordTable.NotDecided;
            if (place != RecordTable.BeingDecided) { return new(place); }
            if (!_waiting.TryGetValue(slot, out var waiting))
            {
                _waiting.Add(slot, waiting = new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            return new(waiting.Task);
        }
    }

    /// <summary>Tells everyone who waits for a decision of this request that there will be none.</summary>
    private void GiveUp(LiveRequest request, LogClosedException fault)
    {
        for (var i = 0; i < request.Count; i++)
        {
            if (request[i].Fate != LiveFate.Decided) { continue; }
            TaskCompletionSource<long>? waiting;
            lock (_sequencer) { _waiting.Remove(request[i].Slot, out waiting); }
            waiting?.SetException(fault);
        }
    }

    private void Recover(LogReplay replay)
    {
        // who asks for one of these waits for its place to be on disk, as for any other
        foreach (var decision in replay.Undecided)
        {
            Decide(decision, _decided.Find(decision.IdUtf8), recovered: true);
            Recovered++;
        }
    }

    private double[] Registers(LiveItem item)
    {
        var count = Version.Compiled.Plan.RegisterCount;
        if (item.Decision.Registers.Length != count) { item.Decision.Registers = new double[count]; }
        item.Decision.Registers.AsSpan().Clear();
        return item.Decision.Registers;
    }

    /// <summary>Known of the next record. Live it rises with each, so that known alone orders a replay; records of files
    /// that are sent again keep their ties.</summary>
    internal long NextKnown()
    {
        var last = _state.LastKnown;
        return Math.Max(Now(), Rises && last > long.MinValue ? last + 1 : last);
    }

    private bool Rises => _options.Order == InstantOrder.ByPlace;

    private long Now() =>
        (_options.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static class Scratch
    {
        [ThreadStatic]
        private static PayloadWriter? _writer;

        internal static PayloadWriter Writer => _writer ??= new();
    }
}
