using Lintel.Numerics.Random;

namespace Lintel.Models.Texts;

/// <summary>Logistic regression with an L2 penalty over sparse rows, by coordinate descent in the dual.</summary>
/// <remarks>Minimises ½ Σ uⱼ² + ½ b² + Σ Uᵢ·ln(1 + exp(−sᵢ·zᵢ)), s = ±1, zᵢ = b + kᵢ·Σⱼ sizeⱼ·uⱼ over the row's n-grams, kᵢ their
/// <see cref="GramRows.Scale"/>. The problem is strictly convex: the minimum is one point, whatever the order. The dual has one number αᵢ in (0, Uᵢ) a row; each is
/// solved for alone, in t = ln(α / (U − α)), where q·(Uσ(t) − α) + s·z + t rises with a slope of 1 or more. What is kept is wⱼ = sizeⱼ·uⱼ, which is what a
/// score reads. Rows are taken in an order that the seed shuffles; one thread. O(n-grams) a pass. Source: Yu, Huang and Lin, Machine Learning 85, 2011.</remarks>
internal sealed class DualCoordinates
{
    /// <summary>A fit ends when no α moved by more of its range: α / U is an error of probability.</summary>
    private const double LeastMove = 1e-4;

    private readonly GramRows _rows;
    private readonly Place[] _places;

    private DualCoordinates(GramRows rows, float[] squares)
    {
        _rows = rows;
        _places = new Place[squares.Length];
        for (var j = 0; j < squares.Length; j++) { _places[j].Square = squares[j]; }
    }

    public double Intercept { get; private set; }

    /// <summary>Passes that it took.</summary>
    public int PassCount { get; private set; }

    public float[] Weights() => Array.ConvertAll(_places, static p => p.Weight);

    /// <param name="squares">Squared sizes of the n-grams.</param> <param name="bounds">U, [rows]: the row's weight over the penalty; 0: it is not learned.</param>
    public static DualCoordinates Fit(GramRows rows, float[] squares, ReadOnlySpan<float> labels, double[] bounds, int passes, FitContext context)
    {
        var fit = new DualCoordinates(rows, squares);
        var curvatures = new double[rows.Count];
        for (var i = 0; i < curvatures.Length; i++) { curvatures[i] = fit.Curvature(i); }
        var alphas = new double[rows.Count];
        int[] order = [.. Enumerable.Range(0, rows.Count).Where(i => bounds[i] > 0)];
        var random = new RandomStream(context.Seed);
        for (var moved = 1.0; moved > LeastMove && fit.PassCount < passes; fit.PassCount++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            random.Shuffle<int>(order);
            moved = 0;
            foreach (var i in order)
            {
                var sign = labels[i] == 1 ? 1 : -1;
                var alpha = Solve(curvatures[i], sign * fit.Margin(i), alphas[i], bounds[i]);
                var change = alpha - alphas[i];
                moved = Math.Max(moved, Math.Abs(change) / bounds[i]);
                fit.Move(i, sign * change);
                alphas[i] = alpha;
            }
            context.Progress?.Report(Math.Min(0.99, (fit.PassCount + 1) / 20.0));
        }
        context.Progress?.Report(1);
        return fit;
    }

    private double Margin(int row)
    {
        var margin = Intercept;
        for (var c = 0; c < _rows.Columns; c++)
        {
            var ids = _rows.Of(row, c);
            var sum = 0.0;
            foreach (var id in ids) { sum += _places[id].Weight; }
            margin += GramRows.Scale(ids.Length) * sum;
        }
        return margin;
    }

    private void Move(int row, double change)
    {
        Intercept += change;
        for (var c = 0; c < _rows.Columns; c++)
        {
            var ids = _rows.Of(row, c);
            var step = (float)(change * GramRows.Scale(ids.Length));
            foreach (var id in ids)
            {
                ref var place = ref _places[id];
                place.Weight += step * place.Square;
            }
        }
    }

    // how fast a row's margin follows its α
    private double Curvature(int row)
    {
        var q = 1.0;
        for (var c = 0; c < _rows.Columns; c++)
        {
            var ids = _rows.Of(row, c);
            var sum = 0.0;
            foreach (var id in ids) { sum += _places[id].Square; }
            if (ids.Length > 0) { q += sum / ids.Length; }
        }
        return q;
    }

    /// <summary>The α at which q·(α − before) + margin + ln(α / (U − α)) is 0: Newton's method between bounds that close in.</summary>
    internal static double Solve(double q, double margin, double before, double bound)
    {
        var (low, high) = (-margin - (q * (bound - before)), -margin + (q * before));
        var t = Math.Clamp(before > 0 && before < bound ? Math.Log(before / (bound - before)) : 0, low, high);
        for (var step = 0; step < 100; step++)
        {
            var p = 1 / (1 + Math.Exp(-t));
            var off = (q * ((bound * p) - before)) + margin + t;
            if (Math.Abs(off) < 1e-9) { break; }
            if (off > 0) { high = t; }
            else { low = t; }
            t -= off / (1 + (q * bound * p * (1 - p)));
            if (!(t > low && t < high)) { t = (low + high) / 2; }
        }
        return bound / (1 + Math.Exp(-t));
    }

    /// <summary>An n-gram: both numbers come with one cache line.</summary>
    private struct Place
    {
        public float Weight, Square;
    }
}
