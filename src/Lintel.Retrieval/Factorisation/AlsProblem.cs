namespace Lintel.Retrieval.Factorisation;

/// <summary>One row's weighted least-squares problem, <c>(YᵀY + λI + Σ (c_j − 1) y_j y_jᵀ) x = Σ c_j y_j</c>, and the scratch
/// to solve one after another. Owned by one thread.</summary>
internal sealed class AlsProblem
{
    private readonly float[] _gram;
    private readonly FactorTable _against;
    private readonly AlsOptions _options;
    private readonly float[] _residual, _direction, _image;
    private float[]? _normal;
    private float[] _scales = [];
    private float[] _offsets = [];

    internal AlsProblem(float[] gram, FactorTable against, AlsOptions options)
    {
        (_gram, _against, _options) = (gram, against, options);
        _residual = new float[against.Stride];
        _direction = new float[against.Stride];
        _image = new float[against.Stride];
    }

    /// <param name="columns">Rows of the other side that this one had to do with, [n].</param>
    /// <param name="weights">[n].</param>
    /// <param name="x">Where conjugate gradients start, and the solution, [stride].</param>
    internal void Solve(ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, Span<float> x)
    {
        if (columns.IsEmpty)
        {
            x.Clear();
            return;
        }
        Reserve(columns.Length);
        for (var j = 0; j < columns.Length; j++) { _scales[j] = _options.Alpha * weights[j]; }
        if (_options.Solver == AlsSolver.Exact) { Exactly(columns, x); }
        else { ByConjugateGradients(columns, x); }
    }

    private void ByConjugateGradients(ReadOnlySpan<int> columns, Span<float> x)
    {
        var scales = _scales.AsSpan(0, columns.Length);
        var residual = _residual.AsSpan();
        var direction = _direction.AsSpan();
        var image = _image.AsSpan();
        // r = b − A x: the interactions' part is Σ (c − (c − 1) y·x) y, the shared one −G x
        var offsets = _offsets.AsSpan(0, columns.Length);
        for (var j = 0; j < offsets.Length; j++)
        {
            offsets[j] = 1 + scales[j];
            scales[j] = -scales[j];
        }
        RowKernel.Multiply(_gram, x, image);
        residual.Clear();
        RowKernel.Add(image, -1, residual);
        RowKernel.Accumulate(_against.Values, columns, scales, offsets, x, residual);
        for (var j = 0; j < offsets.Length; j++) { scales[j] = -scales[j]; }
        residual.CopyTo(direction);
        var squared = RowKernel.Dot(residual, residual);
        for (var step = 0; step < _options.Steps && squared > 1e-20f; step++)
        {
            RowKernel.Multiply(_gram, direction, image);
            RowKernel.Accumulate(_against.Values, columns, scales, [], direction, image);
            var length = squared / RowKernel.Dot(direction, image);
            RowKernel.Add(direction, length, x);
            RowKernel.Add(image, -length, residual);
            var next = RowKernel.Dot(residual, residual);
            var share = next / squared;
            for (var f = 0; f < direction.Length; f++) { direction[f] = residual[f] + (share * direction[f]); }
            squared = next;
        }
    }

    private void Exactly(ReadOnlySpan<int> columns, Span<float> x)
    {
        var stride = x.Length;
        _normal ??= new float[stride * stride];
        _gram.CopyTo(_normal, 0);
        x.Clear();
        for (var j = 0; j < columns.Length; j++)
        {
            var y = _against.Row(columns[j]);
            RowKernel.Add(y, 1 + _scales[j], x);
            for (var row = 0; row < stride; row++)
            {
                var from = row / FactorTable.Lanes * FactorTable.Lanes;
                RowKernel.Add(y[from..], _scales[j] * y[row], _normal.AsSpan((row * stride) + from, stride - from));
            }
        }
        Cholesky.Solve(_normal, x);
    }

    private void Reserve(int count)
    {
        if (_scales.Length >= count) { return; }
        _scales = new float[Math.Max(count, 2 * _scales.Length)];
        _offsets = new float[_scales.Length];
    }
}
