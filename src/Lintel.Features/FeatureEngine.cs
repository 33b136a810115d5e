using Lintel.Events;

namespace Lintel.Features;

/// <summary>Whether records with the same known instant see each other.</summary>
public enum InstantOrder
{
    /// <summary>Files: a clock's tick has no order inside, so none sees another.</summary>
    Together,
    /// <summary>Live: places order them; a record sees what was accepted before it.</summary>
    ByPlace,
}

/// <summary>The one feature engine: replay and the live service both feed it in log order. Windows hold what became known in
/// [t − w, t), never the decision's own event. Not thread-safe: one sequencer owns it.</summary>
public sealed class FeatureEngine(FeaturePlan plan, InstantOrder order)
{
    public FeaturePlan Plan { get; } = plan;

    public InstantOrder Order { get; } = order;

    /// <summary>Takes one record, in log order: for a decided event the registers are read first, then it enters the windows.</summary>
    /// <param name="registers">For the decided event: filled with columns, aggregates and features; others: empty.</param>
    public void Accept(in EventRecord record, Span<double> registers) =>
        throw new NotImplementedException($"{record.Known}{registers.Length}");

    /// <summary>Reads the registers of a decision without accepting it: what-if, explain, features on demand.</summary>
    public void Peek(in EventRecord record, Span<double> registers) =>
        throw new NotImplementedException($"{record.Known}{registers.Length}");

    /// <summary>Writes the whole state: accumulators, rings, tails, and records that await their instant's end.</summary>
    public void Save(Stream stream) => throw new NotImplementedException(stream.ToString());

    /// <summary>Restores a state that <see cref="Save"/> wrote under the same plan.</summary>
    /// <param name="order">How the records that follow are ordered: a state that replay saved goes on by place when it serves; its last
    /// instant is over then.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, or of another plan.</exception>
    public static FeatureEngine Load(Stream stream, FeaturePlan plan, InstantOrder order) =>
        throw new NotImplementedException($"{stream}{plan}{order}");
}
