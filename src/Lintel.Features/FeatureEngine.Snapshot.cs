using Lintel.Events.Log;

namespace Lintel.Features;

/// <content>The state on disk.</content>
public sealed partial class FeatureEngine
{
    private const string Kind = "feature state";
    private const int Format = 1;

    /// <summary>Writes the whole state: accumulators, rings, tails, and records that await their instant's end.</summary>
    /// <remarks>Two engines that accepted the same records write the same bytes, whatever they have swept: what has left every window
    /// is dropped first, and keys stand in the order of their codes.</remarks>
    public void Save(Stream stream) => SealedFile.Write(stream, Kind, Format, Write);

    /// <summary>Writes the same into a file of the caller's, which seals it.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (var state in _states) { state.Settle(_last); }
        writer.Write(Plan.StateHash);
        writer.Write(_last);
        var dictionaries = Plan.Dictionaries.All.ToList();
        writer.Write(dictionaries.Count);
        foreach (var dictionary in dictionaries)
        {
            writer.Write(dictionary.Domain);
            writer.Write(dictionary.Count);
        }
        foreach (var state in _states) { state.Write(writer); }
        WritePending(writer);
    }

    /// <summary>Restores a state that <see cref="Save"/> wrote under the same plan; it continues to the bit.</summary>
    /// <param name="order">How the records that follow are ordered: a state that replay saved goes on by place when it serves; its last
    /// instant is over then.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, or of another plan.</exception>
    public static FeatureEngine Load(Stream stream, FeaturePlan plan, InstantOrder order) =>
        SealedFile.Read(stream, Kind, Kind, Format, reader => Read(reader, plan, order));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Of another plan.</exception>
    public static FeatureEngine Read(BinaryReader reader, FeaturePlan plan, InstantOrder order)
    {
        var hash = reader.ReadString();
        if (hash != plan.StateHash)
        {
            throw new InvalidDataException(
                $"the feature state belongs to plan {hash[..12]}, this design's is {plan.StateHash[..12]}: its events or aggregates "
                + "differ; replay the log, or use the version that the state was saved with");
        }
        var engine = new FeatureEngine(plan, order) { _last = reader.ReadInt64() };
        for (var d = reader.ReadInt32(); d > 0; d--)
        {
            var (domain, count) = (reader.ReadString(), reader.ReadInt32());
            if (plan.Dictionaries[domain].Count < count)
            {
                throw new InvalidDataException(
                    $"the feature state was saved with {count} codes of '{domain}', the dictionaries hold "
                    + $"{plan.Dictionaries[domain].Count}; load the dictionaries that were saved with it");
            }
        }
        foreach (var state in engine._states) { state.Read(reader); }
        engine.ReadPending(reader);
        if (engine.Order == InstantOrder.ByPlace) { engine.EndInstant(); }
        return engine;
    }

    private void WritePending(BinaryWriter writer)
    {
        writer.Write(_pending.Count);
        for (var i = 0; i < _pending.Count; i++)
        {
            var record = _pending[i];
            writer.Write(record.Type);
            writer.Write(record.Number);
            writer.Write(record.Subject);
            writer.Write(record.Values.Length);
            foreach (var value in record.Values) { writer.Write(value); }
        }
    }

    private void ReadPending(BinaryReader reader)
    {
        for (var i = reader.ReadInt32(); i > 0; i--)
        {
            var (type, number, subject) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            var values = new double[reader.ReadInt32()];
            for (var v = 0; v < values.Length; v++) { values[v] = reader.ReadDouble(); }
            _pending.Add(new() { Type = type, Number = number, Subject = subject, Known = _last, Values = values });
        }
    }
}
