namespace Lintel.Training.Continuous;

/// <summary>A decision, or an item that was shown, which waits for its label.</summary>
/// <param name="number">Of the record that made it: the decided one, or the one that says the item was shown.</param>
/// <param name="known">When it was accepted, microseconds since 1970 UTC.</param>
/// <param name="at">When it happened, microseconds since 1970 UTC: from then on the time allowed for a label is counted.</param>
/// <param name="features">Every feature of the design as it was read at the decision, [feature count].</param>
/// <param name="said">By source of the label, what it says; NaN: nothing.</param>
internal sealed class WaitingRow(int number, long known, long at, float[] features, float[] said)
{
    public int Number => number;

    public long Known => known;

    public long At => at;

    public float[] Features => features;

    public float[] Said => said;

    /// <summary>As many decisions as it stands for: 0 when it was refused where some are let through, the inverse of the share when
    /// it was one of those.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>False: the design leaves it out of what is judged; it is learned all the same.</summary>
    public bool IsJudged { get; init; } = true;

    public void Write(BinaryWriter writer)
    {
        writer.Write(number);
        writer.Write(known);
        writer.Write(at);
        writer.Write(Weight);
        writer.Write(IsJudged);
        foreach (var value in features) { writer.Write(value); }
        foreach (var value in said) { writer.Write(value); }
    }

    public static WaitingRow Read(BinaryReader reader, int featureCount, int sourceCount)
    {
        var (number, known, at, weight) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadSingle());
        var isJudged = reader.ReadBoolean();
        return new(number, known, at, Floats(reader, featureCount), Floats(reader, sourceCount)) { Weight = weight, IsJudged = isJudged };
    }

    public static float[] Floats(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) { values[i] = reader.ReadSingle(); }
        return values;
    }
}
