using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Lintel.Models.Sparse.Encoding;

/// <summary>Long arrays of which most places were never touched, in a file: blocks of 256 numbers, those that are all 0 left out.</summary>
internal static class SparseFloats
{
    private const int Block = 256;

    public static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        for (var from = 0; from < values.Length; from += Block)
        {
            var block = values[from..Math.Min(from + Block, values.Length)];
            var used = MemoryMarshal.Cast<float, int>(block).ContainsAnyExcept(0);
            writer.Write(used);
            if (used) { writer.Write(MemoryMarshal.AsBytes(block)); }
        }
    }

    /// <param name="what">Named in the message.</param> <param name="count">Known from what was read before.</param>
    /// <exception cref="InvalidDataException">The rest of the file is too short for it, or a number is not finite.</exception>
    public static float[] Read(BinaryReader reader, string what, long count)
    {
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (count > Array.MaxLength || (count + Block - 1) / Block > left)
        {
            throw new InvalidDataException($"{count:N0} {what} need {(count + Block - 1) / Block:N0} bytes or more, {left:N0} are left");
        }
        var values = new float[count];
        for (var from = 0; from < values.Length; from += Block)
        {
            if (!reader.ReadBoolean()) { continue; }
            var block = values.AsSpan(from, Math.Min(Block, values.Length - from));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block));
            if (!TensorPrimitives.IsFiniteAll<float>(block))
            {
                throw new InvalidDataException($"{what} from {from:N0} on hold a number that is not finite");
            }
        }
        return values;
    }
}
