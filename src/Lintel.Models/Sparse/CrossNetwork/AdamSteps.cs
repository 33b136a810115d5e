using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Adam on one array of weights: m' = 0.9 m + 0.1 g, v' = 0.999 v + 0.001 g², w' = w − η·m̂ / (√v̂ + 1e-8), with
/// m̂ and v̂ free of their start at 0. Source: Kingma and Ba, ICLR 2015, algorithm 1.</summary>
internal sealed class AdamSteps
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[] _m, _v;
    private readonly float _rate;
    private double _power1 = 1, _power2 = 1;

    public AdamSteps(int weights, double rate) : this(new float[weights], new float[weights], rate)
    {
    }

    private AdamSteps(float[] m, float[] v, double rate) => (_m, _v, _rate) = (m, v, (float)rate);

    public AdamSteps Copy() => new([.. _m], [.. _v], _rate) { _power1 = _power1, _power2 = _power2 };

    /// <param name="gradient">[weights], a sum over rows.</param> <param name="scale">What makes a mean of it.</param>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, float scale)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        var rate = (float)(_rate * Math.Sqrt(1 - _power2) / (1 - _power1));
        var epsilon = (float)(Epsilon * Math.Sqrt(1 - _power2));
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradient[..weights.Length]);
        var whole = weights.Length - (weights.Length % Vector512<float>.Count);
        for (var i = 0; i < whole; i += Vector512<float>.Count)
        {
            var at = (nuint)i;
            var slope = Vector512.LoadUnsafe(ref g, at) * scale;
            var m = (Vector512.LoadUnsafe(ref _m[0], at) * Beta1) + (slope * (1 - Beta1));
            var v = (Vector512.LoadUnsafe(ref _v[0], at) * Beta2) + (slope * slope * (1 - Beta2));
            m.StoreUnsafe(ref _m[0], at);
            v.StoreUnsafe(ref _v[0], at);
            (Vector512.LoadUnsafe(ref w, at) - (m * rate / (Vector512.Sqrt(v) + Vector512.Create(epsilon)))).StoreUnsafe(ref w, at);
        }
        for (var i = whole; i < weights.Length; i++)
        {
            var slope = gradient[i] * scale;
            _m[i] = (_m[i] * Beta1) + (slope * (1 - Beta1));
            _v[i] = (_v[i] * Beta2) + (slope * slope * (1 - Beta2));
            weights[i] -= _m[i] * rate / (MathF.Sqrt(_v[i]) + epsilon);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((double)_rate);
        writer.Write(_power1);
        writer.Write(_power2);
        writer.Write(MemoryMarshal.AsBytes<float>(_m));
        writer.Write(MemoryMarshal.AsBytes<float>(_v));
    }

    /// <exception cref="InvalidDataException">A number is outside its range.</exception>
    public static AdamSteps Read(BinaryReader reader, int weights)
    {
        var rate = Payload.ReadNumber(reader, "learning rate");
        var (power1, power2) = (Payload.ReadNumber(reader, "power of beta1"), Payload.ReadNumber(reader, "power of beta2"));
        if (power1 is < 0 or > 1 || power2 is < 0 or > 1) { throw new InvalidDataException($"powers of {power1} and {power2}, expected 0 to 1"); }
        var (m, v) = (NetworkWeights.ReadFloats(reader, "m", weights), NetworkWeights.ReadFloats(reader, "v", weights));
        if (v.AsSpan().ContainsAnyInRange(float.NegativeInfinity, -float.Epsilon)) { throw new InvalidDataException("a mean of squares is negative"); }
        return new(m, v, rate) { _power1 = power1, _power2 = power2 };
    }
}
