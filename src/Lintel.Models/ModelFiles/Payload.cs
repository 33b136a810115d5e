namespace Lintel.Models;

/// <summary>Reading payloads that may be damaged: every count is bounded before anything of its size is allocated.</summary>
public static class Payload
{
    /// <param name="what">Named in the message.</param> <param name="elementBytes">Least bytes that each of them takes in the file.</param>
    /// <exception cref="InvalidDataException">Outside the range, or more than the rest of the file can hold.</exception>
    public static int ReadCount(BinaryReader reader, string what, int min, int max, int elementBytes = 0)
    {
        var count = reader.ReadInt32();
        if (count < min || count > max)
        {
            throw new InvalidDataException($"{count:N0} {what}, expected {min:N0} to {max:N0}");
        }
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return (long)count * elementBytes <= left
            ? count
            : throw new InvalidDataException($"{count:N0} {what} need {(long)count * elementBytes:N0} bytes, {left:N0} are left");
    }

    public static ScoreScale ReadScale(BinaryReader reader)
    {
        var scale = (ScoreScale)reader.ReadByte();
        return Enum.IsDefined(scale) ? scale : throw new InvalidDataException($"score scale {(int)scale} is not known");
    }

    public static void WriteNumbers(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        writer.Write(values.Length);
        foreach (var value in values) { writer.Write(value); }
    }

    /// <exception cref="InvalidDataException">Not so many, or one is not finite.</exception>
    public static double[] ReadNumbers(BinaryReader reader, string what, int min, int max)
    {
        var values = new double[ReadCount(reader, what, min, max, sizeof(double))];
        for (var i = 0; i < values.Length; i++) { values[i] = ReadNumber(reader, $"{what}[{i}]"); }
        return values;
    }

    /// <exception cref="InvalidDataException">It is not finite.</exception>
    public static double ReadNumber(BinaryReader reader, string what)
    {
        var value = reader.ReadDouble();
        return double.IsFinite(value) ? value : throw new InvalidDataException($"{what} is {value}, expected a finite number");
    }
}
