using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Lintel.Numerics.Random;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>First weights of the layers, and weights in files.</summary>
internal static class NetworkWeights
{
    private const double Noise = 0.01;

    /// <summary>The network begins as a factorisation machine: the first cross layer sums each of the ids' numbers over all columns, so
    /// that what it multiplies in are the products of pairs; the layers after it, and the hidden part, begin near 0.</summary>
    /// <remarks>From a random start the products have to be found first, and a million rows are hardly enough for it. Source of the
    /// factorisation machine: Rendle, ICDM 2010.</remarks>
    public static float[] Begin(NetworkShape shape, ulong seed)
    {
        var random = new RandomStream(seed, 0xDC2);
        var weights = new float[shape.WeightCount];
        var ids = shape.IdColumns * shape.Dimension;
        for (var layer = 0; layer < shape.CrossLayers; layer++)
        {
            var v = weights.AsSpan()[shape.V(layer)];
            var u = weights.AsSpan()[shape.U(layer)];
            var inputs = ids + (2 * shape.NumberColumns);
            for (var i = 0; i < inputs; i++)
            {
                for (var r = 0; r < shape.Rank; r++) { v[(i * shape.Rank) + r] = Near(random, shape.Width); }
            }
            for (var r = 0; r < (shape.Rank == 0 ? inputs : shape.Rank); r++)
            {
                for (var i = 0; i < inputs; i++) { u[(r * shape.Width) + i] = Near(random, shape.Inner); }
            }
            if (layer == 0) { Pairs(shape, v, u); }
        }
        for (var layer = 0; layer < shape.HiddenLayers; layer++)
        {
            // He et al., ICCV 2015
            var deviation = Math.Sqrt(2.0 / (layer == 0 ? ids + (2 * shape.NumberColumns) : shape.Hidden));
            foreach (ref var weight in weights.AsSpan()[shape.W(layer)]) { weight = (float)(deviation * random.NextNormal()); }
        }
        weights.AsSpan()[shape.CrossOutput][..ids].Fill(0.5f);
        foreach (ref var weight in weights.AsSpan()[shape.HiddenOutput]) { weight = (float)(Noise * random.NextNormal()); }
        return weights;
    }

    /// <exception cref="InvalidDataException">The rest of the file is too short for it, or a number is not finite.</exception>
    public static float[] ReadFloats(BinaryReader reader, string what, int count)
    {
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (4L * count > left) { throw new InvalidDataException($"{count:N0} {what} need {4L * count:N0} bytes, {left:N0} are left"); }
        var values = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return TensorPrimitives.IsFiniteAll<float>(values) ? values : throw new InvalidDataException($"not all of {what} are finite");
    }

    /// <summary>U·V sums each of the ids' numbers over the columns.</summary>
    private static void Pairs(NetworkShape shape, Span<float> v, Span<float> u)
    {
        for (var f = 0; f < shape.IdColumns; f++)
        {
            for (var k = 0; k < Math.Min(shape.Dimension, shape.Inner); k++)
            {
                var i = (f * shape.Dimension) + k;
                if (shape.Rank > 0)
                {
                    v[(i * shape.Rank) + k] = 1;
                    u[(k * shape.Width) + i] = 1;
                    continue;
                }
                for (var other = 0; other < shape.IdColumns; other++) { u[(((other * shape.Dimension) + k) * shape.Width) + i] = other == f ? 0 : 1; }
            }
        }
    }

    private static float Near(RandomStream random, int inputs) => (float)(Noise / Math.Sqrt(inputs) * random.NextNormal());
}
