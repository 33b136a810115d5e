using Lintel.Numerics.Random;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Towers;

/// <summary>Interactions as questions and answers: what a user had to do with next, and what was known of them by then. One whose
/// item stands in that history already teaches nothing about new ones and is left out; records of one instant do not see each
/// other.</summary>
internal sealed class TowerExamples
{
    private readonly int[] _items;
    private readonly (int Start, int End, int Target)[] _rows;
    private readonly float[] _weights;
    private readonly int[] _trained;
    private readonly double[] _shares;

    /// <param name="history">Latest interactions that are read.</param>
    public TowerExamples(SourceExamples examples, int history)
    {
        var byEntity = Enumerable.Range(0, examples.Interactions.Length)
            .OrderBy(i => examples.Interactions[i].Entity).ToArray();          // stable: known order within
        _items = [.. byEntity.Select(i => examples.Interactions[i].Item)];
        var (rows, weights) = (new List<(int, int, int)>(), new List<float>());
        for (int start = 0, end; start < byEntity.Length; start = end)
        {
            var entity = examples.Interactions[byEntity[start]].Entity;
            var known = start;
            for (end = start; end < byEntity.Length && examples.Interactions[byEntity[end]].Entity == entity; end++)
            {
                while (examples.Interactions[byEntity[known]].Known < examples.Interactions[byEntity[end]].Known) { known++; }
                var from = Math.Max(start, known - history);
                if (known == from || _items.AsSpan(from..known).Contains(_items[end])) { continue; }
                rows.Add((from, known, _items[end]));
                weights.Add(examples.Interactions[byEntity[end]].Weight);
            }
        }
        (_rows, _weights) = ([.. rows], [.. weights]);
        var mean = _weights.Sum(static w => (double)w) / Math.Max(1, _weights.Length);
        for (var i = 0; i < _weights.Length; i++) { _weights[i] = (float)(_weights[i] / mean); }
        _shares = new double[examples.ItemCount];
        foreach (var (_, _, target) in _rows) { _shares[target] += 1.0 / _rows.Length; }
        _trained = [.. _items.Distinct().Order()];
    }

    public int Count => _rows.Length;

    /// <summary>Items with interactions, ascending.</summary>
    public ReadOnlySpan<int> Trained => _trained;

    public int Target(int row) => _rows[row].Target;

    /// <summary>1 on average.</summary>
    public float Weight(int row) => _weights[row];

    /// <summary>What was known, oldest first; never empty.</summary>
    public ReadOnlySpan<int> History(int row) => _items.AsSpan(_rows[row].Start.._rows[row].End);

    /// <summary>Share of the answers that an item is.</summary>
    public double Share(int item) => _shares[item];

    public int[] Shuffled(ulong seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new RandomStream(seed, stream: 0x70 + (ulong)epoch).Shuffle<int>(order);
        return order;
    }
}
