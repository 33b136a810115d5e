using Lintel.Design;
using Lintel.Events;
using Lintel.Models.Conformal;
using Lintel.Pipeline.Outcomes;

namespace Lintel.Pipeline.Ranges;

/// <summary>What ranges are moved by, and the decisions whose outcome is still to come. Everything in it follows from the records, the
/// decisions and their order: training, a live service and the replay of its log use this one. Not thread-safe.</summary>
/// <remarks>A decision is learned once, from the first record that tells its label; what comes later than the label's <c>within</c>, or
/// than records are remembered, teaches nothing. What ends a decision without a label (<c>censored</c>) takes it out.</remarks>
public sealed class RangeState
{
    private readonly RangePlan _plan;
    private readonly AdaptiveQuantile[] _ends;
    private readonly EventDesign _decided;
    private readonly OutcomeJoin<PendingRange> _join;
    private readonly long _retention;

    /// <param name="retention">How long a decision's outcome is waited for, microseconds.</param>
    private RangeState(CompiledDesign compiled, RangePlan plan, long retention)
    {
        (_plan, _retention) = (plan, retention);
        _decided = compiled.Design.Decision.Each;
        _ends = [.. plan.Range.Ends.Select(e => new AdaptiveQuantile(e.Level, plan.Settings))];
        _join = new(compiled, Learn);
    }

    /// <returns>Null: the design's ranges do not follow outcomes.</returns>
    public static RangeState? Of(CompiledDesign compiled, TimeSpan retention) =>
        RangePlan.Of(compiled) is { } plan ? new(compiled, plan, retention.Ticks / TimeSpan.TicksPerMicrosecond) : null;

    /// <summary>Decisions that wait for their outcome.</summary>
    public int Waiting => _join.Count;

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
        if (record.Type != _decided.Number)
        {
            _join.Take(record);
            return;
        }
        _join.Forget(record.Known - _retention);
        _join.Begin(new(
            record.Number, _join.ByDecision ? record.Number : record.Subject, record.Known, [.. record.Values[.._decided.InheritedFrom]], _ends.Length));
    }

    /// <summary>A decision was given: its scores are there, whatever came between.</summary>
    public void Decided(int number, ReadOnlySpan<double> registers)
    {
        if (_join.Find(number) is not { } pending) { return; }
        pending.Slice = SliceOf(registers);
        for (var e = 0; e < _ends.Length; e++)
        {
            pending.Quantiles[e] = registers[_plan.Quantiles[e]];
            pending.Shifts[e] = registers[_plan.Shifts[e]];
        }
        _join.Decided(pending);
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
        writer.Write(_join.Count);
        foreach (var pending in _join.InOrder) { pending.Write(writer); }
    }

    /// <exception cref="InvalidDataException">Of other ranges.</exception>
    public void Read(BinaryReader reader)
    {
        foreach (var end in _ends) { end.Read(reader); }
        for (var left = reader.ReadInt32(); left > 0; left--) { _join.Begin(PendingRange.Read(reader, _ends.Length)); }
    }

    private int SliceOf(ReadOnlySpan<double> registers) => _plan.Slice < 0 ? -1 : RangePlan.SliceOf(registers[_plan.Slice]);

    private void Learn(PendingRange pending, double outcome)
    {
        for (var e = 0; e < _ends.Length; e++) { _ends[e].Learn(pending.Slice, pending.Quantiles[e], pending.Shifts[e], outcome); }
    }
}
