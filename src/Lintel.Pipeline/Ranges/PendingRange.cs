using Lintel.Pipeline.Outcomes;

namespace Lintel.Pipeline.Ranges;

/// <summary>A decision whose outcome will move the ends of ranges.</summary>
internal sealed class PendingRange(int number, int subject, long known, double[] values, int ends) : PendingOutcome(number, subject, known, values)
{
    public int Slice { get; set; } = -1;

    /// <summary>By end, before they are moved; NaN: not decided yet.</summary>
    public double[] Quantiles { get; } = Missing(ends);

    public double[] Shifts { get; } = Missing(ends);

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
