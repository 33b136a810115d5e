using Lintel.Retrieval.Factorisation;

namespace Lintel.Retrieval.Towers;

/// <summary>The two towers' arithmetic of one vector: shared by fitting and serving.</summary>
internal static class TowerLayers
{
    /// <summary>Keeps the norm of a vector of zeros from dividing by 0.</summary>
    private const float Tiny = 1e-12f;

    /// <summary>Softmax over the first places of the gate.</summary>
    /// <param name="shares">[places].</param>
    public static void Gate(ReadOnlySpan<float> gate, Span<float> shares)
    {
        var (most, sum) = (float.NegativeInfinity, 0f);
        for (var p = 0; p < shares.Length; p++) { most = Math.Max(most, gate[p]); }
        for (var p = 0; p < shares.Length; p++) { sum += shares[p] = MathF.Exp(gate[p] - most); }
        for (var p = 0; p < shares.Length; p++) { shares[p] /= sum; }
    }

    /// <summary>The user's side behind the mean of the history: x + W₂ᵀ relu(W₁ᵀ x + b).</summary>
    /// <param name="x">[rows, stride].</param> <param name="hidden">[rows, hidden], overwritten.</param>
    /// <param name="user">[rows, stride], overwritten.</param>
    public static void User(TowerWeights weights, ReadOnlySpan<float> x, int rows, Span<float> hidden, Span<float> user)
    {
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(x, weights.Stride), rows, weights.Stride, weights.Inner, hidden, weights.Hidden);
        for (var row = 0; row < rows; row++)
        {
            var h = hidden.Slice(row * weights.Hidden, weights.Hidden);
            for (var i = 0; i < h.Length; i++) { h[i] = Math.Max(0, h[i] + weights.Bias[i]); }
        }
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(hidden, weights.Hidden), rows, weights.Hidden, weights.Outer, user, weights.Stride);
        RowKernel.Add(x, 1, user);
    }

    /// <summary>Divides a vector by its norm.</summary>
    /// <returns>The norm.</returns>
    public static float Normalise(Span<float> vector)
    {
        var norm = MathF.Sqrt(RowKernel.Dot(vector, vector) + Tiny);
        for (var f = 0; f < vector.Length; f++) { vector[f] /= norm; }
        return norm;
    }

    /// <summary>Turns the gradient by a normalised vector into that by the vector: (g − v (v · g)) / norm.</summary>
    public static void BackFromNorm(ReadOnlySpan<float> normalised, float norm, Span<float> gradient)
    {
        RowKernel.Add(normalised, -RowKernel.Dot(normalised, gradient), gradient);
        for (var f = 0; f < gradient.Length; f++) { gradient[f] /= norm; }
    }
}
