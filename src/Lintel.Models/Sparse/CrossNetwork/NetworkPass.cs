using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Room for some rows on their way through the network, and for their gradients on the way back. One thread at a time.</summary>
/// <remarks>Cross layer l: x' = x₀ ⊙ (Uᵀ(Vᵀ x) + b) + x; beside it hidden layers h' = max(0, Wᵀh + b) from h = x₀; the margin is
/// w·x + w·h + intercept. Source: Wang et al., "DCN V2", WWW 2021, parallel structure, low-rank cross layers. The sums that
/// a gradient takes are over the rows in order, so they are the same bits on any number of threads.</remarks>
internal sealed class NetworkPass
{
    private readonly NetworkShape _shape;
    private readonly float[] _x;
    private readonly float[] _g, _t, _h;
    private float[]? _dx, _dx0, _dg, _dt, _dh, _dhBelow;

    /// <param name="rows">Most rows at once.</param>
    public NetworkPass(NetworkShape shape, int columns, int rows)
    {
        _shape = shape;
        Capacity = rows;
        _x = new float[(shape.CrossLayers + 1) * rows * shape.Width];
        _g = new float[shape.CrossLayers * rows * shape.Width];
        _t = new float[shape.CrossLayers * rows * shape.Rank];
        _h = new float[shape.HiddenLayers * rows * shape.Hidden];
        Places = new int[rows * columns];
        Found = new int[rows * columns];
        Margins = new float[rows];
    }

    public int Capacity { get; }

    /// <summary>Where each column's value stands, [rows, columns].</summary>
    public int[] Places { get; }

    /// <summary>The same, with the rare place for an id that has none of its own.</summary>
    public int[] Found { get; }

    /// <summary>[rows]; after <see cref="Forward"/> the margins, for <see cref="Backward"/> their gradients.</summary>
    public float[] Margins { get; }

    /// <summary>Sums over the rows, as of the last <see cref="Backward"/>, in the order of <see cref="NetworkShape"/>.</summary>
    public float[] Gradient { get; private set; } = [];

    /// <summary>The network's input of one row, [Width].</summary>
    public Span<float> Input(int row) => _x.AsSpan(row * _shape.Width, _shape.Width);

    /// <summary>Gradient of one row's loss by its input, [Width].</summary>
    public ReadOnlySpan<float> InputGradient(int row) => _dx0.AsSpan(row * _shape.Width, _shape.Width);

    public void Forward(ReadOnlySpan<float> weights, int rows)
    {
        var (width, inner, hidden) = (_shape.Width, _shape.Inner, _shape.Hidden);
        var x0 = X(0, rows);
        for (var l = 0; l < _shape.CrossLayers; l++)
        {
            var x = X(l, rows);
            var g = G(l, rows);
            var t = T(l, rows);
            if (_shape.Rank > 0) { MatrixProduct.Multiply(rows, inner, width, x, width, 1, weights[_shape.V(l)], t); }
            Repeat(weights[_shape.CrossBias(l)], g, rows);
            MatrixProduct.Multiply(rows, width, inner, _shape.Rank > 0 ? t : x, inner, 1, weights[_shape.U(l)], g, add: true);
            TensorPrimitives.MultiplyAdd(x0, g, x, X(l + 1, rows));
        }
        for (var l = 0; l < _shape.HiddenLayers; l++)
        {
            var input = l == 0 ? x0 : H(l - 1, rows);
            var h = H(l, rows);
            Repeat(weights[_shape.HiddenBias(l)], h, rows);
            var inputs = _shape.HiddenInput(l);
            MatrixProduct.Multiply(rows, hidden, inputs, input, inputs, 1, weights[_shape.W(l)], h, add: true);
            TensorPrimitives.Max(h, 0, h);
        }
        var top = X(_shape.CrossLayers, rows);
        var last = _shape.HiddenLayers > 0 ? H(_shape.HiddenLayers - 1, rows) : default;
        for (var i = 0; i < rows; i++)
        {
            var margin = Dot(top.Slice(i * width, width), weights[_shape.CrossOutput]) + weights[_shape.Intercept];
            if (!last.IsEmpty) { margin += Dot(last.Slice(i * hidden, hidden), weights[_shape.HiddenOutput]); }
            Margins[i] = margin;
        }
    }

    /// <summary>Gradients of all weights and of the inputs, after <see cref="Forward"/> of the same rows.</summary>
    /// <param name="transposed">The matrices of the weights, each transposed in its place.</param>
    public void Backward(ReadOnlySpan<float> weights, ReadOnlySpan<float> transposed, int rows)
    {
        Prepare();
        Gradient.AsSpan().Clear();
        var width = _shape.Width;
        var gradient = Gradient.AsSpan();
        var dx = _dx.AsSpan(0, rows * width);
        var dx0 = _dx0.AsSpan(0, rows * width);
        var slopes = Margins.AsSpan(0, rows);
        dx0.Clear();
        var top = X(_shape.CrossLayers, rows);
        for (var i = 0; i < rows; i++)
        {
            TensorPrimitives.Multiply(weights[_shape.CrossOutput], slopes[i], dx.Slice(i * width, width));
            AddScaled(top.Slice(i * width, width), slopes[i], gradient[_shape.CrossOutput]);
            gradient[_shape.Intercept] += slopes[i];
        }
        if (_shape.HiddenLayers > 0) { BackHidden(weights, transposed, rows, dx0); }
        for (var l = _shape.CrossLayers - 1; l >= 0; l--) { BackCross(transposed, l, rows, dx, dx0); }
        TensorPrimitives.Add(dx0, dx, dx0);
    }

    private void BackCross(ReadOnlySpan<float> transposed, int l, int rows, Span<float> dx, Span<float> dx0)
    {
        var (width, inner, rank) = (_shape.Width, _shape.Inner, _shape.Rank);
        var gradient = Gradient.AsSpan();
        var dg = _dg.AsSpan(0, rows * width);
        var x = X(l, rows);
        var t = T(l, rows);
        TensorPrimitives.Multiply(dx, X(0, rows), dg);
        TensorPrimitives.MultiplyAdd(dx, G(l, rows), dx0, dx0);
        for (var i = 0; i < rows; i++)
        {
            TensorPrimitives.Add(gradient[_shape.CrossBias(l)], dg.Slice(i * width, width), gradient[_shape.CrossBias(l)]);
        }
        MatrixProduct.Multiply(inner, width, rows, rank > 0 ? t : x, 1, inner, dg, gradient[_shape.U(l)], add: true);
        if (rank == 0)
        {
            MatrixProduct.Multiply(rows, width, width, dg, width, 1, transposed[_shape.U(l)], dx, add: true);
            return;
        }
        var dt = _dt.AsSpan(0, rows * rank);
        MatrixProduct.Multiply(rows, rank, width, dg, width, 1, transposed[_shape.U(l)], dt);
        MatrixProduct.Multiply(width, rank, rows, x, 1, width, dt, gradient[_shape.V(l)], add: true);
        MatrixProduct.Multiply(rows, width, rank, dt, rank, 1, transposed[_shape.V(l)], dx, add: true);
    }

    private void BackHidden(ReadOnlySpan<float> weights, ReadOnlySpan<float> transposed, int rows, Span<float> dx0)
    {
        var hidden = _shape.Hidden;
        var gradient = Gradient.AsSpan();
        var dh = _dh.AsSpan(0, rows * hidden);
        var below = _dhBelow.AsSpan(0, rows * hidden);
        var last = H(_shape.HiddenLayers - 1, rows);
        for (var i = 0; i < rows; i++)
        {
            TensorPrimitives.Multiply(weights[_shape.HiddenOutput], Margins[i], dh.Slice(i * hidden, hidden));
            AddScaled(last.Slice(i * hidden, hidden), Margins[i], gradient[_shape.HiddenOutput]);
        }
        for (var l = _shape.HiddenLayers - 1; l >= 0; l--)
        {
            CutOff(H(l, rows), dh);
            var inputs = _shape.HiddenInput(l);
            var input = l == 0 ? X(0, rows) : H(l - 1, rows);
            for (var i = 0; i < rows; i++)
            {
                TensorPrimitives.Add(gradient[_shape.HiddenBias(l)], dh.Slice(i * hidden, hidden), gradient[_shape.HiddenBias(l)]);
            }
            MatrixProduct.Multiply(inputs, hidden, rows, input, 1, inputs, dh, gradient[_shape.W(l)], add: true);
            MatrixProduct.Multiply(rows, inputs, hidden, dh, hidden, 1, transposed[_shape.W(l)], l == 0 ? dx0 : below, add: l == 0);
            if (l > 0) { below.CopyTo(dh); }
        }
    }

    private void Prepare()
    {
        if (_dx is not null) { return; }
        _dx = new float[Capacity * _shape.Width];
        _dx0 = new float[Capacity * _shape.Width];
        _dg = new float[Capacity * _shape.Width];
        _dt = new float[Capacity * _shape.Rank];
        _dh = new float[Capacity * _shape.Hidden];
        _dhBelow = new float[Capacity * _shape.Hidden];
        Gradient = new float[_shape.WeightCount];
    }

    private Span<float> X(int layer, int rows) => _x.AsSpan(layer * Capacity * _shape.Width, rows * _shape.Width);

    private Span<float> G(int layer, int rows) => _g.AsSpan(layer * Capacity * _shape.Width, rows * _shape.Width);

    private Span<float> T(int layer, int rows) => _t.AsSpan(layer * Capacity * _shape.Rank, rows * _shape.Rank);

    private Span<float> H(int layer, int rows) => _h.AsSpan(layer * Capacity * _shape.Hidden, rows * _shape.Hidden);

    private static void Repeat(ReadOnlySpan<float> row, Span<float> rows, int count)
    {
        for (var i = 0; i < count; i++) { row.CopyTo(rows.Slice(i * row.Length, row.Length)); }
    }

    private static void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> sum) => TensorPrimitives.MultiplyAdd(x, scale, sum, sum);

    /// <summary>No gradient where a unit was off.</summary>
    private static void CutOff(ReadOnlySpan<float> units, Span<float> gradient)
    {
        ref var unit = ref MemoryMarshal.GetReference(units);
        ref var slope = ref MemoryMarshal.GetReference(gradient);
        for (nuint i = 0; i < (nuint)units.Length; i += (nuint)Vector512<float>.Count)
        {
            var on = Vector512.GreaterThan(Vector512.LoadUnsafe(ref unit, i), Vector512<float>.Zero);
            (Vector512.LoadUnsafe(ref slope, i) & on).StoreUnsafe(ref slope, i);
        }
    }

    /// <summary>In one order wherever the row lies in memory.</summary>
    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var sum = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)x.Length; i += (nuint)Vector512<float>.Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref left, i), Vector512.LoadUnsafe(ref right, i), sum);
        }
        var eight = sum.GetLower() + sum.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        return (four.GetElement(0) + four.GetElement(2)) + (four.GetElement(1) + four.GetElement(3));
    }
}
