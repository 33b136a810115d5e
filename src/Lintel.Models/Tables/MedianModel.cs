namespace Lintel.Models.Tables;

/// <summary>Medians by group, each with fewer features than the one before it; the last is that of everything. Immutable.</summary>
/// <remarks>Score: the value of the first group that is there. A row's contributions tell the way to it: the median of everything is the
/// base, and each feature adds what the group that knows it, too, moves the median by.</remarks>
public sealed class MedianModel : IModel
{
    private const int MaxFeatures = 1_000;

    private readonly GroupTable[] _groups;
    private readonly double _everything;
    private readonly double _offset;

    /// <param name="groups">[features]: the k-th knows the features from k on.</param>
    internal MedianModel(GroupTable[] groups, double everything, double offset) =>
        (_groups, _everything, _offset) = (groups, everything, offset);

    public int FeatureCount => _groups.Length;

    public ScoreScale Scale => ScoreScale.Value;

    /// <summary>Groups with a median of their own, by how many features are left out.</summary>
    public IReadOnlyList<int> GroupCounts => [.. _groups.Select(static g => g.Count)];

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        for (var i = 0; i < margins.Length; i++) { margins[i] = Of(rows.Slice(i * FeatureCount, FeatureCount)) + _offset; }
    }

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        contributions.Clear();
        var coarser = _everything;
        for (var k = FeatureCount - 1; k >= 0; k--)
        {
            var value = _groups[k].Find(row[k..]);
            if (double.IsNaN(value)) { continue; }
            contributions[k] = value - coarser;
            coarser = value;
        }
        return _everything + _offset;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(FeatureCount);
        writer.Write(_everything);
        writer.Write(_offset);
        foreach (var table in _groups) { table.Write(writer); }
    }

    /// <exception cref="InvalidDataException">A count or a number is out of range.</exception>
    internal static MedianModel Read(BinaryReader reader)
    {
        var groups = new GroupTable[Payload.ReadCount(reader, "features", 1, MaxFeatures)];
        var everything = Payload.ReadNumber(reader, "median of everything");
        var offset = Payload.ReadNumber(reader, "offset");
        for (var k = 0; k < groups.Length; k++) { groups[k] = GroupTable.Read(reader, groups.Length - k); }
        return new(groups, everything, offset);
    }

    internal MedianModel WithOffset(double offset) => new(_groups, _everything, _offset + offset);

    private double Of(ReadOnlySpan<float> row)
    {
        for (var k = 0; k < _groups.Length; k++)
        {
            var value = _groups[k].Find(row[k..]);
            if (!double.IsNaN(value)) { return value; }
        }
        return _everything;
    }
}
