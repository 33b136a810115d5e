using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models.Conformal;

namespace Lintel.Pipeline.Ranges;

/// <summary>What ranges are moved by, and the decisions whose outcome is still to come. Everything in it follows from the records, the
/// decisions and their order: training, a live service and the replay of its log use this one. Not thread-safe.</summary>
/// <remarks>A decision is learned once, from the first record that tells its label; what comes later than the label's <c>within</c>, or
/// than records are remembered, teaches nothing. What ends a decision without a label (<c>censored</c>) takes it out.</remarks>
public sealed class RangeState
{
    private readonly RangePlan _plan;
    private readonly AdaptiveQuantile[] _ends;
    private readonly LabelProgram[] _labels;
    private readonly EventDesign _decided;
    private readonly EventDesign? _censored;
    private readonly bool _byDecision;
    private readonly long _retention;
    private readonly Dictionary<int, List<PendingRange>> _pending = [];
    private readonly Dictionary<int, PendingRange> _byNumber = [];
    private readonly Queue<PendingRange> _oldest = new();

    /// <param name="retention">How long a decision's outcome is waited for, microseconds.</param>
    private RangeState(CompiledDesign compiled, RangePlan plan, long retention)
    {
        (_plan, _retention) = (plan, retention);
        var decision = compiled.Design.Decision;
        (_decided, _censored) = (decision.Each, decision.Censored);
        _ends = [.. plan.Range.Ends.Select(e => new AdaptiveQuantile(e.Level, plan.Settings))];
        _labels = [.. decision.Label.Select(s => new LabelProgram(s, compiled))];
        // the records that tell a label name the decision, or the subject that it is about
        _byDecision = decision.Label.All(s => s.Event.About?.Event == decision.Each);
    }

    /// <returns>Null: the design's ranges do not follow outcomes.</returns>
    public static RangeState? Of(CompiledDesign compiled, TimeSpan retention) =>
        RangePlan.Of(compiled) is { } plan ? new(compiled, plan, retention.Ticks / TimeSpan.TicksPerMicrosecond) : null;

    /// <summary>Decisions that wait for their outcome.</summary>
    public int Waiting => _byNumber.Count;

    /// <summary>Outcomes in the window of each end.</summary>
    public int Learned => _ends[0].Count;

    /// <summary>Fills what the ends are moved by into a decision's registers; its features are there.</summary>
    public void Fill(Span<double> registers)
    {
        var slice = SliceOf(registers);
        // models read features as float32: what is learned is what was given
        for (var e = 0; e < _ends.Length; e++) { registers[_plan.Shifts[e]] = (float)_ends[e].Shift(slice); }
    }

    /// <summary>What split conformal prediction would move an end by, were it to stop learning here.</summary>
    /// <param name="end">Place among the range's ends.</param> <param name="slice">Value of the feature that ranges are told apart by; NaN: none.</param>
    public double SplitShift(int end, double slice) => (float)_ends[end].SplitShift(RangePlan.SliceOf(slice));

    /// <summary>Takes a record that has entered: a decided one begins to wait, one that tells a label ends it.</summary>
    public void Take(in EventRecord record)
    {
        if (record.Type == _decided.Number)
        {
            Forget(record.Known - _retention);
            Begin(new(record.Number, _byDecision ? record.Number : record.Subject, record.Known, [.. record.Values[.._decided.InheritedFrom]], _ends.Length));
            return;
        }
        if (record.Type == _censored?.Number) { End(record.Subject, null, default); }
        foreach (var label in _labels)
        {
            if (record.Type == label.Event) { End(record.Subject, label, record.Values); }
        }
    }

    /// <summary>A decision was given: its scores are there, whatever came between.</summary>
    public void Decided(int number, ReadOnlySpan<double> registers)
    {
        if (!_byNumber.TryGetValue(number, out var pending)) { return; }
        pending.IsDecided = true;
        pending.Slice = SliceOf(registers);
        for (var e = 0; e < _ends.Length; e++)
        {
            pending.Quantiles[e] = registers[_plan.Quantiles[e]];
            pending.Shifts[e] = registers[_plan.Shifts[e]];
        }
        if (double.IsNaN(pending.Outcome)) { return; }
        Learn(pending, pending.Outcome);
        Remove(pending);
    }

    /// <summary>Writes it to a file of its own.</summary>
    /// <param name="before">Everything known before this instant is in it, microseconds since 1970 UTC.</param>
    public void Save(string path, long before)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(before);
        Write(writer);
    }

    /// <summary>Becomes what <see cref="Save"/> wrote.</summary>
    /// <returns>The instant before which everything is in it.</returns>
    /// <exception cref="InvalidDataException">The file is not there, is cut short, or of other ranges.</exception>
    public long Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: is not there; the version was made before ranges were kept in it. Run lintel train to make another.");
        }
        using var reader = new BinaryReader(File.OpenRead(path));
        try
        {
            var before = reader.ReadInt64();
            Read(reader);
            return before;
        }
        catch (EndOfStreamException fault) { throw new InvalidDataException($"{path}: cut short; restore it from a backup, or train again.", fault); }
    }

    public void Write(BinaryWriter writer)
    {
        foreach (var end in _ends) { end.Write(writer); }
        writer.Write(_byNumber.Count);
        foreach (var pending in _byNumber.Values.OrderBy(static p => p.Number)) { pending.Write(writer); }
    }

    /// <exception cref="InvalidDataException">Of other ranges.</exception>
    public void Read(BinaryReader reader)
    {
        foreach (var end in _ends) { end.Read(reader); }
        for (var left = reader.ReadInt32(); left > 0; left--) { Begin(PendingRange.Read(reader, _ends.Length)); }
    }

    private int SliceOf(ReadOnlySpan<double> registers) => _plan.Slice < 0 ? -1 : RangePlan.SliceOf(registers[_plan.Slice]);

    private void Begin(PendingRange pending)
    {
        if (pending.Subject < 0 || !_byNumber.TryAdd(pending.Number, pending)) { return; }
        if (!_pending.TryGetValue(pending.Subject, out var asked)) { _pending.Add(pending.Subject, asked = []); }
        asked.Add(pending);
        _oldest.Enqueue(pending);
    }

    /// <summary>Ends what waits for a subject.</summary>
    /// <param name="label">Tells the label; null: it ends without one.</param>
    private void End(int subject, LabelProgram? label, ReadOnlySpan<double> values)
    {
        if (subject < 0 || !_pending.TryGetValue(subject, out var asked)) { return; }
        // what is taken out stands behind what is still to be looked at
        for (var i = asked.Count - 1; i >= 0; i--)
        {
            var outcome = label?.Value(values, asked[i].Values) ?? double.NaN;
            // a record without a value says nothing yet
            if (label is not null && double.IsNaN(outcome)) { continue; }
            if (label is not null && !asked[i].IsDecided)
            {
                // it came before the decision was given: it is learned then
                asked[i].Outcome = outcome;
                continue;
            }
            if (label is not null) { Learn(asked[i], outcome); }
            Remove(asked[i]);
        }
    }

    private void Remove(PendingRange pending)
    {
        if (!_byNumber.Remove(pending.Number)) { return; }
        var asked = _pending[pending.Subject];
        asked.Remove(pending);
        if (asked.Count == 0) { _pending.Remove(pending.Subject); }
    }

    private void Learn(PendingRange pending, double outcome)
    {
        for (var e = 0; e < _ends.Length; e++) { _ends[e].Learn(pending.Slice, pending.Quantiles[e], pending.Shifts[e], outcome); }
    }

    private void Forget(long before)
    {
        while (_oldest.TryPeek(out var pending) && (pending.Known < before || !_byNumber.ContainsKey(pending.Number)))
        {
            _oldest.Dequeue();
            Remove(pending);
        }
    }

    /// <summary>Reads a label off the record that tells it.</summary>
    private sealed class LabelProgram
    {
        private readonly ExpressionProgram _value;
        private readonly double[] _joined;
        private readonly bool _joins;
        private readonly double _allowed;

        public LabelProgram(LabelSource source, CompiledDesign compiled)
        {
            _value = ExpressionProgram.ForEvent(source.Value!, compiled.Dictionaries, compiled.Design.TimeZone);
            (Event, _joins) = (source.Event.Number, source.Row is not null);
            _joined = new double[(source.Row ?? source.Event).Columns.Length];
            _allowed = source.Within is { } within ? within.Ticks / TimeSpan.TicksPerMicrosecond : double.PositiveInfinity;
        }

        public int Event { get; }

        /// <param name="values">Of the record.</param> <param name="decided">Own values of the decision.</param>
        /// <returns>NaN: it says nothing of this decision.</returns>
        public double Value(ReadOnlySpan<double> values, ReadOnlySpan<double> decided)
        {
            if (values[0] - decided[0] > _allowed) { return double.NaN; }
            if (!_joins) { return (float)_value.Evaluate(values); }
            values.CopyTo(_joined);
            decided.CopyTo(_joined.AsSpan(values.Length));
            return (float)_value.Evaluate(_joined);
        }
    }
}

/// <summary>A decision that waits for its outcome.</summary>
/// <param name="Subject">What records name that tell its label.</param> <param name="Values">Own values of the decided record.</param>
internal sealed record PendingRange(int Number, int Subject, long Known, double[] Values, int Ends)
{
    public int Slice { get; set; } = -1;

    public bool IsDecided { get; set; }

    /// <summary>What came before the decision was given; NaN: nothing.</summary>
    public double Outcome { get; set; } = double.NaN;

    /// <summary>By end, before they are moved; NaN: not decided yet.</summary>
    public double[] Quantiles { get; } = Missing(Ends);

    public double[] Shifts { get; } = Missing(Ends);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Number);
        writer.Write(Subject);
        writer.Write(Known);
        writer.Write(Slice);
        writer.Write(IsDecided);
        writer.Write(Outcome);
        writer.Write(Values.Length);
        foreach (var value in Values.Concat(Quantiles).Concat(Shifts)) { writer.Write(value); }
    }

    public static PendingRange Read(BinaryReader reader, int ends)
    {
        var (number, subject, known, slice) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        var (isDecided, outcome) = (reader.ReadBoolean(), reader.ReadDouble());
        var values = new double[reader.ReadInt32()];
        var pending = new PendingRange(number, subject, known, values, ends) { Slice = slice, IsDecided = isDecided, Outcome = outcome };
        foreach (var column in new[] { values, pending.Quantiles, pending.Shifts })
        {
            for (var i = 0; i < column.Length; i++) { column[i] = reader.ReadDouble(); }
        }
        return pending;
    }

    private static double[] Missing(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
