namespace Lintel.Models.Sparse.Ftrl;

/// <summary>Learns a logistic regression row by row; see <see cref="FtrlState"/>.</summary>
internal sealed class FtrlLearner : IOnlineLearner
{
    /// <summary>Rows whose weights are on their way while one is learned.</summary>
    private const int Ahead = 4;

    private readonly FtrlState _state;
    private readonly float[] _row;
    private readonly int[] _places;

    /// <param name="state">Becomes the learner's own.</param>
    public FtrlLearner(FtrlState state)
    {
        _state = state;
        _row = new float[FtrlRow.Spans * state.Lanes];
        _places = new int[Ahead * state.Map.ColumnCount];
    }

    public int FeatureCount => _state.Map.ColumnCount;

    public long RowCount => _state.RowCount;

    public double Predict(ReadOnlySpan<float> row)
    {
        var places = Places(0);
        _state.Map.Encode(row, places);
        return _state.Margin(places, new(_row)) + _state.Offset;
    }

    public double Learn(ReadOnlySpan<float> row, float label, float weight = 1)
    {
        LearnerChecks.CheckRow(label, weight);
        if (weight == 0) { return Predict(row); }
        var places = Places(0);
        _state.Map.Encode(row, places);
        return _state.Learn(places, new(_row), label, weight) + _state.Offset;
    }

    public void Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> margins)
    {
        LearnerChecks.CheckRows(rows, labels, weights, margins, FeatureCount);
        var row = new FtrlRow(_row);
        for (var i = -Ahead; i < labels.Length; i++)
        {
            if (i >= 0)
            {
                var weight = weights.IsEmpty ? 1 : weights[i];
                var margin = weight == 0 ? _state.Margin(Places(i), row) : _state.Learn(Places(i), row, labels[i], weight);
                if (!margins.IsEmpty) { margins[i] = margin + _state.Offset; }
            }
            if (i + Ahead >= labels.Length) { continue; }
            var next = Places(i + Ahead);
            _state.Map.Encode(rows.Slice((i + Ahead) * FeatureCount, FeatureCount), next);
            _state.Hint(next);
        }
    }

    public IModel Snapshot() => new FtrlModel(_state.Copy());

    public void Write(BinaryWriter writer) => _state.Write(writer);

    private Span<int> Places(int row) => _places.AsSpan(row % Ahead * FeatureCount, FeatureCount);
}
