using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Lintel.Models.Linear;

/// <summary>Writes one row of the design matrix.</summary>
/// <param name="columns">[columns], overwritten.</param>
internal delegate void DesignRow(int row, Span<double> columns);

/// <summary>Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares).</summary>
/// <remarks>Minimises Σ wᵢ·log(1 + exp(−sᵢ·(b₀ + bᵀxᵢ))) + ½·penalty·bᵀb, with s = ±1 and the intercept b₀ free of penalty. The problem is
/// strictly convex, so the minimum is one point; a step is halved until the loss falls. Rows are added in order on one thread: the
/// same rows give the same bits. O(rows · columns²) a step, about ten steps. Source: Hastie, Tibshirani and Friedman, The Elements of
/// Statistical Learning, 2nd ed., section 4.4.1. Test: agrees with scikit-learn's <c>newton-cg</c> to 1e-8.</remarks>
internal static class LogisticRegression
{
    private const int MaxSteps = 100;
    private const double MinStep = 1e-3;

    /// <param name="weight">Weight of each row.</param> <param name="penalty">Above 0.</param>
    /// <returns>[columns + 1]; the intercept comes first.</returns>
    public static double[] Fit(
        int columns, ReadOnlySpan<float> labels, DesignRow design, Func<int, double> weight, double penalty, FitContext context)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        var curve = new Curve(columns + 1);
        var b = new double[columns + 1];
        b[0] = BaseLogOdds(labels, weight);
        curve.Measure(b, labels, design, weight, penalty);
        for (var step = 0; step < MaxSteps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (loss, direction) = (curve.Loss, curve.Direction());
            // half of the squared Newton decrement is what the loss can still fall by
            if (0.5 * curve.Slope(direction) <= 1e-14 * (1 + loss)) { b = Moved(b, direction, 1); break; }
            var size = 1.0;
            double[] tried;
            do
            {
                tried = Moved(b, direction, size);
                curve.Measure(tried, labels, design, weight, penalty);
                size /= 2;
            }
            while (!(curve.Loss <= loss) && size > MinStep);
            b = tried;
            context.Progress?.Report(Math.Min(0.99, (step + 1.0) / 10));
        }
        context.Progress?.Report(1);
        return b;
    }

    private static double[] Moved(double[] b, double[] direction, double size)
    {
        var moved = new double[b.Length];
        for (var i = 0; i < b.Length; i++) { moved[i] = b[i] - (size * direction[i]); }
        return moved;
    }

    private static double BaseLogOdds(ReadOnlySpan<float> labels, Func<int, double> weight)
    {
        double positive = 0, negative = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1) { positive += weight(i); }
            else { negative += weight(i); }
        }
        return Math.Log(positive / negative);
    }

    /// <summary>Loss, gradient and Hessian at one point.</summary>
    private sealed class Curve(int size)
    {
        private readonly double[] _gradient = new double[size];
        private readonly double[] _hessian = new double[size * size];
        private readonly double[] _row = new double[size];

        public double Loss { get; private set; }

        public void Measure(
            ReadOnlySpan<double> b, ReadOnlySpan<float> labels, DesignRow design, Func<int, double> weight, double penalty)
        {
            Loss = 0;
            Array.Clear(_gradient);
            Array.Clear(_hessian);
            _row[0] = 1;
            for (var i = 0; i < labels.Length; i++)
            {
                var w = weight(i);
                if (w == 0) { continue; }
                design(i, _row.AsSpan(1));
                var z = TensorPrimitives.Dot(_row, b);
                var p = 1 / (1 + Math.Exp(-z));
                // log(1 + e^z) − y·z, without overflow
                Loss += w * (Math.Max(z, 0) - (labels[i] * z) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
                TensorPrimitives.MultiplyAdd(_row, w * (p - labels[i]), _gradient, _gradient);
                var h = w * p * (1 - p);
                for (var j = 0; j < size; j++)
                {
                    var part = _hessian.AsSpan((j * size) + j, size - j);      // upper triangle, row j
                    TensorPrimitives.MultiplyAdd(_row.AsSpan(j), h * _row[j], part, part);
                }
            }
            for (var j = 1; j < size; j++)
            {
                Loss += 0.5 * penalty * b[j] * b[j];
                _gradient[j] += penalty * b[j];
                _hessian[(j * size) + j] += penalty;
            }
        }

        /// <summary>How fast the loss falls along a direction.</summary>
        public double Slope(double[] direction) => TensorPrimitives.Dot<double>(_gradient, direction);

        /// <summary>Newton's direction, Hessian⁻¹ · gradient.</summary>
        public double[] Direction()
        {
            // a hair on the diagonal keeps the factor definite when every probability has reached 0 or 1
            var hessian = Matrix<double>.Build.Dense(size, size, (i, j) =>
                _hessian[(Math.Min(i, j) * size) + Math.Max(i, j)] + (i == j ? 1e-12 : 0));
            return hessian.Cholesky().Solve(Vector<double>.Build.Dense(_gradient)).ToArray();
        }
    }
}
