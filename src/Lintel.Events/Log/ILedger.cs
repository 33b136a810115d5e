namespace Lintel.Events.Log;

/// <summary>Live state beside the feature engine that follows from the log's records and from nothing else: named lists,
/// the review queue. The sequencer owns it: one record at a time, in the order of places.</summary>
/// <remarks>What it holds after the records up to a place is the same live, after a restart, and in a replay. So it
/// reads no clock: instants come with the records, and an expiry is judged by the known instant of whoever asks.</remarks>
public interface ILedger
{
    /// <summary>Whether records of a type are for this ledger.</summary>
    bool Takes(byte type);

    /// <summary>Takes one record. The payload is what the ledger's own change wrote, behind the known instant.</summary>
    /// <param name="known">Rises from record to record, microseconds since 1970 UTC.</param>
    void Apply(in LogRecord record, long known);

    /// <summary>Writes all of it; the same state writes the same bytes.</summary>
    void Write(BinaryWriter writer);

    /// <summary>Restores what <see cref="Write"/> wrote into a ledger that is still empty.</summary>
    /// <exception cref="InvalidDataException">Of a newer format.</exception>
    void Read(BinaryReader reader);
}
