using System.Text;
using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Archive;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Outcomes;

/// <summary>Follows a log for what became of its decisions. It needs no windows, so it begins at any segment and holds nothing but the
/// decisions that wait. Not thread-safe.</summary>
/// <remarks>What an event inherits from its subject is taken from the decision about it. A text that no version knew has no code, and is
/// missing in labels.</remarks>
/// <typeparam name="T">What is kept of a decision while it waits.</typeparam>
public sealed class OutcomeFollower<T>
    where T : PendingOutcome
{
    private readonly CompiledDesign _compiled;
    private readonly string _logFolder;
    private readonly IOutcomeWatcher<T> _watcher;
    private readonly OutcomeJoin<T> _join;
    private readonly EventDesign _each;
    private readonly long _wait;
    private readonly int _most;
    private readonly IncomingRecord _record = new();
    private readonly DecisionRecord _decision = new();
    private readonly double[] _values;
    private readonly Dictionary<long, int> _undecided = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numberOf;
    private readonly Dictionary<int, Subject> _subjects = [];
    private LogLayout? _layout;
    private long _taken = -1;
    private int _nextNumber;
    private int _nextSubject;

    /// <param name="compiled">Its design says which records tell a label.</param>
    /// <param name="since">Decisions accepted from this instant on count, microseconds since 1970 UTC.</param>
    /// <param name="wait">How long an outcome is waited for.</param>
    /// <param name="most">Decisions that wait at once; of more, the oldest are unheard.</param>
    public OutcomeFollower(CompiledDesign compiled, string logFolder, long since, TimeSpan wait, int most, IOutcomeWatcher<T> watcher)
    {
        (_compiled, _logFolder, _watcher, _most) = (compiled, logFolder, watcher, most);
        _each = compiled.Design.Decision.Each;
        _wait = wait.Ticks / TimeSpan.TicksPerMicrosecond;
        _values = new double[compiled.Design.Events.Max(static e => e.Columns.Length)];
        _numberOf = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        _join = new(compiled, (pending, outcome) => _watcher.Matured(pending, outcome, LastKnown), pending => _watcher.Censored(pending, LastKnown));
        Place = LogSegments.Before(logFolder, since);
    }

    /// <summary>What decisions about one subject share.</summary>
    private sealed record Subject(string Id)
    {
        /// <summary>What records about it inherit; NaN: not known.</summary>
        public double[] Inherited { get; set; } = [];
    }

    /// <summary>Place of the log where it goes on.</summary>
    public long Place { get; private set; }

    /// <summary>The latest known instant that was read, microseconds since 1970 UTC.</summary>
    public long LastKnown { get; private set; } = long.MinValue;

    /// <summary>Decisions whose outcome is waited for.</summary>
    public int Waiting => _join.Count;

    /// <summary>Takes what stands before a place.</summary>
    /// <param name="to">A place up to which the log is durable.</param>
    /// <param name="until">Records known later are left out, microseconds since 1970 UTC.</param>
    /// <param name="taken">Told behind each record; may wait.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public void Follow(long to, long until = long.MaxValue, Action? taken = null)
    {
        if (to <= Place) { return; }
        var from = Place;
        var scan = AppendLogReader.Scan(_logFolder, from, (in LogRecord record) =>
        {
            if (record.Type == LiveRecordType.Layout) { ReadLayout(record.Payload); }
            else if (record.Place >= from && record.Place < to && record.Place > _taken)
            {
                // a scan that a fault ends is begun again
                _taken = record.Place;
                Visit(record, until);
            }
            taken?.Invoke();
        });
        Place = Math.Min(to, scan.End);
    }

    private void Visit(in LogRecord record, long until)
    {
        if (record.Type == LiveRecordType.Event && _layout is not null
            && EventPayload.Read(record.Payload, _layout, _record, out var known, out var toDecide) && known <= until)
        {
            Pass(known);
            if (_record.Event == _each)
            {
                if (toDecide) { Begin(record.Place); }
            }
            else { Tell(); }
            _watcher.Taken(LastKnown);
        }
        else if (record.Type == LiveRecordType.Decision)
        {
            _decision.Read(record.Payload);
            if (_decision.Given > until) { return; }
            Pass(_decision.Given);
            Decide();
            _watcher.Taken(LastKnown);
        }
    }

    private void Pass(long known)
    {
        LastKnown = Math.Max(LastKnown, known);
        _join.Forget(LastKnown - _wait, Forget);
        while (_join.Count > _most && _join.Oldest() is { } oldest)
        {
            _join.Remove(oldest);
            Forget(oldest);
        }
    }

    private void Forget(T pending)
    {
        _watcher.Unheard(pending, Math.Min(LastKnown, pending.Known + _wait));
        Release(pending.Subject);
    }

    private void Begin(long place)
    {
        var id = _join.ByDecision ? _record.Id : _record.Subject;
        if (id.IsEmpty) { return; }
        _record.CopyOwn(_values, LastKnown);
        Code();
        var (number, subject) = (_nextNumber++, NumberOf(id, add: true));
        _undecided[place] = number;
        _join.Begin(_watcher.Begin(number, subject, LastKnown, _values[.._each.InheritedFrom]));
    }

    private void Decide()
    {
        if (!_undecided.Remove(_decision.EventPlace, out var number) || _join.Find(number) is not { } pending) { return; }
        if (!_watcher.Decided(pending, _decision))
        {
            _join.Remove(pending);
            Release(pending.Subject);
            return;
        }
        var subject = _subjects[pending.Subject];
        // the registers of another design are laid out otherwise
        if (_decision.Registers.Length == _compiled.Plan.RegisterCount)
        {
            subject.Inherited = _decision.Registers[(_join.ByDecision ? 0 : _each.InheritedFrom).._each.Columns.Length];
        }
        else if (_join.ByDecision) { subject.Inherited = pending.Values; }
        _join.Decided(pending);
        Release(pending.Subject);
    }

    /// <summary>Takes a record that may tell what became of a decision.</summary>
    private void Tell()
    {
        if (_record.Subject.IsEmpty || NumberOf(_record.Subject, add: false) is not (>= 0 and var number)) { return; }
        var design = _record.Event;
        _record.CopyOwn(_values, LastKnown);
        Code();
        var inherited = _values.AsSpan(design.InheritedFrom, design.Columns.Length - design.InheritedFrom);
        inherited.Fill(double.NaN);
        var of = _subjects[number].Inherited;
        of.AsSpan(0, Math.Min(of.Length, inherited.Length)).CopyTo(inherited);
        _join.Take(new EventRecord
        {
            Type = design.Number,
            Number = -1,
            Subject = number,
            Known = LastKnown,
            Values = _values.AsSpan(0, design.Columns.Length),
        });
        Release(number);
    }

    /// <summary>Gives the record's texts the codes that the version knows.</summary>
    private void Code()
    {
        Span<char> chars = stackalloc char[RecordValues.MaxTextBytes];
        foreach (var text in _record.Texts)
        {
            var length = Encoding.UTF8.GetChars(_record.Bytes(text.Text), chars);
            var code = _record.Event.Columns[text.Column].Domain is { } domain ? _compiled.Dictionaries[domain].Find(chars[..length]) : -1;
            _values[text.Column] = code < 0 ? double.NaN : code;
        }
    }

    private int NumberOf(ReadOnlySpan<byte> id, bool add)
    {
        Span<char> chars = stackalloc char[IdIndex.MaxIdBytes];
        var text = chars[..Encoding.UTF8.GetChars(id, chars)];
        if (_numberOf.TryGetValue(text, out var number)) { return number; }
        if (!add) { return -1; }
        _subjects.Add(number = _nextSubject++, new(text.ToString()));
        _numberOf[text] = number;
        return number;
    }

    /// <summary>Forgets a subject about which nothing waits any more.</summary>
    private void Release(int number)
    {
        if (_join.Waits(number) || !_subjects.Remove(number, out var subject)) { return; }
        _numbers.Remove(subject.Id);
    }

    private void ReadLayout(ReadOnlySpan<byte> payload)
    {
        if (_layout is null || !_layout.Written.SequenceEqual(payload)) { _layout = LogLayout.Read(payload, _compiled.Design); }
    }
}
