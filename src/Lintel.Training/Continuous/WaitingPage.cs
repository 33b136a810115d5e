namespace Lintel.Training.Continuous;

/// <summary>A page whose items wait to be shown.</summary>
/// <param name="number">Of the decided record.</param>
/// <param name="given">When it was answered, microseconds since 1970 UTC.</param>
/// <param name="most">Items that it can have.</param>
internal sealed class WaitingPage(int number, long given, int most)
{
    private readonly int[] _items = new int[most];
    private readonly float[]?[] _features = new float[]?[most];
    private int _count;

    public int Number => number;

    public long Given => given;

    /// <summary>Items that were not shown yet.</summary>
    public int LeftCount { get; private set; }

    /// <param name="item">Its code.</param> <param name="features">[feature count]; kept as float32, as models read them.</param>
    public void Add(int item, ReadOnlySpan<double> features)
    {
        var kept = new float[features.Length];
        for (var f = 0; f < kept.Length; f++) { kept[f] = (float)features[f]; }
        Add(item, kept);
    }

    /// <summary>An item is shown: it waits no more, and what it read belongs to the caller.</summary>
    /// <param name="item">Its code; NaN: none.</param>
    /// <returns>[feature count]; null: the page does not have it, or it was shown before.</returns>
    public float[]? Take(double item)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_items[i] != item || _features[i] is not { } features) { continue; }
            _features[i] = null;
            LeftCount--;
            return features;
        }
        return null;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(number);
        writer.Write(given);
        writer.Write(LeftCount);
        for (var i = 0; i < _count; i++)
        {
            if (_features[i] is not { } features) { continue; }
            writer.Write(_items[i]);
            foreach (var value in features) { writer.Write(value); }
        }
    }

    public static WaitingPage Read(BinaryReader reader, int featureCount)
    {
        var (number, given, count) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        var page = new WaitingPage(number, given, count);
        for (var i = 0; i < count; i++) { page.Add(reader.ReadInt32(), WaitingRow.Floats(reader, featureCount)); }
        return page;
    }

    private void Add(int item, float[] features)
    {
        (_items[_count], _features[_count]) = (item, features);
        _count++;
        LeftCount++;
    }
}
