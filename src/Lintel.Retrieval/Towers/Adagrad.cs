using System.Numerics.Tensors;
using Lintel.Retrieval.Factorisation;

namespace Lintel.Retrieval.Towers;

/// <summary>Adagrad over tables whose rows a batch touches sparsely: w ← w − η g / √(Σ g²), element by element.</summary>
/// <remarks>Source: Duchi, Hazan and Singer, JMLR 12, 2011.</remarks>
internal sealed class Adagrad(TowerWeights weights, ItemContent content, float rate)
{
    private readonly TowerWeights _squares =
        TowerWeights.Empty(weights.Items.Count, weights.Tokens.Count, weights.Items.Factors, weights.Gate.Length);

    private readonly FactorTable _tokens = new(weights.Tokens.Count, weights.Tokens.Factors);
    private readonly bool[] _isTouched = new bool[weights.Tokens.Count];
    private readonly List<int> _touched = [];
    private float[] _step = [];

    public void Step(TowerBatch batch, TowerPass pass)
    {
        for (var slot = 0; slot < batch.SlotCount; slot++)
        {
            var item = batch.Item(slot);
            Step(weights.Items.Row(item), _squares.Items.Row(item), pass.OwnGradients.AsSpan(slot * weights.Stride, weights.Stride));
            var tokens = content.Of(item);
            foreach (var token in tokens)
            {
                if (!_isTouched[token])
                {
                    _isTouched[token] = true;
                    _touched.Add(token);
                    _tokens.Row(token).Clear();
                }
                RowKernel.Add(pass.SlotGradients.AsSpan(slot * weights.Stride, weights.Stride), 1f / tokens.Length, _tokens.Row(token));
            }
        }
        foreach (var token in _touched)
        {
            Step(weights.Tokens.Row(token), _squares.Tokens.Row(token), _tokens.Row(token));
            _isTouched[token] = false;
        }
        _touched.Clear();
        Step(weights.Gate, _squares.Gate, pass.Dense.Gate);
        Step(weights.Inner, _squares.Inner, pass.Dense.Inner);
        Step(weights.Bias, _squares.Bias, pass.Dense.Bias);
        Step(weights.Outer, _squares.Outer, pass.Dense.Outer);
    }

    private void Step(Span<float> values, Span<float> squares, ReadOnlySpan<float> gradient)
    {
        if (_step.Length < values.Length) { _step = new float[values.Length]; }
        var step = _step.AsSpan(0, values.Length);
        TensorPrimitives.FusedMultiplyAdd(gradient, gradient, squares, squares);
        TensorPrimitives.Sqrt<float>(squares, step);
        TensorPrimitives.Add(step, 1e-10f, step);
        TensorPrimitives.Divide(gradient, step, step);
        TensorPrimitives.Multiply(step, rate, step);
        TensorPrimitives.Subtract<float>(values, step, values);
    }
}
