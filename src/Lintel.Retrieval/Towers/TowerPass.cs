using System.Numerics.Tensors;
using Lintel.Retrieval.Factorisation;

namespace Lintel.Retrieval.Towers;

/// <summary>Loss of one batch and its gradient by every weight. Blocks of rows, then blocks of columns, run on all cores; each
/// number is summed by one of them in a fixed order, so that threads change no bit.</summary>
/// <remarks>Score of user u and item v: s = cos(u, v) / temperature. Loss of a row: −s_target + log(exp(s_target) + Σ_j exp(s_j − log q_j))
/// over the columns that are neither its target nor in its history.</remarks>
internal sealed class TowerPass(ItemContent content, TowerWeights weights, float temperature, int threads)
{
    private const int Block = 64;

    private readonly int _stride = weights.Stride, _hidden = weights.Hidden;
    private float[] _vectors = [], _columns = [], _columnNorms = [], _turned = [], _columnGradients = [];
    private float[] _means = [], _activations = [], _users = [], _userNorms = [], _scores = [];
    private float[] _userGradients = [], _hiddenGradients = [], _meanGradients = [], _places = [];
    private double[] _losses = [];
    private int _width;

    /// <summary>[slots, stride]: by an item's whole vector, which its content takes part in.</summary>
    public float[] SlotGradients { get; private set; } = [];

    /// <summary>[slots, stride]: by an item's own vector, where it took part.</summary>
    public float[] OwnGradients { get; private set; } = [];

    /// <summary>Of the dense layers and the gate; its tables are empty.</summary>
    public TowerWeights Dense { get; } = TowerWeights.Empty(0, 0, weights.Items.Factors, weights.Gate.Length);

    /// <returns>Mean loss of the rows.</returns>
    public double Derive(TowerBatch batch, CancellationToken cancellation)
    {
        Reserve(batch);
        Run(batch.SlotCount, (from, to) =>
        {
            for (var s = from; s < to; s++) { weights.Vector(batch.Item(s), content.Of(batch.Item(s)), withOwn: true, Row(_vectors, s)); }
        }, cancellation);
        Run(batch.ColumnCount, (from, to) => Columns(batch, from, to), cancellation);
        Turn(weights.Inner, _stride, _hidden, _innerTurned);
        Turn(weights.Outer, _hidden, _stride, _outerTurned);
        Turn(_columns, batch.ColumnCount, _stride, _turned, _width);
        Run(batch.RowCount, (from, to) => Rows(batch, from, to), cancellation);
        Run(batch.ColumnCount, (from, to) => ColumnGradients(batch, from, to), cancellation);
        Gather(batch);
        var loss = 0.0;
        for (var row = 0; row < batch.RowCount; row++) { loss += _losses[row]; }
        return loss;
    }

    private readonly float[] _innerTurned = new float[weights.Stride * weights.Hidden];
    private readonly float[] _outerTurned = new float[weights.Stride * weights.Hidden];

    private void Columns(TowerBatch batch, int from, int to)
    {
        for (var c = from; c < to; c++)
        {
            var vector = Row(_columns, c);
            Row(_vectors, batch.Slot(c)).CopyTo(vector);
            if (!batch.HasOwn(c)) { RowKernel.Add(weights.Items.Row(batch.Item(batch.Slot(c))), -1, vector); }
            _columnNorms[c] = TowerLayers.Normalise(vector);
        }
    }

    private void Rows(TowerBatch batch, int from, int to)
    {
        var count = to - from;
        Span<float> shares = stackalloc float[weights.Gate.Length];
        for (var row = from; row < to; row++)
        {
            var places = shares[..batch.HistoryLength(row)];
            TowerLayers.Gate(weights.Gate, places);
            var mean = Row(_means, row);
            mean.Clear();
            for (var p = 0; p < places.Length; p++) { RowKernel.Add(Row(_vectors, batch.History(row, p)), places[p], mean); }
        }
        var hidden = _activations.AsSpan(from * _hidden, count * _hidden);
        var users = _users.AsSpan(from * _stride, count * _stride);
        TowerLayers.User(weights, _means.AsSpan(from * _stride, count * _stride), count, hidden, users);
        for (var row = from; row < to; row++) { _userNorms[row] = TowerLayers.Normalise(Row(_users, row)); }
        var scores = _scores.AsSpan(from * _width, count * _width);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(users, _stride), count, _stride, _turned, scores, _width);
        for (var row = from; row < to; row++) { _losses[row] = Softmax(batch, row, scores.Slice((row - from) * _width, _width)); }

        var gradients = _userGradients.AsSpan(from * _stride, count * _stride);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(scores, _width), count, batch.ColumnCount, _columns, gradients, _stride);
        for (var row = from; row < to; row++) { TowerLayers.BackFromNorm(Row(_users, row), _userNorms[row], Row(_userGradients, row)); }
        var inside = _hiddenGradients.AsSpan(from * _hidden, count * _hidden);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(gradients, _stride), count, _stride, _outerTurned, inside, _hidden);
        for (var i = 0; i < inside.Length; i++) { inside[i] = hidden[i] > 0 ? inside[i] : 0; }
        var means = _meanGradients.AsSpan(from * _stride, count * _stride);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(inside, _hidden), count, _hidden, _innerTurned, means, _stride);
        RowKernel.Add(gradients, 1, means);
    }

    /// <summary>Turns cosines into the gradient of the loss by them.</summary>
    private double Softmax(TowerBatch batch, int row, Span<float> scores)
    {
        var target = batch.Target(row);
        for (var c = 0; c < batch.ColumnCount; c++) { scores[c] = (scores[c] / temperature) - batch.Correction(c); }
        scores[target] += batch.Correction(target);
        for (var p = 0; p < batch.HistoryLength(row); p++)
        {
            if (batch.Column(batch.History(row, p)) is >= 0 and var had) { scores[had] = float.NegativeInfinity; }
        }
        scores[batch.ColumnCount..].Fill(float.NegativeInfinity);
        var most = TensorPrimitives.Max<float>(scores);
        var own = scores[target];
        TensorPrimitives.Add(scores, -most, scores);
        TensorPrimitives.Exp<float>(scores, scores);
        var sum = 0.0;
        foreach (var e in scores) { sum += e; }
        var weight = batch.Weight(row);
        TensorPrimitives.Multiply(scores, (float)(weight / (temperature * sum)), scores);
        scores[target] -= weight / temperature;
        return weight * (Math.Log(sum) + most - own);
    }

    private void ColumnGradients(TowerBatch batch, int from, int to)
    {
        var count = to - from;
        var gradients = _columnGradients.AsSpan(from * _stride, count * _stride);
        MatrixProduct.Multiply(
            MatrixProduct.Left.Columns(_scores.AsSpan(from), _width), count, batch.RowCount, _users, gradients, _stride);
        for (var c = from; c < to; c++) { TowerLayers.BackFromNorm(Row(_columns, c), _columnNorms[c], Row(_columnGradients, c)); }
    }

    /// <summary>Brings the gradients of rows and columns to the slots, the gate and the dense layers.</summary>
    private void Gather(TowerBatch batch)
    {
        SlotGradients.AsSpan(0, batch.SlotCount * _stride).Clear();
        OwnGradients.AsSpan(0, batch.SlotCount * _stride).Clear();
        for (var c = 0; c < batch.ColumnCount; c++)
        {
            RowKernel.Add(Row(_columnGradients, c), 1, Row(SlotGradients, batch.Slot(c)));
            if (batch.HasOwn(c)) { RowKernel.Add(Row(_columnGradients, c), 1, Row(OwnGradients, batch.Slot(c))); }
        }
        Dense.Gate.AsSpan().Clear();
        for (var row = 0; row < batch.RowCount; row++) { BackToHistory(batch, row); }
        var rows = batch.RowCount;
        MatrixProduct.Multiply(MatrixProduct.Left.Columns(_means, _stride), _stride, rows, _hiddenGradients, Dense.Inner, _hidden);
        MatrixProduct.Multiply(MatrixProduct.Left.Columns(_activations, _hidden), _hidden, rows, _userGradients, Dense.Outer, _stride);
        Dense.Bias.AsSpan().Clear();
        for (var row = 0; row < rows; row++) { RowKernel.Add(_hiddenGradients.AsSpan(row * _hidden, _hidden), 1, Dense.Bias); }
    }

    private void BackToHistory(TowerBatch batch, int row)
    {
        var gradient = Row(_meanGradients, row);
        var places = _places.AsSpan(0, batch.HistoryLength(row));
        TowerLayers.Gate(weights.Gate, places);
        var mean = RowKernel.Dot(gradient, Row(_means, row));
        for (var p = 0; p < places.Length; p++)
        {
            var slot = batch.History(row, p);
            RowKernel.Add(gradient, places[p], Row(SlotGradients, slot));
            RowKernel.Add(gradient, places[p], Row(OwnGradients, slot));
            Dense.Gate[p] += places[p] * (RowKernel.Dot(gradient, Row(_vectors, slot)) - mean);
        }
    }

    private Span<float> Row(float[] matrix, int row) => matrix.AsSpan(row * _stride, _stride);

    /// <summary>[rows, columns] to [columns, rows], each row of the result padded to a width.</summary>
    private static void Turn(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> turned, int width = 0)
    {
        width = width == 0 ? rows : width;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) { turned[(column * width) + row] = matrix[(row * columns) + column]; }
        }
    }

    private void Run(int count, Action<int, int> work, CancellationToken cancellation) => Parallel.For(
        0, (count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
        block => work(block * Block, Math.Min(count, (block + 1) * Block)));

    private void Reserve(TowerBatch batch)
    {
        _width = (batch.ColumnCount + (2 * MatrixProduct.Lanes) - 1) / (2 * MatrixProduct.Lanes) * (2 * MatrixProduct.Lanes);
        Room(ref _vectors, batch.SlotCount * _stride);
        SlotGradients = Roomy(SlotGradients, batch.SlotCount * _stride);
        OwnGradients = Roomy(OwnGradients, batch.SlotCount * _stride);
        Room(ref _columns, _width * _stride);
        Room(ref _columnGradients, _width * _stride);
        Room(ref _turned, _width * _stride);
        Room(ref _columnNorms, _width);
        Room(ref _means, batch.RowCount * _stride);
        Room(ref _users, batch.RowCount * _stride);
        Room(ref _userGradients, batch.RowCount * _stride);
        Room(ref _meanGradients, batch.RowCount * _stride);
        Room(ref _userNorms, batch.RowCount);
        Room(ref _activations, batch.RowCount * _hidden);
        Room(ref _hiddenGradients, batch.RowCount * _hidden);
        Room(ref _scores, batch.RowCount * _width);
        Room(ref _places, weights.Gate.Length);
        if (_losses.Length < batch.RowCount) { _losses = new double[batch.RowCount]; }
    }

    private static void Room(ref float[] buffer, int length) => buffer = Roomy(buffer, length);

    private static float[] Roomy(float[] buffer, int length) =>
        buffer.Length >= length ? buffer : new float[Math.Max(length, 2 * buffer.Length)];
}
