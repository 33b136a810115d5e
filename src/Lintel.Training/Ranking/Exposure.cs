namespace Lintel.Training.Ranking;

/// <summary>How often each available item was shown on the first places, for any weighting of the decisions.
/// Thread-safe.</summary>
internal sealed class Exposure
{
    public const string UndefinedBecause = "no list shows an item that could be had";

    // places of one decision after another, as indexes among the available items
    private readonly int[] _places;
    private readonly int[] _ends;
    private readonly int _available;

    public Exposure(JudgedPages pages, int depth)
    {
        var indexOf = new int[pages.Items.Count];
        for (var item = 0; item < indexOf.Length; item++) { indexOf[item] = pages.Items.Available[item] ? _available++ : -1; }
        var places = new List<int>();
        _ends = new int[pages.Count];
        for (var d = 0; d < _ends.Length; d++)
        {
            foreach (var item in pages.Lists[d].AsSpan(0, Math.Min(depth, pages.Lists[d].Length)))
            {
                if (indexOf[item] >= 0) { places.Add(indexOf[item]); }
            }
            _ends[d] = places.Count;
        }
        _places = [.. places];
    }

    /// <summary>Weighted times shown, by available item; the caller's to change.</summary>
    public double[] Of(ReadOnlySpan<double> weights)
    {
        var shown = new double[_available];
        for (var (d, i) = (0, 0); d < _ends.Length; d++)
        {
            for (; i < _ends[d]; i++) { shown[_places[i]] += weights[d]; }
        }
        return shown;
    }
}
