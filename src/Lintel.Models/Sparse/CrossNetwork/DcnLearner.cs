using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Learns a <see cref="DcnModel"/> in steps of a batch: rows wait until there are enough for one.</summary>
/// <remarks>Between two steps nothing changes, so a row's margin before it learned is the same in a batch and alone. A batch is worked on
/// in shards of 128 rows, whose gradients are added in their order: threads do not change a bit. The ids' numbers then learn
/// row by row.</remarks>
internal sealed class DcnLearner : IOnlineLearner
{
    private const int Shard = 128;

    private readonly DcnState _state;
    private readonly NetworkPass[] _passes;
    private readonly float[] _rows, _labels, _weights, _transposed;
    private readonly ParallelOptions? _parallel;
    private int _waiting;

    /// <param name="state">Becomes the learner's own.</param> <param name="threads">1 or more.</param>
    public DcnLearner(DcnState state, int threads = 1)
    {
        _state = state;
        _passes = new NetworkPass[(state.Batch + Shard - 1) / Shard];
        for (var i = 0; i < _passes.Length; i++) { _passes[i] = new(state.Shape, state.Map.ColumnCount, Math.Min(Shard, state.Batch)); }
        _rows = new float[state.Batch * state.Map.ColumnCount];
        _labels = new float[state.Batch];
        _weights = new float[state.Batch];
        _transposed = new float[state.Shape.WeightCount];
        _parallel = threads > 1 && _passes.Length > 1 ? new() { MaxDegreeOfParallelism = threads } : null;
    }

    public int FeatureCount => _state.Map.ColumnCount;

    public long RowCount => _state.RowCount + _waiting;

    /// <summary>Whether rows that are learned count for the ids without numbers; false while a fit learns rows that it counted before.</summary>
    public bool Counts { get; set; } = true;

    public double Predict(ReadOnlySpan<float> row)
    {
        ModelShapes.CheckRows(row, 1, FeatureCount);
        var pass = _passes[0];
        _state.Encode(row, pass);
        pass.Forward(_state.Weights, 1);
        return pass.Margins[0] + _state.Offset;
    }

    public double Learn(ReadOnlySpan<float> row, float label, float weight = 1)
    {
        LearnerChecks.CheckRow(label, weight);
        var margin = Predict(row);
        if (weight > 0) { Take(row, label, weight); }
        return margin;
    }

    public void Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> margins)
    {
        LearnerChecks.CheckRows(rows, labels, weights, margins, FeatureCount);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = rows.Slice(i * FeatureCount, FeatureCount);
            if (!margins.IsEmpty) { margins[i] = Predict(row); }
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight > 0) { Take(row, labels[i], weight); }
        }
    }

    /// <summary>Learns the rows that wait, though they are too few for a batch.</summary>
    public void Flush()
    {
        if (_waiting == 0) { return; }
        _state.Shape.Transpose(_state.Weights, _transposed);
        var shards = (_waiting + Shard - 1) / Shard;
        if (_parallel is null) { for (var s = 0; s < shards; s++) { Derive(s); } }
        else { Parallel.For(0, shards, _parallel, Derive); }
        var gradient = _passes[0].Gradient;
        for (var s = 1; s < shards; s++) { TensorPrimitives.Add(gradient, _passes[s].Gradient, gradient); }
        _state.Steps.Step(_state.Weights, gradient, 1f / _waiting);
        for (var s = 0; s < shards; s++) { LearnIds(_passes[s], Rows(s)); }
        _state.RowCount += _waiting;
        _waiting = 0;
    }

    public IModel Snapshot() => new DcnModel(_state.Copy());

    public void Write(BinaryWriter writer)
    {
        _state.Write(writer);
        writer.Write(_waiting);
        writer.Write(MemoryMarshal.AsBytes(_rows.AsSpan(0, _waiting * FeatureCount)));
        writer.Write(MemoryMarshal.AsBytes(_labels.AsSpan(0, _waiting)));
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan(0, _waiting)));
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range; the message says which.</exception>
    public static DcnLearner Read(BinaryReader reader)
    {
        var learner = new DcnLearner(DcnState.Read(reader));
        learner._waiting = Payload.ReadCount(reader, "waiting rows", 0, learner._state.Batch - 1, sizeof(float) * (learner.FeatureCount + 2));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(learner._rows.AsSpan(0, learner._waiting * learner.FeatureCount)));
        var labels = learner._labels.AsSpan(0, learner._waiting);
        var weights = learner._weights.AsSpan(0, learner._waiting);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(labels));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights));
        if (labels.ContainsAnyExcept(0, 1) || weights.ContainsAnyExceptInRange(0, float.MaxValue))
        {
            throw new InvalidDataException("a waiting row has a label that is neither 0 nor 1, or no finite weight");
        }
        return learner;
    }

    private void Take(ReadOnlySpan<float> row, float label, float weight)
    {
        row.CopyTo(_rows.AsSpan(_waiting * FeatureCount));
        _labels[_waiting] = label;
        _weights[_waiting] = weight * (label == 1 ? (float)_state.ClassWeight : 1);
        _waiting++;
        if (_waiting == _state.Batch) { Flush(); }
    }

    private int Rows(int shard) => Math.Min(Shard, _waiting - (shard * Shard));

    /// <summary>Gradients of one shard's rows.</summary>
    private void Derive(int shard)
    {
        var (pass, from, count) = (_passes[shard], shard * Shard, Rows(shard));
        _state.Encode(_rows.AsSpan(from * FeatureCount, count * FeatureCount), pass);
        pass.Forward(_state.Weights, count);
        for (var i = 0; i < count; i++)
        {
            var p = 1 / (1 + Math.Exp(-pass.Margins[i]));
            pass.Margins[i] = (float)(_weights[from + i] * (p - _labels[from + i]));
        }
        pass.Backward(_state.Weights, _transposed, count);
    }

    private void LearnIds(NetworkPass pass, int count)
    {
        var columns = FeatureCount;
        var dimension = _state.Shape.Dimension;
        var ids = _state.IdColumns;
        for (var i = 0; i < count; i++)
        {
            var gradient = pass.InputGradient(i);
            for (var j = 0; j < ids.Length; j++) { _state.Embeddings.Learn(pass.Found[(i * columns) + j], gradient[(j * dimension)..]); }
        }
        for (var i = 0; i < count && Counts; i++)
        {
            foreach (var c in ids) { _state.Embeddings.Count(pass.Places[(i * columns) + c]); }
        }
        var numbers = _state.NumberColumns;
        for (var j = 0; j < numbers.Length; j++)
        {
            ref var scale = ref _state.Scales[j];
            for (var i = numbers[j]; i < _waiting * columns && !scale.Stands && pass == _passes[0]; i += columns) { scale.Learn(_rows[i]); }
        }
    }
}
