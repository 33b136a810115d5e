namespace Lintel.Retrieval.Neighbours;

/// <summary>Adds up one item's weights towards others, and keeps the largest. Owned by one thread.</summary>
internal sealed class NeighbourRow(int count)
{
    private readonly double[] _sums = new double[count];
    private readonly bool[] _isTouched = new bool[count];
    private readonly int[] _touched = new int[count];
    private readonly float[] _sizes = new float[count];
    private int _count;

    /// <summary>Places that something was added to, in no order.</summary>
    internal ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    internal ref double this[int place] => ref _sums[place];

    internal void Add(int place, double weight)
    {
        if (!_isTouched[place])
        {
            _isTouched[place] = true;
            _touched[_count++] = place;
        }
        _sums[place] += weight;
    }

    /// <summary>The most that may be kept, by size, ties by place; in the order of places. Clears the row.</summary>
    internal (int[] Places, float[] Weights) Take(int most)
    {
        Array.Sort(_touched, 0, _count);
        var floor = 0f;
        var atFloor = 0;
        if (_count > most)
        {
            for (var i = 0; i < _count; i++) { _sizes[i] = MathF.Abs((float)_sums[_touched[i]]); }
            Array.Sort(_sizes, 0, _count);
            floor = _sizes[_count - most];
            for (var i = _count - most; i < _count && _sizes[i] == floor; i++) { atFloor++; }
        }
        var (places, weights) = (new List<int>(Math.Min(most, _count)), new List<float>(Math.Min(most, _count)));
        foreach (var place in Touched)
        {
            var weight = (float)_sums[place];
            var size = MathF.Abs(weight);
            if (size > floor || (size == floor && size > 0 && atFloor-- > 0))
            {
                places.Add(place);
                weights.Add(weight);
            }
            (_sums[place], _isTouched[place]) = (0, false);
        }
        _count = 0;
        return ([.. places], [.. weights]);
    }
}
