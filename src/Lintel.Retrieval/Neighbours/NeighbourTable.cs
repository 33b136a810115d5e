using System.Numerics.Tensors;
using Lintel.Models;

namespace Lintel.Retrieval.Neighbours;

/// <summary>For every place its neighbours with their weights, which may be below 0. Immutable.</summary>
internal sealed class NeighbourTable
{
    /// <param name="starts">[rows + 1].</param>
    /// <param name="places">Neighbours of each row, ascending; null: every row has all places.</param>
    internal NeighbourTable(int[] starts, int[]? places, float[] weights) =>
        (Starts, Places, Weights) = (starts, places, weights);

    internal int[] Starts { get; }

    internal int[]? Places { get; }

    internal float[] Weights { get; }

    internal int Count => Starts.Length - 1;

    /// <summary>Fits every row on its own, so that threads change nothing.</summary>
    /// <param name="fill">Adds up the row of a place.</param> <param name="most">Neighbours that a row keeps.</param>
    internal static NeighbourTable Fit(int count, int most, FitContext context, Action<int, NeighbourRow> fill)
    {
        const int AtOnce = 32;
        var rows = new (int[] Places, float[] Weights)[count];
        var blocks = (count + AtOnce - 1) / AtOnce;
        var done = 0;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.Cancellation,
        };
        Parallel.For(0, blocks, options, () => new NeighbourRow(count), (block, _, row) =>
        {
            for (var place = block * AtOnce; place < Math.Min(count, (block + 1) * AtOnce); place++)
            {
                fill(place, row);
                rows[place] = row.Take(most);
            }
            if (Interlocked.Increment(ref done) % 64 == 0)
            {
                context.Progress?.Report((double)Volatile.Read(ref done) / blocks);
            }
            return row;
        }, static _ => { });
        context.Progress?.Report(1);
        return Of(rows);
    }

    /// <summary><c>scores += share · row</c>.</summary>
    internal void Add(int place, float share, Span<float> scores)
    {
        var weights = Weights.AsSpan(Starts[place]..Starts[place + 1]);
        if (Places is null)
        {
            TensorPrimitives.MultiplyAdd(weights, share, scores[..weights.Length], scores);
            return;
        }
        var places = Places.AsSpan(Starts[place], weights.Length);
        for (var i = 0; i < places.Length; i++) { scores[places[i]] += share * weights[i]; }
    }

    private static NeighbourTable Of((int[] Places, float[] Weights)[] rows)
    {
        var starts = new int[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
        {
            starts[row + 1] = checked(starts[row] + rows[row].Places.Length);
        }
        // all but an item itself: as quick to keep whole, with a 0 there
        var isFull = rows.Length > 0 && rows.All(r => r.Places.Length >= rows.Length - 1);
        if (isFull) { for (var row = 0; row <= rows.Length; row++) { starts[row] = checked(row * rows.Length); } }
        var places = isFull ? null : new int[starts[^1]];
        var weights = new float[starts[^1]];
        for (var row = 0; row < rows.Length; row++)
        {
            if (isFull)
            {
                for (var i = 0; i < rows[row].Places.Length; i++)
                {
                    weights[starts[row] + rows[row].Places[i]] = rows[row].Weights[i];
                }
                continue;
            }
            rows[row].Places.CopyTo(places!, starts[row]);
            rows[row].Weights.CopyTo(weights, starts[row]);
        }
        return new(starts, places, weights);
    }
}
