using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>64 rows in four registers of 16: every threshold is loaded once for all of them (AVX-512, 32 registers).</summary>
internal readonly struct Lanes512(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) : ILanes<Lanes512>
{
    private readonly Vector512<float> _a = a, _b = b, _c = c, _d = d;

    public static int Count => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float first) =>
        new(Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 16), Vector512.LoadUnsafe(ref first, 32), Vector512.LoadUnsafe(ref first, 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 values, ref float first)
    {
        values._a.StoreUnsafe(ref first);
        values._b.StoreUnsafe(ref first, 16);
        values._c.StoreUnsafe(ref first, 32);
        values._d.StoreUnsafe(ref first, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes512 values, ref float first)
    {
        (Vector512.LoadUnsafe(ref first) + values._a).StoreUnsafe(ref first);
        (Vector512.LoadUnsafe(ref first, 16) + values._b).StoreUnsafe(ref first, 16);
        (Vector512.LoadUnsafe(ref first, 32) + values._c).StoreUnsafe(ref first, 32);
        (Vector512.LoadUnsafe(ref first, 48) + values._d).StoreUnsafe(ref first, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(ref float x, float threshold, Lanes512 left, Lanes512 right)
    {
        var t = Vector512.Create(threshold);
        return new(
            Choose(ref x, 0, t, left._a, right._a),
            Choose(ref x, 16, t, left._b, right._b),
            Choose(ref x, 32, t, left._c, right._c),
            Choose(ref x, 48, t, left._d, right._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(ref float x, float threshold, float left, float right)
    {
        var (t, l, r) = (Vector512.Create(threshold), Vector512.Create(left), Vector512.Create(right));
        return new(Choose(ref x, 0, t, l, r), Choose(ref x, 16, t, l, r), Choose(ref x, 32, t, l, r), Choose(ref x, 48, t, l, r));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Choose(ref float x, nuint at, Vector512<float> threshold, Vector512<float> left, Vector512<float> right) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(threshold, Vector512.LoadUnsafe(ref x, at)), right, left);
}
