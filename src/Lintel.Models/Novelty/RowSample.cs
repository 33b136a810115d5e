using Lintel.Numerics.Random;

namespace Lintel.Models.Novelty;

/// <summary>Draws the rows of one tree without replacement. Rows of weight 0 are never drawn; when weights differ, a row is drawn
/// next with the share that its weight has among the rows that are left.</summary>
internal sealed class RowSample
{
    private readonly int[]? _rows;
    private readonly float[]? _weights;

    /// <param name="weights">[count], 0 or more; null: all 1.</param> <param name="sample">Rows that a tree gets, when there are so many.</param>
    public RowSample(int count, float[]? weights, int sample)
    {
        Candidates = count;
        if (weights is not null)
        {
            int[] weighted = [.. Enumerable.Range(0, count).Where(i => weights[i] > 0)];
            Candidates = weighted.Length;
            if (weighted.Length < count) { _rows = weighted; }
            if (Array.Exists(weighted, i => weights[i] != weights[weighted[0]])) { _weights = weights; }
        }
        Size = Math.Min(sample, Candidates);
    }

    /// <summary>Rows that have weight.</summary>
    public int Candidates { get; }

    public int Size { get; }

    /// <summary>A sample, [<see cref="Size"/>], in no order that matters.</summary>
    public int[] Draw(RandomStream random)
    {
        var drawn = Size == Candidates ? [.. Enumerable.Range(0, Size)] : _weights is null ? Alike(random) : Weighted(random, _weights);
        if (_rows is not null)
        {
            for (var i = 0; i < drawn.Length; i++) { drawn[i] = _rows[drawn[i]]; }
        }
        return drawn;
    }

    // Floyd's: Size draws whatever the number of rows. Source: Bentley and Floyd, CACM 30(9), 1987
    private int[] Alike(RandomStream random)
    {
        var taken = new HashSet<int>(Size);
        var drawn = new int[Size];
        for (int i = 0, last = Candidates - Size; i < Size; i++, last++)
        {
            var row = random.NextInt32(last + 1);
            drawn[i] = taken.Add(row) ? row : last;
            taken.Add(drawn[i]);
        }
        return drawn;
    }

    // the rows whose exponential clocks, at the rate of their weights, ring first. Source: Efraimidis and Spirakis, IPL 97, 2006
    private int[] Weighted(RandomStream random, float[] weights)
    {
        var first = new PriorityQueue<int, double>(Size + 1);
        for (var i = 0; i < Candidates; i++)
        {
            var rings = -Math.Log(1 - random.NextDouble()) / weights[_rows?[i] ?? i];
            // the queue gives its least first, so the latest of those kept stands at its head
            if (first.Count < Size) { first.Enqueue(i, -rings); }
            else { first.EnqueueDequeue(i, -rings); }
        }
        return [.. first.UnorderedItems.Select(static item => item.Element).Order()];
    }
}
