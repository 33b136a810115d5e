using Lintel.Numerics.Random;

namespace Lintel.Retrieval.Towers;

/// <summary>One step's rows, the items that they compete with, and every item that takes part, each once in a slot. Reused.</summary>
/// <remarks>Columns are the distinct targets of the rows and some trained items drawn uniformly, so that rare ones are negatives
/// too. An item j of share p_j is a negative of a row with probability q_j = 1 − (1 − p_j)^(B − 1) (1 − 1/n)^U, for B rows and U
/// draws among n items; taking log q_j off its score makes the sum over columns estimate that over all items (the logQ correction;
/// Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019). A row's own target is
/// there for certain and is not corrected.</remarks>
internal sealed class TowerBatch(TowerExamples examples, int itemCount, bool corrected)
{
    /// <summary>Share of the steps in which a target's own vector is left out, so that content learns to stand alone.</summary>
    private const double Dropout = 0.1;

    private readonly int[] _slotOf = Filled(itemCount);
    private readonly List<int> _slots = [], _columns = [], _columnOf = [], _history = [], _starts = [], _targets = [];
    private readonly List<float> _corrections = [], _weights = [];
    private readonly List<bool> _own = [];

    public int RowCount => _targets.Count;

    public int SlotCount => _slots.Count;

    public int ColumnCount => _columns.Count;

    /// <summary>Item of a slot.</summary>
    public int Item(int slot) => _slots[slot];

    /// <summary>Slot of a column's item.</summary>
    public int Slot(int column) => _columns[column];

    /// <summary>Column of a slot's item; −1: it is none.</summary>
    public int Column(int slot) => _columnOf[slot];

    /// <summary>Whether a column's item takes part with its own vector.</summary>
    public bool HasOwn(int column) => _own[column];

    /// <summary>log q of a column.</summary>
    public float Correction(int column) => _corrections[column];

    /// <summary>Column of a row's target.</summary>
    public int Target(int row) => _targets[row];

    /// <summary>Share of a row in the mean loss.</summary>
    public float Weight(int row) => _weights[row];

    public int HistoryLength(int row) => _starts[row + 1] - _starts[row];

    /// <summary>Slot of a row's history, latest first.</summary>
    public int History(int row, int place) => _history[_starts[row + 1] - 1 - place];

    /// <param name="rows">Numbers of examples.</param>
    public void Fill(ReadOnlySpan<int> rows, RandomStream random)
    {
        Clear();
        var uniform = rows.Length / 4;
        var rest = Math.Pow(1 - (1.0 / examples.Trained.Length), uniform);
        foreach (var row in rows)
        {
            _targets.Add(AddColumn(examples.Target(row)));
            _weights.Add(examples.Weight(row) / rows.Length);
        }
        for (var i = 0; i < uniform; i++) { AddColumn(examples.Trained[random.NextInt32(examples.Trained.Length)]); }
        foreach (var slot in _columns)
        {
            var none = Math.Pow(1 - examples.Share(_slots[slot]), rows.Length - 1) * rest;
            _corrections.Add(corrected ? (float)Math.Log(Math.Max(1e-9, 1 - none)) : 0);
            _own.Add(random.NextDouble() >= Dropout);
        }
        _starts.Add(0);
        foreach (var row in rows)
        {
            foreach (var item in examples.History(row)) { _history.Add(AddSlot(item)); }
            _starts.Add(_history.Count);
        }
    }

    private int AddColumn(int item)
    {
        var slot = AddSlot(item);
        if (_columnOf[slot] < 0)
        {
            _columnOf[slot] = _columns.Count;
            _columns.Add(slot);
        }
        return _columnOf[slot];
    }

    private int AddSlot(int item)
    {
        if (_slotOf[item] < 0)
        {
            _slotOf[item] = _slots.Count;
            _slots.Add(item);
            _columnOf.Add(-1);
        }
        return _slotOf[item];
    }

    private void Clear()
    {
        foreach (var item in _slots) { _slotOf[item] = -1; }
        _slots.Clear();
        _columns.Clear();
        _columnOf.Clear();
        _history.Clear();
        _starts.Clear();
        _targets.Clear();
        _corrections.Clear();
        _weights.Clear();
        _own.Clear();
    }

    private static int[] Filled(int count)
    {
        var slots = new int[count];
        Array.Fill(slots, -1);
        return slots;
    }
}
