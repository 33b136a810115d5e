namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>Some rows side by side in registers: the tile kernel's type argument, so that one text serves every width.</summary>
internal interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Rows; a divisor of <see cref="TileKernel.Rows"/>.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(ref float first);

    static abstract void Store(TSelf values, ref float first);

    static abstract void AddTo(TSelf values, ref float first);

    /// <summary><paramref name="right"/> where x &gt;= threshold, else <paramref name="left"/>; x, read from memory, is never NaN.</summary>
    static abstract TSelf Choose(ref float x, float threshold, TSelf left, TSelf right);

    /// <inheritdoc cref="Choose(ref float, float, TSelf, TSelf)"/>
    static abstract TSelf Choose(ref float x, float threshold, float left, float right);
}
