using System.Runtime.InteropServices;
using Lintel.Models;

namespace Lintel.Retrieval.Towers;

/// <summary>The payload of a two-tower source: counts, then which items have a vector, their vectors, gate and layers. Little-endian.</summary>
internal static class TowerFormat
{
    /// <summary>Bounds on what a damaged file may ask for.</summary>
    private const int MaxItems = 1 << 22, MaxDimensions = 256, MaxHistory = 1_000;

    public static void Write(BinaryWriter writer, TowerWeights weights, bool[] has)
    {
        writer.Write(weights.Items.Count);
        writer.Write(weights.Items.Factors);
        writer.Write(weights.Gate.Length);
        foreach (var one in has) { writer.Write(one); }
        for (var item = 0; item < has.Length; item++)
        {
            if (has[item]) { writer.Write(MemoryMarshal.AsBytes(weights.Items[item])); }
        }
        foreach (var layer in Layers(weights)) { writer.Write(MemoryMarshal.AsBytes<float>(layer)); }
    }

    /// <exception cref="InvalidDataException">Cut short, counts that cannot be, or a number that is not finite.</exception>
    public static TowerSource Read(BinaryReader reader)
    {
        var items = Payload.ReadCount(reader, "items", 0, MaxItems, 1);
        var dimensions = Payload.ReadCount(reader, "dimensions", 1, MaxDimensions);
        var history = Payload.ReadCount(reader, "places of the history", 1, MaxHistory, sizeof(float));
        var has = new bool[items];
        var count = 0;
        for (var item = 0; item < items; item++) { count += (has[item] = reader.ReadBoolean()) ? 1 : 0; }
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if ((long)count * dimensions * sizeof(float) > left)
        {
            throw new InvalidDataException($"{count:N0} vectors of {dimensions} dimensions do not fit the {left:N0} bytes that are left");
        }
        var weights = TowerWeights.Empty(items, 0, dimensions, history);
        for (var item = 0; item < items; item++)
        {
            if (has[item]) { Read(reader, weights.Items.Row(item)[..dimensions], $"vector of item {item}"); }
        }
        foreach (var layer in Layers(weights)) { Read(reader, layer, "a layer"); }
        return new(weights, has);
    }

    private static float[][] Layers(TowerWeights weights) => [weights.Gate, weights.Inner, weights.Bias, weights.Outer];

    private static void Read(BinaryReader reader, Span<float> values, string what)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) { throw new InvalidDataException($"{what} holds {value}, expected finite numbers; train again"); }
        }
    }
}
