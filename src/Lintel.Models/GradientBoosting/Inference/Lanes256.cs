using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>16 rows in two registers of 8: as many as AVX2 holds without spilling.</summary>
internal readonly struct Lanes256(Vector256<float> a, Vector256<float> b) : ILanes<Lanes256>
{
    private readonly Vector256<float> _a = a, _b = b;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float first) =>
        new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 values, ref float first)
    {
        values._a.StoreUnsafe(ref first);
        values._b.StoreUnsafe(ref first, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes256 values, ref float first)
    {
        (Vector256.LoadUnsafe(ref first) + values._a).StoreUnsafe(ref first);
        (Vector256.LoadUnsafe(ref first, 8) + values._b).StoreUnsafe(ref first, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(ref float x, float threshold, Lanes256 left, Lanes256 right)
    {
        var t = Vector256.Create(threshold);
        return new(
            Choose(ref x, 0, t, left._a, right._a),
            Choose(ref x, 8, t, left._b, right._b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(ref float x, float threshold, float left, float right)
    {
        var (t, l, r) = (Vector256.Create(threshold), Vector256.Create(left), Vector256.Create(right));
        return new(Choose(ref x, 0, t, l, r), Choose(ref x, 8, t, l, r));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Choose(ref float x, nuint at, Vector256<float> threshold, Vector256<float> left, Vector256<float> right) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(threshold, Vector256.LoadUnsafe(ref x, at)), right, left);
}
