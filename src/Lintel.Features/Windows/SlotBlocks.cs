namespace Lintel.Features.Windows;

/// <summary>Blocks of equal size, one for each key that has state; freed ones are used again.</summary>
internal sealed class SlotBlocks(int blockWords)
{
    private const int ChunkLog = 9;
    private readonly Stack<int> _free = new();
    private long[][] _chunks = new long[4][];

    /// <summary>Slots ever given: the bound of a sweep.</summary>
    internal int Count { get; private set; }

    internal int InUse => Count - _free.Count;

    internal Span<long> this[int slot] =>
        _chunks[slot >> ChunkLog].AsSpan((slot & ((1 << ChunkLog) - 1)) * blockWords, blockWords);

    /// <summary>A slot whose block is zero.</summary>
    internal int Add()
    {
        if (_free.TryPop(out var slot)) { return slot; }
        var chunk = Count >> ChunkLog;
        if (chunk == _chunks.Length) { Array.Resize(ref _chunks, chunk * 2); }
        _chunks[chunk] ??= new long[blockWords << ChunkLog];
        return Count++;
    }

    internal void Remove(int slot)
    {
        this[slot].Clear();
        _free.Push(slot);
    }
}
