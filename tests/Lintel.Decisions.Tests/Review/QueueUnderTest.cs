using Lintel.Decisions.Review;
using Lintel.Events.Log;

namespace Lintel.Decisions.Tests.Review;

/// <summary>A ledger with the records that it took, as a log keeps them: any prefix can be replayed.</summary>
internal sealed class QueueUnderTest(TimeSpan retention)
{
    internal const long Minute = 60_000_000;

    private readonly List<Action<ReviewLedger>> _log = [];

    internal ReviewLedger Ledger { get; private set; } = new(retention);

    internal long Known { get; private set; } = 1_700_000_000_000_000;

    internal int Records => _log.Count;

    internal void Advance(double minutes) => Known += (long)(minutes * Minute);

    internal void Enqueue(string id, double priority, double probability = 0.5, double stake = 10)
    {
        var (place, known) = (_log.Count, ++Known);
        Take(ledger => ledger.Enqueue(id, place, known, priority, probability, stake));
    }

    /// <summary>Does an act as the desk does: checked, then appended; a verdict's event right behind.</summary>
    internal ReviewRefusal? Do(ReviewActKind kind, string item, string by, double minutes = 15, double value = double.NaN,
        bool overrule = false, string act = "", bool torn = false)
    {
        var wanted = new ReviewAct
        {
            Kind = kind,
            Item = item,
            By = by,
            Id = act,
            Until = kind is ReviewActKind.Claim or ReviewActKind.Extend ? Known + (long)(minutes * Minute) : 0,
            Value = value,
        };
        if (Ledger.Check(wanted, Known + 1, overrule) is { } refusal) { return refusal; }
        Append(wanted);
        if (kind is ReviewActKind.Verdict or ReviewActKind.Undo && !torn) { Event(item, value); }
        return null;
    }

    /// <summary>A verdict's event without an act before it.</summary>
    internal void Event(string item, double value)
    {
        var known = ++Known;
        var place = _log.Count;
        Take(ledger => ledger.Judge(item, value, known, place));
    }

    internal void Append(ReviewAct act)
    {
        var known = ++Known;
        var writer = new PayloadWriter();
        act.Write(writer);
        var payload = writer.Written.ToArray();
        var place = _log.Count;
        Take(ledger => ledger.Apply(
            new() { Place = place, Type = LiveRecordType.ReviewAct, Payload = payload }, known));
    }

    /// <summary>Starts again from a snapshot that was taken when the log had so many records.</summary>
    internal void Restart(int snapshotAt)
    {
        var before = Replay(new(retention), 0, snapshotAt);
        Ledger = Replay(Read(Bytes(before)), snapshotAt, _log.Count);
    }

    internal byte[] Bytes() => Bytes(Ledger);

    internal static byte[] Bytes(ReviewLedger ledger)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        ledger.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private ReviewLedger Read(byte[] bytes)
    {
        var ledger = new ReviewLedger(retention);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        ledger.Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        return ledger;
    }

    private ReviewLedger Replay(ReviewLedger ledger, int from, int to)
    {
        for (var r = from; r < to; r++) { _log[r](ledger); }
        return ledger;
    }

    private void Take(Action<ReviewLedger> record)
    {
        _log.Add(record);
        record(Ledger);
    }
}
