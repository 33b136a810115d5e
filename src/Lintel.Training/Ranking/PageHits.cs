namespace Lintel.Training.Ranking;

/// <summary>Where a list holds what was right. Used again from decision to decision.</summary>
internal sealed class PageHits
{
    private readonly Dictionary<int, float> _gains = [];
    private readonly List<float> _ideal = [];
    private double[] _found = [];

    /// <summary>Items that were right, shown or not.</summary>
    public int RelevantCount => _ideal.Count;

    /// <summary>The list's length.</summary>
    public int Length { get; private set; }

    /// <summary>The list itself.</summary>
    public int[] List { get; private set; } = [];

    /// <summary>Gain at each place of the list; 0: not right.</summary>
    public ReadOnlySpan<double> Found => _found.AsSpan(0, Length);

    /// <summary>Gains of all that was right, largest first.</summary>
    public IReadOnlyList<float> Ideal => _ideal;

    public void Look(int[] list, (int Item, float Gain)[] relevant)
    {
        _gains.Clear();
        _ideal.Clear();
        foreach (var (item, gain) in relevant)
        {
            _gains.Add(item, gain);
            _ideal.Add(gain);
        }
        _ideal.Sort(static (a, b) => b.CompareTo(a));
        (List, Length) = (list, list.Length);
        if (_found.Length < Length) { _found = new double[Length]; }
        for (var i = 0; i < Length; i++) { _found[i] = _gains.TryGetValue(list[i], out var gain) ? gain : 0; }
    }

    /// <summary>Right ones among the first <paramref name="depth"/>.</summary>
    public int Hits(int depth)
    {
        var hits = 0;
        for (var i = 0; i < Math.Min(depth, Length); i++) { hits += _found[i] > 0 ? 1 : 0; }
        return hits;
    }
}
