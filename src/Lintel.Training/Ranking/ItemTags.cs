namespace Lintel.Training.Ranking;

/// <summary>Tags of items, read once each from the catalogue. Not thread-safe.</summary>
internal sealed class ItemTags(ItemFacts facts)
{
    private readonly int[]?[] _tags = new int[]?[facts.Count];

    public ReadOnlySpan<int> Of(int item) => _tags[item] ??= facts.TagsOf(item);

    /// <summary>Jaccard's likeness, 0 to 1.</summary>
    public double Likeness(int a, int b)
    {
        var one = Of(a);
        var other = Of(b);
        var both = 0;
        foreach (var tag in one) { both += other.Contains(tag) ? 1 : 0; }
        return both == 0 ? 0 : (double)both / (one.Length + other.Length - both);
    }

    /// <summary>Adds an item's tags to a distribution: a weight of one in all, in equal parts.</summary>
    /// <returns>Whether it has any.</returns>
    public bool AddTo(Dictionary<int, double> distribution, int item, double weight)
    {
        var tags = Of(item);
        foreach (var tag in tags) { distribution[tag] = distribution.GetValueOrDefault(tag) + (weight / tags.Length); }
        return tags.Length > 0;
    }
}
