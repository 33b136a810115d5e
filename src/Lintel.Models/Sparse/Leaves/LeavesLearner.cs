using Lintel.Models.Sparse.Ftrl;

namespace Lintel.Models.Sparse.Leaves;

/// <summary>Goes on with the linear part; the trees stand still.</summary>
internal sealed class LeavesLearner : IOnlineLearner
{
    private const int Chunk = 64;

    private readonly LeafColumns _columns;
    private readonly FtrlLearner _linear;
    private readonly float[] _wide;

    public LeavesLearner(LeafColumns columns, FtrlLearner linear)
    {
        (_columns, _linear) = (columns, linear);
        _wide = new float[Chunk * columns.Wide.Length];
    }

    public int FeatureCount => _columns.Shapes.Length;

    public long RowCount => _linear.RowCount;

    public double Predict(ReadOnlySpan<float> row) => _linear.Predict(Wide(row, 1));

    public double Learn(ReadOnlySpan<float> row, float label, float weight = 1) => _linear.Learn(Wide(row, 1), label, weight);

    public void Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> margins)
    {
        LearnerChecks.CheckRows(rows, labels, weights, margins, FeatureCount);
        for (var from = 0; from < labels.Length; from += Chunk)
        {
            var count = Math.Min(Chunk, labels.Length - from);
            _linear.Learn(
                Wide(rows.Slice(from * FeatureCount, count * FeatureCount), count), labels.Slice(from, count),
                weights.IsEmpty ? default : weights.Slice(from, count), margins.IsEmpty ? default : margins.Slice(from, count));
        }
    }

    public IModel Snapshot() => new LeavesModel(_columns, (FtrlModel)_linear.Snapshot());

    public void Write(BinaryWriter writer) => Snapshot().Write(writer);

    private Span<float> Wide(ReadOnlySpan<float> rows, int count)
    {
        ModelShapes.CheckRows(rows, count, FeatureCount);
        var width = _columns.Wide.Length;
        for (var i = 0; i < count; i++) { _columns.Transform(rows.Slice(i * FeatureCount, FeatureCount), _wide.AsSpan(i * width, width)); }
        return _wide.AsSpan(0, count * width);
    }
}
