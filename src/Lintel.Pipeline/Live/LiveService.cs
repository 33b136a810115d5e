using Lintel.Design;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>The live system: takes records in one order, decides, and answers once everything is on disk. Safe for
/// many threads.</summary>
/// <remarks>One lock is the sequencer: idempotence check, features and lists read, windows entered, place in the log, all
/// in one step; scoring runs outside. The log's order is therefore the order in which state was read. A decision takes
/// effect in a step of its own behind its event, so one wait covers both.</remarks>
public sealed partial class LiveService : IDisposable
{
    private readonly Lock _sequencer = new();
    private readonly AppendLog _log;
    private readonly LiveOptions _options;
    private readonly LiveClock _clock;
    private readonly AwaitedAnswers _waiting = new();
    private volatile Served _served;
    private long _records;
    private long _lastPlace = -1;

    private LiveService(Served served, AppendLog log, LiveOptions options)
    {
        (_served, _log, _options) = (served, log, options);
        _clock = new(options.Clock, Rises);
    }

    /// <summary>The version that decides now; another may be adopted while the service runs.</summary>
    public SystemVersion Version => _served.Version;

    public SystemDesign Design => Version.Design;

    public AppendLog Log => _log;

    /// <summary>Events that the start replayed from the log.</summary>
    public long Replayed { get; private init; }

    /// <summary>Events accepted before this start without a decision; they were decided now.</summary>
    public int Recovered { get; private set; }

    /// <summary>Told of each decision that fell back to <c>on failure</c>.</summary>
    public Action<string, Exception>? ScoringFailed { get; set; }

    /// <summary>Records appended since the start.</summary>
    internal long Records => Interlocked.Read(ref _records);

    /// <summary>What decides now.</summary>
    internal Served Served => _served;

    /// <summary>Opens the log, replays it behind the state, and decides what was accepted without an answer.</summary>
    /// <param name="state">The version's; the service owns it from now on.</param>
    /// <exception cref="InvalidDataException">The log was altered, or ends before what the state has seen.</exception>
    public static LiveService Start(SystemVersion version, LiveState state, string logFolder, LiveOptions options)
    {
        var replay = new LogReplay(state);
        var log = options.OpenLog is { } open
            ? open(logFolder, LogReplay.From(state), replay.Visit)
            : AppendLog.Open(logFolder, LogReplay.From(state), replay.Visit);
        try
        {
            if (state.NextPlace > log.Recovered.End)
            {
                throw new InvalidDataException(
                    $"{logFolder}: ends at place {log.Recovered.End}; version {version.Number} has seen it up to place {state.NextPlace}: it "
                    + "was cut short, or is another log. Restore it from a backup, or train a version on what is there.");
            }
            replay.Reached(log.Recovered.End);
            var served = new Served(version, state);
            Declare(served, log);
            var service = new LiveService(served, log, options) { Replayed = replay.Events };
            service.Recover();
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
        var shapes = (request.Served = _served).Shapes;
        RecordParser.Read(body, shapes, shapes.Decided, _options.MaxRecords, request, asLines);
    }

    /// <summary>Reads a body for <c>events</c>: each record says its type; a design with one type needs no
    /// telling.</summary>
    /// <param name="fallback">Name of the type of records that do not say theirs; null: each must say it.</param>
    /// <param name="asLines">The body is NDJSON, whatever it looks like.</param>
    public void ReadEvents(
        ReadOnlySpan<byte> body, LiveRequest request, string? fallback = null, bool asLines = false)
    {
        request.Clear();
        var shapes = (request.Served = _served).Shapes;
        var shape = shapes.All.Length == 1 ? shapes.Decided : null;
        if (fallback is not null && (shape = shapes.Find(fallback)) is null)
        {
            request.Faults.Add(new(RequestFault.NotValid, "", "no such event type", $"\"{fallback}\"", shapes.Names,
                "name an event of the design in ?event="));
            return;
        }
        RecordParser.Read(body, shapes, shape, _options.MaxRecords, request, asLines);
    }

    /// <summary>Accepts every record of a request in order, decides the decided ones where asked to, and returns when
    /// all of it is on disk. With a fault, nothing was applied.</summary>
    /// <exception cref="LogClosedException">The log failed: nothing of this request is acknowledged.</exception>
    public ValueTask ApplyAsync(LiveRequest request, bool decide) => request.Faults.Count > 0 ? default
        : decide && Design.Serve.TimeOut is { } timeOut ? ApplyInTimeAsync(request, timeOut)
        : ApplyWholeAsync(request, decide);

    private async ValueTask ApplyWholeAsync(LiveRequest request, bool decide)
    {
        Enter(request, decide);
        if (request.Faults.Count > 0) { return; }
        var last = DecideEntered(request);
        for (var i = 0; i < request.Count; i++)
        {
            var item = request[i];
            if (item.Fate != LiveFate.Repeated || item.Slot < 0) { continue; }
            var place = await DurableDecisionAsync(item.Record.Id.ToArray()).ConfigureAwait(false);
            if (place >= 0)
            {
                item.Decision.Read(_log.Read(place, out _));
                item.HasDecision = true;
            }
        }
        if (last >= 0) { await _log.WaitAsync(last).ConfigureAwait(false); }
        request.TryFinish();
    }

    /// <summary>The record of a decision by its id; null when none is remembered.</summary>
    public async ValueTask<DecisionRecord?> FindAsync(string id)
    {
        var place = await DurableDecisionAsync(System.Text.Encoding.UTF8.GetBytes(id)).ConfigureAwait(false);
        if (place < 0) { return null; }
        var record = new DecisionRecord();
        record.Read(_log.Read(place, out _));
        return record;
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
            var step = new LiveStep(_served.State, _log, Scratch.Writer, NextKnown);
            answer = change(step);
            last = step.LastPlace;
            Appended(last, step.Records);
        }
        if (last >= 0) { await _log.WaitAsync(last).ConfigureAwait(false); }
        return answer;
    }

    /// <summary>Reads from the state in one step of the sequencer; nothing changes.</summary>
    public T Read<T>(Func<LiveState, T> read)
    {
        lock (_sequencer) { return read(_served.State); }
    }

    /// <summary>Reads from the state and the instant that a record accepted now would be known at.</summary>
    public T Read<T>(Func<LiveState, long, T> read)
    {
        lock (_sequencer) { return read(_served.State, NextKnown()); }
    }

    /// <summary>Closes the log behind everything that was accepted.</summary>
    public void Dispose() => _log.Dispose();

    private void Enter(LiveRequest request, bool decide)
    {
        lock (_sequencer)
        {
            var served = _served;
            if (request.Served != served) { Move(request, served); }
            var state = served.State;
            RequestChecks.Check(request, decide, state, _options, served.Shapes, Rises ? _clock.Now() : null);
            if (request.Faults.Count > 0) { return; }
            if (_log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
            var writer = Scratch.Writer;
            for (var i = 0; i < request.Count; i++)
            {
                var item = request[i];
                var record = item.Record;
                var isDecided = decide && record.Event.Number == served.Version.Design.Decision.Each.Number;
                item.HasDecision = false;
                item.Slot = record.HasId && state.Table(record.Event) is { } table ? table.Find(record.Id) : -1;
                if (item.Slot >= 0)
                {
                    item.Fate = LiveFate.Repeated;
                    item.Place = -1;
                    if (!isDecided) { item.Slot = -1; }
                    continue;
                }
                var known = NextKnown();
                var registers = isDecided ? Registers(item, served) : default;
                item.Slot = state.Accept(record, known, registers, isDecided ? PageOf(item, served) : null);
                EventPayload.Write(writer, record, known, isDecided);
                item.Place = Appended(_log.Append(LiveRecordType.Event, writer.Written));
                state.Reviews?.Take(record, known, item.Place);
                item.Fate = LiveFate.Accepted;
                if (isDecided)
                {
                    item.Fate = LiveFate.Decided;
                    item.Decision.SetId(record.Id);
                    item.Decision.EventPlace = item.Place;
                    item.Decision.Known = known;
                    served.Decided.Decision(item.Slot) = RecordTable.BeingDecided;
                }
            }
        }
        request.Freshness = TimeProvider.System.GetElapsedTime(request.ReadAt);
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
                if (item.Fate == LiveFate.Decided)
                {
                    last = Math.Max(last, Decide(item.Decision, request.Served!, request, item));
                }
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

    /// <param name="request">Null: decided at the start, nobody waits.</param>
    private long Decide(DecisionRecord decision, Served served, LiveRequest? request, LiveItem? item)
    {
        if (served.Decider.Decide(decision, item?.Page ?? RecoveredPage(decision, served)) is { } fault) { ScoringFailed?.Invoke(decision.Id, fault); }
        decision.Recovered = request is null;
        long place;
        TaskCompletionSource<long>? waiting;
        lock (_sequencer)
        {
            if (request is { IsLate: true }) { served.Decider.Fail(decision, isLate: true, item?.Page); }
            place = AppendDecision(decision);
            if (item is not null) { item.DecisionPlace = place; }
            waiting = _waiting.Take(decision.IdUtf8);
        }
        waiting?.SetResult(place);
        return place;
    }

    /// <summary>Inside the sequencer: a decision takes its place, and effect. The state may be another version's than the
    /// one that decided: the decision takes effect in what is live.</summary>
    private long AppendDecision(DecisionRecord decision)
    {
        var state = _served.State;
        var writer = Scratch.Writer;
        decision.Given = Rises ? NextKnown() : state.LastKnown;
        decision.Write(writer);
        var place = Appended(_log.Append(LiveRecordType.Decision, writer.Written));
        state.AcceptDecision(decision, place);
        state.Reviews?.Take(decision, place);
        return place;
    }

    /// <summary>Place of the first answer to an id, negative when there is none; while another request is still
    /// deciding, its place when it is done.</summary>
    private ValueTask<long> DecisionPlaceAsync(ReadOnlySpan<byte> id)
    {
        lock (_sequencer)
        {
            var decided = _served.Decided;
            var slot = decided.Find(id);
            var place = slot < 0 ? RecordTable.NotDecided : decided.Decision(slot);
            if (place != RecordTable.BeingDecided) { return new(place); }
            return new(_waiting.Await(id));
        }
    }

    /// <summary>Tells everyone who waits for a decision of this request that there will be none.</summary>
    private void GiveUp(LiveRequest request, LogClosedException fault)
    {
        for (var i = 0; i < request.Count; i++)
        {
            if (request[i].Fate != LiveFate.Decided) { continue; }
            TaskCompletionSource<long>? waiting;
            lock (_sequencer) { waiting = _waiting.Take(request[i].Record.Id); }
            waiting?.SetException(fault);
        }
    }

    private void Recover()
    {
        // who asks for one of these waits for its place to be on disk, as for any other
        foreach (var decision in _served.State.Undecided.Values.ToArray())
        {
            Decide(decision, _served, null, null);
            Recovered++;
        }
    }

    private long Appended(long place, int records = 1)
    {
        _lastPlace = Math.Max(_lastPlace, place);
        Interlocked.Add(ref _records, records);
        return place;
    }

    /// <summary>Where a ranking's request finds its candidates; null: the decision is no ranking.</summary>
    private PageReading? PageOf(LiveItem item, Served served)
    {
        if (served.Version.Retriever is not { } retriever) { return null; }
        if (item.Page?.Compiled != served.Version.Compiled) { item.Page = new(served.Version.Compiled); }
        return new(item.Page!, retriever, PrecomputedFor(served));
    }

    /// <summary>A request that was accepted before this start gets the page of now: nobody waits for the one of then.</summary>
    private PageRequest? RecoveredPage(DecisionRecord decision, Served served)
    {
        if (served.Version.Retriever is not { } retriever) { return null; }
        var request = new PageRequest(served.Version.Compiled);
        lock (_sequencer)
        {
            served.State.PeekPage(
                decision.Registers.AsSpan(0, served.Version.Design.Decision.Each.Columns.Length), decision.Known,
                new(request, retriever, PrecomputedFor(served)));
        }
        return request;
    }

    private static double[] Registers(LiveItem item, Served served)
    {
        var count = served.Version.Compiled.Plan.RegisterCount;
        if (item.Decision.Registers.Length != count) { item.Decision.Registers = new double[count]; }
        item.Decision.Registers.AsSpan().Clear();
        return item.Decision.Registers;
    }

    /// <summary>Known of the next record. Live it rises with each, so that known alone orders a replay; records of files
    /// that are sent again keep their ties.</summary>
    internal long NextKnown()
    {
        var last = _served.State.LastKnown;
        return Math.Max(_clock.Now(), Rises && last > long.MinValue ? last + 1 : last);
    }

    private bool Rises => _options.Order == InstantOrder.ByPlace;

    private static class Scratch
    {
        [ThreadStatic]
        private static PayloadWriter? _writer;

        internal static PayloadWriter Writer => _writer ??= new();
    }
}
