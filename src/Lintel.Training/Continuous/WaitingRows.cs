using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Events;
using Lintel.Features;

namespace Lintel.Training.Continuous;

/// <summary>Rows until their label is known: the rules of <see cref="Fitting.LabelReader"/>, and of <see cref="Ranking.PairLabels"/> for
/// what was shown, over a stream.</summary>
/// <remarks>A yes is known when a source says it, a no when one says it and none has time left to say yes. Then the row leaves: what is
/// said of it later, a second yes or a correction, is counted and changes nothing. Of what was shown, only silence is a no: of several
/// records the highest counts. Deadlines pass by the known time of records.</remarks>
internal sealed class WaitingRows
{
    private readonly Source[] _sources;
    private readonly int _featureCount;
    private readonly long _retention;
    private readonly Action<WaitingRow, float, long> _labelled;
    private readonly Dictionary<int, WaitingRow> _rows = [];
    private readonly Queue<WaitingRow> _oldest = new();
    private readonly PriorityQueue<WaitingRow, (long At, int Source, int Number)> _deadlines = new();

    /// <param name="labels">Where the label comes from: records about those that make the rows.</param>
    /// <param name="ofShown">A row is an item that was shown, not a decision.</param>
    /// <param name="retention">After this long nobody can name a row any more, microseconds.</param>
    /// <param name="labelled">Told a row that leaves, its label (0 or 1), and the instant since which it is known.</param>
    public WaitingRows(
        ImmutableArray<LabelSource> labels, bool ofShown, FeaturePlan plan, long retention, Action<WaitingRow, float, long> labelled)
    {
        (_featureCount, _retention, _labelled) = (plan.FeatureCount, retention, labelled);
        _sources = [.. labels.Select(source => new Source(
            source.Event.Number,
            source.Value is { } value ? ExpressionProgram.ForEvent(value, plan.Dictionaries, plan.Design.TimeZone) : null,
            source.Within is { } within ? within.Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue,
            EndsInNo: source.Within is not null && (ofShown || source.Value is null)))];
    }

    /// <param name="Value">Null: that it happened is a yes.</param>
    /// <param name="Allowed">Microseconds from the decision; <see cref="long.MaxValue"/>: whenever.</param>
    /// <param name="EndsInNo">Silence is a no once the time has passed.</param>
    private sealed record Source(int Event, ExpressionProgram? Value, long Allowed, bool EndsInNo);

    public int Count => _rows.Count;

    /// <summary>The longest time after which silence is a no, microseconds; 0: it never is.</summary>
    public long LongestSilence => _sources.Where(static s => s.EndsInNo).Select(static s => s.Allowed).DefaultIfEmpty().Max();

    /// <summary>Labels about a record that nobody accepted.</summary>
    public long WithoutSubject { get; private set; }

    /// <summary>Labels that came too late, twice, or of a row that waits no more.</summary>
    public long Unused { get; private set; }

    /// <summary>Rows that nobody can name any more, without a label.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Lets a row wait.</summary>
    /// <param name="record">That made it.</param>
    /// <param name="features">[feature count], as models read them; the row's from now on.</param>
    /// <param name="isJudged">False: it is learned, but not among what is judged.</param>
    public void Add(in EventRecord record, float[] features, bool isJudged)
    {
        var said = new float[_sources.Length];
        Array.Fill(said, float.NaN);
        Enter(new(record.Number, record.Known, (long)record.Values[0], features, said) { IsJudged = isJudged });
    }

    /// <summary>Says how many decisions a row stands for.</summary>
    public void Weigh(int number, float weight)
    {
        if (_rows.TryGetValue(number, out var row)) { row.Weight = weight; }
    }

    /// <summary>Hears a record, if it speaks of rows.</summary>
    public void Take(in EventRecord record)
    {
        for (var s = 0; s < _sources.Length; s++)
        {
            if (_sources[s].Event == record.Type) { Say(s, record); }
        }
    }

    /// <summary>Lets the time allowed pass up to an instant, earliest first, and forgets what nobody can name any more.</summary>
    public void Pass(long instant)
    {
        while (_deadlines.TryPeek(out var row, out var deadline) && deadline.At <= instant)
        {
            _deadlines.Dequeue();
            if (!_rows.ContainsKey(row.Number) || !float.IsNaN(row.Said[deadline.Source])) { continue; }
            row.Said[deadline.Source] = 0;
            Settle(row, deadline.At);
        }
        while (_oldest.TryPeek(out var row) && (row.Known < instant - _retention || !_rows.ContainsKey(row.Number)))
        {
            _oldest.Dequeue();
            Forgotten += _rows.Remove(row.Number) ? 1 : 0;
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(WithoutSubject);
        writer.Write(Unused);
        writer.Write(Forgotten);
        writer.Write(_rows.Count);
        foreach (var row in _rows.Values.OrderBy(static r => r.Number)) { row.Write(writer); }
    }

    public void Read(BinaryReader reader)
    {
        (WithoutSubject, Unused, Forgotten) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        for (var left = reader.ReadInt32(); left > 0; left--) { Enter(WaitingRow.Read(reader, _featureCount, _sources.Length)); }
    }

    private void Enter(WaitingRow row)
    {
        _rows.Add(row.Number, row);
        _oldest.Enqueue(row);
        for (var s = 0; s < _sources.Length; s++)
        {
            if (_sources[s].EndsInNo && float.IsNaN(row.Said[s])) { _deadlines.Enqueue(row, (row.At + _sources[s].Allowed, s, row.Number)); }
        }
    }

    private void Say(int s, in EventRecord record)
    {
        if (record.Subject < 0)
        {
            WithoutSubject++;
            return;
        }
        var source = _sources[s];
        var value = source.Value?.Evaluate(record.Values) ?? 1;
        if (!_rows.TryGetValue(record.Subject, out var row)
            || (!double.IsNaN(value) && source.Allowed < long.MaxValue && (long)record.Values[0] - row.At > source.Allowed))
        {
            Unused++;
            return;
        }
        if (source.EndsInNo && !(value > 0)) { return; }
        row.Said[s] = (float)value;
        Settle(row, record.Known);
    }

    private void Settle(WaitingRow row, long instant)
    {
        bool yes = false, no = false, open = false;
        for (var s = 0; s < _sources.Length; s++)
        {
            yes |= row.Said[s] > 0;
            no |= row.Said[s] == 0;
            open |= float.IsNaN(row.Said[s]) && _sources[s].EndsInNo;
        }
        if (!yes && (!no || open)) { return; }
        _rows.Remove(row.Number);
        _labelled(row, yes ? 1 : 0, instant);
    }
}
