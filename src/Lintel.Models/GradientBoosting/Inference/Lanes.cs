using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>Some rows side by side in one register: the tile kernel's type argument, so that one text serves every width.</summary>
internal interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref float first);

    static abstract TSelf All(float value);

    /// <summary><paramref name="right"/> where x &gt;= threshold, else <paramref name="left"/>; x is never NaN.</summary>
    static abstract TSelf Choose(TSelf x, TSelf threshold, TSelf left, TSelf right);

    static abstract void AddTo(TSelf values, ref float first);
}

internal readonly struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float first) => new(Vector512.LoadUnsafe(ref first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(Lanes512 x, Lanes512 threshold, Lanes512 left, Lanes512 right) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x._value, threshold._value), right._value, left._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes512 values, ref float first) => (Vector512.LoadUnsafe(ref first) + values._value).StoreUnsafe(ref first);
}

internal readonly struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float first) => new(Vector256.LoadUnsafe(ref first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 All(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(Lanes256 x, Lanes256 threshold, Lanes256 left, Lanes256 right) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x._value, threshold._value), right._value, left._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes256 values, ref float first) => (Vector256.LoadUnsafe(ref first) + values._value).StoreUnsafe(ref first);
}

internal readonly struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref float first) => new(Vector128.LoadUnsafe(ref first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 All(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Choose(Lanes128 x, Lanes128 threshold, Lanes128 left, Lanes128 right) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(x._value, threshold._value), right._value, left._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes128 values, ref float first) => (Vector128.LoadUnsafe(ref first) + values._value).StoreUnsafe(ref first);
}
