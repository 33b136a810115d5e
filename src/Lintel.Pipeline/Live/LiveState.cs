using System.Buffers.Binary;
using System.Text;
using Lintel.Decisions.Lists;
using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Pipeline.Ranges;
using Lintel.Pipeline.Ranking;
using Lintel.Retrieval.State;

namespace Lintel.Pipeline.Live;

/// <summary>What deciding reads and changes: the feature engine, the dictionaries, and the accepted records that later
/// ones may name. Everything in it follows from the records and their order, so a replay of the log gives it again, to
/// the bit. Not thread-safe: the sequencer owns it.</summary>
public sealed partial class LiveState
{
    private readonly RecordTable?[] _tables;
    private readonly int[] _nextNumbers;
    private readonly CodeDictionary?[][] _dictionaries;
    private readonly double[] _values;
    private readonly double[] _unread;
    private readonly long _retention;

    private LiveState(
        CompiledDesign compiled, FeatureEngine engine, RetrievalState? retrieval, TimeSpan retention, RecordTable?[] tables)
    {
        Compiled = compiled;
        Retrieval = retrieval;
        Lists = new(compiled.Plan);
        Ledgers = [Lists];
        Ranges = RangeState.Of(compiled, retention);
        Engine = engine;
        _retention = retention.Ticks / TimeSpan.TicksPerMicrosecond;
        _tables = tables;
        var events = compiled.Design.Events;
        _nextNumbers = new int[events.Length];
        _dictionaries = [.. events.Select(e => e.Columns
            .Select(c => c.Domain is { } domain ? compiled.Dictionaries[domain] : null).ToArray())];
        _values = new double[events.Max(static e => e.Columns.Length)];
        _unread = new double[compiled.Plan.RegisterCount];
        if (ReviewPlan.Of(compiled) is not { } plan) { return; }
        Reviews = new(plan, tables[compiled.Design.Decision.Each.Number]!, retention);
        Ledgers = [.. Ledgers, .. Reviews.Ledgers];
    }

    /// <summary>What the answer's ranges are moved by; null: they do not follow outcomes.</summary>
    public RangeState? Ranges { get; }

    /// <summary>How long an accepted record can be named by others and its answer is remembered: 90 days by default,
    /// past the delay of most labels (a chargeback takes weeks to months). A record takes about 50 bytes and 8 for
    /// each of its columns.</summary>
    public static TimeSpan DefaultRetention { get; } = TimeSpan.FromDays(90);

    public CompiledDesign Compiled { get; }

    public FeatureEngine Engine { get; private set; }

    /// <summary>What candidate sources read; null: the decision is no ranking.</summary>
    public RetrievalState? Retrieval { get; private set; }

    /// <summary>The latest known instant, microseconds since 1970 UTC; known never goes back.</summary>
    public long LastKnown { get; internal set; } = long.MinValue;

    /// <summary>Place of the log where replay goes on; everything before is in the windows and tables.</summary>
    public long NextPlace { get; internal set; }

    /// <summary>Place of the log where the ledgers go on: 0 in the state that training made, which knows no ledger's
    /// records.</summary>
    public long LedgersNextPlace { get; internal set; }

    /// <summary>How long records are remembered.</summary>
    internal long RetentionMicroseconds => _retention;

    /// <summary>How the log's events are laid out, place by place.</summary>
    internal LogLayouts Layouts { get; private init; } = new();

    /// <summary>Events whose decision is not in the log, by place, with the registers that they read: filled where a log
    /// is replayed, and emptied as the decisions come.</summary>
    internal SortedDictionary<long, DecisionRecord> Undecided { get; } = [];

    /// <summary>Place of the last record that a replay took; −1: none.</summary>
    internal long LastRecord { get; set; } = -1;

    /// <summary>Checksum of that record, in a snapshot: it shows that log and snapshot belong together.</summary>
    internal uint Proof { get; set; }

    /// <summary>Lists that rules name, read when an event takes its place.</summary>
    public ListLedger Lists { get; }

    /// <summary>Every ledger, in the order in which they are written.</summary>
    internal ILedger[] Ledgers { get; }

    /// <summary>Decisions that people look at; null: the design says nothing of reviews.</summary>
    internal LiveReviews? Reviews { get; }

    /// <summary>Sees every record that enters from now on; null: nobody does.</summary>
    internal IRecordWatcher? Watcher { get; set; }

    /// <summary>A state without any record.</summary>
    public static LiveState Empty(CompiledDesign compiled, InstantOrder order, TimeSpan? retention = null) =>
        new(compiled, new(compiled.Plan, order), NewRetrieval(compiled, order), retention ?? DefaultRetention,
            NewTables(compiled.Design));

    private static RetrievalState? NewRetrieval(CompiledDesign compiled, InstantOrder order) =>
        compiled.Design.Decision.Ranking is null ? null : new(compiled.Design, compiled.Dictionaries, order);

    /// <summary>The state after the first records of a history, whose engine the caller has fed with them.</summary>
    /// <param name="processed">Records of <see cref="EventHistory.Order"/> that the engine has taken.</param>
    /// <param name="retrieval">Of a ranking; fed with the same records.</param>
    public static LiveState FromHistory(
        CompiledDesign compiled, FeatureEngine engine, EventHistory history, int processed, TimeSpan? retention = null,
        RetrievalState? retrieval = null)
    {
        var state = new LiveState(compiled, engine, retrieval, retention ?? DefaultRetention, NewTables(compiled.Design))
        {
            NextPlace = history.PlaceAfter(processed),
        };
        Span<byte> id = stackalloc byte[IdIndex.MaxIdBytes];
        if (processed > 0) { state.LastKnown = history.Order[processed - 1].Known; }
        foreach (var entry in history.Order.AsSpan(0, processed))
        {
            state._nextNumbers[entry.Type] = Math.Max(state._nextNumbers[entry.Type], entry.Row + 1);
            if (state._tables[entry.Type] is not { } table || entry.Known < state.LastKnown - state._retention)
            {
                continue;
            }
            var text = history.Tables[entry.Type].Ids[entry.Row];
            if (text.Length == 0 || !Encoding.UTF8.TryGetBytes(text, id, out var length)
                || table.Find(id[..length]) >= 0)
            {
                continue;
            }
            table.Add(id[..length], entry.Row, entry.Known, history.Read(entry, state._values).Values);
        }
        return state;
    }

    /// <summary>Takes one record: texts get their codes, the subject's values are joined, features are read, the
    /// record enters the windows; all in one step.</summary>
    /// <param name="known">At least <see cref="LastKnown"/>.</param>
    /// <param name="registers">For the decided event [register count], else unused.</param>
    /// <param name="page">Of a ranking's request that is decided now: filled with its candidates. Null: it is not.</param>
    /// <returns>The record's slot in its type's table; −1 when its id is not kept.</returns>
    internal long Accept(IncomingRecord record, long known, Span<double> registers, PageReading? page = null)
    {
        var type = record.Event.Number;
        var (count, subject) = Gather(record, known, _values, keep: true);
        var isDecided = type == Compiled.Design.Decision.Each.Number;
        var number = _nextNumbers[type]++;
        var taken = new EventRecord
        {
            Type = type,
            Number = number,
            Subject = subject,
            Known = known,
            Values = _values.AsSpan(0, count),
        };
        if (Retrieval is null)
        {
            Engine.Warm(taken);
            Engine.Accept(taken, !isDecided ? default : registers.IsEmpty ? _unread : registers);
        }
        else
        {
            var ranking = new RankingEngine(Engine, Retrieval);
            if (isDecided && !registers.IsEmpty) { ReadPage(ranking, taken, registers, page); }
            ranking.Accept(taken);
        }
        if (isDecided && !registers.IsEmpty) { FillState(registers, known); }
        Ranges?.Take(taken);
        LastKnown = known;
        Watcher?.Taken(taken, !isDecided ? default : registers.IsEmpty ? _unread : registers);
        if (_tables[type] is not { } table) { return -1; }
        table.Forget(known - _retention);
        return record.HasId ? table.Add(record.Id, number, known, _values.AsSpan(0, count)) : -1;
    }

    private void ReadPage(RankingEngine ranking, in EventRecord record, Span<double> registers, PageReading? page)
    {
        ranking.Advance(record.Known);
        if (page is null)
        {
            Engine.ReadRequest(record.Known, record.Values, registers);
            return;
        }
        ranking.Read(record, page);
        FillLists(page.Request, record.Known);
        page.Request.Shared.CopyTo(registers);
    }

    /// <summary>Reads the page that a request would have now; nothing changes.</summary>
    /// <param name="values">Of the decided record.</param>
    internal void PeekPage(ReadOnlySpan<double> values, long known, PageReading page)
    {
        var record = new EventRecord
        {
            Type = Compiled.Design.Decision.Each.Number,
            Number = _nextNumbers[Compiled.Design.Decision.Each.Number],
            Subject = -1,
            Known = Math.Max(known, LastKnown),
            Values = values,
        };
        new RankingEngine(Engine, Retrieval!).Read(record, page, peek: true);
        FillLists(page.Request, record.Known);
    }

    /// <summary>Lets time pass without a record: what has left a window by then is not read any more.</summary>
    internal void Advance(long known)
    {
        if (Retrieval is null) { Engine.Advance(known); }
        else { new RankingEngine(Engine, Retrieval).Advance(known); }
        LastKnown = Math.Max(LastKnown, known);
    }

    private void FillLists(PageRequest request, long known)
    {
        if (Compiled.Plan.Lists.IsEmpty) { return; }
        for (var c = 0; c < request.Page.CandidateCount; c++) { Lists.Fill(request.Page.Registers(c), known); }
    }

    /// <summary>A decision takes effect: at its place in the log, live and replayed.</summary>
    internal void AcceptDecision(DecisionRecord decision, long place)
    {
        var table = _tables[Compiled.Design.Decision.Each.Number]!;
        var slot = table.Find(decision.IdUtf8);
        if (slot >= 0)
        {
            table.Decision(slot) = place;
            if (place >= NextPlace)
            {
                // the registers of another design are laid out otherwise
                if (decision.Registers.Length == Compiled.Plan.RegisterCount) { Ranges?.Decided(table.Number(slot), decision.Registers); }
                Watcher?.Decided(decision, table.Number(slot));
            }
        }
        if (Undecided.Count > 0) { Undecided.Remove(decision.EventPlace); }
        LastKnown = Math.Max(LastKnown, decision.Given);
        // those before are in the windows: training recalled them
        if (place >= NextPlace && slot >= 0) { EnterDecision(decision, table, slot, LastKnown, isPast: false); }
    }

    /// <summary>Shows the windows over decisions one that was given before this state's end, in the order in which they
    /// were given.</summary>
    internal void RecallDecision(DecisionRecord decision)
    {
        var table = _tables[Compiled.Design.Decision.Each.Number]!;
        if (table.Find(decision.IdUtf8) is >= 0 and var slot) { EnterDecision(decision, table, slot, decision.Given, isPast: true); }
    }

    /// <summary>Shows a decision to the windows over decisions, where the policy has any.</summary>
    private void EnterDecision(DecisionRecord decision, RecordTable table, long slot, long known, bool isPast)
    {
        if (DecisionEvent.In(Compiled.Design.Events) is not { } own) { return; }
        var outcome = Compiled.Dictionaries[DecisionEvent.OutcomeDomain].Find(decision.Outcome);
        DecisionWindows.Fill(
            _values, known, outcome < 0 ? double.NaN : outcome, decision.Probability, decision.Propensity,
            table.Values(slot));
        var record = new EventRecord
        {
            Type = own.Number,
            Number = table.Number(slot),
            Subject = table.Number(slot),
            Known = known,
            Values = _values.AsSpan(0, own.Columns.Length),
        };
        // a ranking's sources learn from what happened, not from what was decided
        if (isPast) { Engine.Recall(record); }
        else { Engine.Accept(record, default); }
    }

    /// <summary>Hands a ledger's record to it, live and replayed.</summary>
    /// <param name="record">Its payload starts with the known instant.</param>
    internal void Apply(in LogRecord record)
    {
        var known = BinaryPrimitives.ReadInt64LittleEndian(record.Payload);
        LastKnown = Math.Max(LastKnown, known);
        foreach (var ledger in Ledgers)
        {
            if (!ledger.Takes(record.Type)) { continue; }
            ledger.Apply(
                new() { Place = record.Place, Type = record.Type, Payload = record.Payload[sizeof(long)..] }, known);
        }
    }

    /// <summary>Whether the windows can hold a record; nothing changes.</summary>
    /// <returns>Null, or which value does not fit where.</returns>
    internal string? Check(IncomingRecord record)
    {
        var (count, subject) = Gather(record, LastKnown, _values, keep: false);
        try
        {
            Engine.Check(new()
            {
                Type = record.Event.Number,
                Number = _nextNumbers[record.Event.Number],
                Subject = subject,
                Known = LastKnown,
                Values = _values.AsSpan(0, count),
            });
            return null;
        }
        catch (OverflowException fault) { return fault.Message; }
    }

    /// <summary>Reads the registers that a decision of this record would have now; nothing changes.</summary>
    /// <param name="about">What it would be about, which was never accepted; it happens with the record unless it says when. Null: what the
    /// record names.</param>
    internal void Peek(IncomingRecord record, long known, Span<double> registers, IncomingRecord? about = null)
    {
        var (count, subject) = Gather(record, known, _values, keep: false);
        if (about is not null)
        {
            var inherited = _values.AsSpan(record.Event.InheritedFrom);
            _ = Gather(about, known, inherited, keep: false);
            // time is the first column of every event
            if (!about.HasTime) { inherited[0] = _values[0]; }
            subject = -1;
        }
        Engine.Peek(
            new()
            {
                Type = record.Event.Number,
                Number = _nextNumbers[record.Event.Number],
                Subject = subject,
                Known = known,
                Values = _values.AsSpan(0, count),
            },
            registers);
        FillState(registers, known);
    }

    /// <summary>Fills what this state knows and no expression tells: members of lists, and what ranges are moved by.</summary>
    internal void FillState(Span<double> registers, long known)
    {
        Lists.Fill(registers, known);
        Ranges?.Fill(registers);
    }

    /// <summary>Records of a type that can be named; null when nobody names them.</summary>
    internal RecordTable? Table(EventDesign type) => _tables[type.Number];

    /// <summary>Writes the whole state, sealed by a checksum.</summary>
    /// <param name="written">Told behind each block of 1 MiB; may wait.</param>
    public void Save(string path, Action? written = null) => LiveStateFile.Save(path, this, StateOwner.None, written);

    /// <summary>Restores what <see cref="Save"/> wrote.</summary>
    /// <param name="order">How the records that follow are ordered.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, or of another design.</exception>
    public static LiveState Load(string path, CompiledDesign compiled, InstantOrder order,
        TimeSpan? retention = null) =>
        LiveStateFile.Load(path, compiled, order, retention ?? DefaultRetention);

    /// <summary>Gathers a record's whole values: own ones, coded texts, and the subject's.</summary>
    private (int Count, int Subject) Gather(IncomingRecord record, long known, Span<double> values, bool keep)
    {
        var design = record.Event;
        var own = design.InheritedFrom;
        record.CopyOwn(values, known);
        Span<char> chars = stackalloc char[RecordValues.MaxTextBytes];
        foreach (var text in record.Texts)
        {
            var utf16 = chars[..Encoding.UTF8.GetChars(record.Bytes(text.Text), chars)];
            values[text.Column] = keep
                ? _dictionaries[design.Number][text.Column]!.Add(utf16)
                : CodeOf(design, text.Column, utf16);
        }
        if (design.About is not { } about) { return (own, -1); }
        var inherited = values[own..design.Columns.Length];
        var table = _tables[about.Event.Number]!;
        var slot = table.Find(record.Subject);
        if (slot < 0)
        {
            inherited.Fill(double.NaN);
            return (design.Columns.Length, -1);
        }
        table.Values(slot).CopyTo(inherited);
        return (design.Columns.Length, table.Number(slot));
    }

    /// <summary>Records are kept by id where others are about them, or where a repeat must be told from a new
    /// one.</summary>
    private static RecordTable?[] NewTables(SystemDesign design) => [.. design.Events.Select(e =>
        design.Events.Any(other => other.About?.Event.Number == e.Number) ? new RecordTable(e.Columns.Length)
        : e.Id is not null || e.Number == design.Decision.Each.Number ? new RecordTable(0)
        : null)];
}
