using Lintel.Numerics.Random;

namespace Lintel.Models.GradientBoosting;

/// <summary>Losses of a value that weigh residuals by their sign: the pinball loss of one quantile, the absolute loss, and Huber's.</summary>
/// <remarks>With residual r = y − s. Pinball at level q: q r above 0, (q − 1) r below; half the absolute loss is that of q = 1/2. Huber:
/// r²/2 up to δ, δ (|r| − δ/2) beyond it, δ the quantile of |r| that is given, taken anew for each tree. A leaf is the q-quantile of its
/// residuals; of Huber's their median m plus the mean of sign(r − m) min(δ, |r − m|). Second derivatives are taken as 1, so
/// <c>min child weight</c> is a leaf's least weight in rows. Source: Koenker and Bassett, Econometrica 46(1), 1978; Friedman, Annals of
/// Statistics 29(5), 2001, algorithms 3 and 4.</remarks>
internal sealed class QuantileLoss : ILeafLoss
{
    private const double Middle = 0.5;

    private readonly TrainingRows _rows;
    private readonly double _level, _rate, _share;
    private readonly double? _squaredShare;
    private readonly ulong _seed;
    private readonly bool[] _seen;
    private readonly int[] _order;
    private readonly float[] _residuals, _weights;
    private double _delta;
    private int[] _starts = [];

    /// <param name="level">0 to 1.</param> <param name="squaredShare">Of Huber's loss; null: it is none.</param>
    /// <param name="rate">Share of each tree's step that is taken.</param> <param name="share">Of the rows that each tree sees.</param>
    /// <param name="seed">Of the rows that are drawn.</param>
    internal QuantileLoss(TrainingRows rows, double level, double? squaredShare, double rate, double share, ulong seed)
    {
        (_rows, _level, _squaredShare, _rate, _share, _seed) = (rows, level, squaredShare, rate, share, seed);
        Gradients = new float[rows.Count];
        Hessians = new float[rows.Count];
        _seen = new bool[rows.Count];
        _order = new int[rows.Count];
        _residuals = new float[rows.Count];
        _weights = new float[rows.Weights is null ? 0 : rows.Count];
        Start = (float)WeightedQuantile.Of([.. rows.Labels], rows.Weights is { } weights ? [.. weights] : [], level);
        if (float.IsNaN(Start)) { Start = 0; }
    }

    public float Start { get; }

    public float[] Gradients { get; }

    public float[] Hessians { get; }

    public void Draw(int tree)
    {
        if (_share >= 1)
        {
            Array.Fill(_seen, true);
            return;
        }
        var random = new RandomStream(_seed, (ulong)tree);
        var any = false;
        for (var i = 0; i < _seen.Length; i++) { any |= _seen[i] = random.NextDouble() < _share; }
        if (!any) { Array.Fill(_seen, true); }
    }

    public void Derive(float[] margins, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _delta = _squaredShare is { } share ? Delta(margins, share) : 0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (!_seen[i])
            {
                Gradients[i] = Hessians[i] = 0;
                continue;
            }
            var weight = _rows.Weights?[i] ?? 1;
            var residual = (double)_rows.Labels[i] - margins[i];
            var slope = _squaredShare is not null ? Math.Clamp(residual, -_delta, _delta)
                : residual > 0 ? _level : residual < 0 ? _level - 1 : 0;
            Gradients[i] = (float)(-weight * slope);
            Hessians[i] = weight;
        }
    }

    public float[] Leaves(ReadOnlySpan<float> leaves, ReadOnlySpan<float> margins)
    {
        var nodes = 0;
        for (var i = 0; i < leaves.Length; i++) { nodes = Math.Max(nodes, (int)leaves[i] + 1); }
        Sort(leaves, nodes);
        var values = new float[nodes];
        for (var node = 0; node < nodes; node++)
        {
            var (from, to) = (_starts[node], _starts[node + 1]);
            if (from == to) { continue; }
            for (var at = from; at < to; at++)
            {
                var row = _order[at];
                _residuals[at] = _rows.Labels[row] - margins[row];
                if (_rows.Weights is { } weights) { _weights[at] = weights[row]; }
            }
            var residuals = _residuals.AsSpan(from, to - from);
            var counts = _weights.Length == 0 ? [] : _weights.AsSpan(from, to - from);
            var best = WeightedQuantile.Of(residuals, counts, _squaredShare is null ? _level : Middle);
            if (_squaredShare is not null) { best += MeanBeyond(residuals, counts, best); }
            values[node] = double.IsNaN(best) ? 0 : (float)(_rate * best);
        }
        return values;
    }

    /// <summary>Rows that were seen, leaf by leaf, each in the order of the rows.</summary>
    private void Sort(ReadOnlySpan<float> leaves, int nodes)
    {
        if (_starts.Length < nodes + 2) { _starts = new int[2 * (nodes + 2)]; }
        var starts = _starts.AsSpan(0, nodes + 2);
        starts.Clear();
        for (var i = 0; i < leaves.Length; i++)
        {
            if (_seen[i]) { starts[(int)leaves[i] + 2]++; }
        }
        for (var node = 2; node < starts.Length; node++) { starts[node] += starts[node - 1]; }
        for (var i = 0; i < leaves.Length; i++)
        {
            if (_seen[i]) { _order[starts[(int)leaves[i] + 1]++] = i; }
        }
    }

    private double MeanBeyond(ReadOnlySpan<float> residuals, ReadOnlySpan<float> weights, double median)
    {
        double sum = 0, all = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            var weight = weights.IsEmpty ? 1.0 : weights[i];
            sum += weight * Math.Clamp(residuals[i] - median, -_delta, _delta);
            all += weight;
        }
        return sum / all;
    }

    private double Delta(float[] margins, double share)
    {
        var count = 0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (!_seen[i]) { continue; }
            _residuals[count] = Math.Abs(_rows.Labels[i] - margins[i]);
            if (_rows.Weights is { } weights) { _weights[count] = weights[i]; }
            count++;
        }
        return WeightedQuantile.Of(_residuals.AsSpan(0, count), _weights.Length == 0 ? [] : _weights.AsSpan(0, count), share);
    }
}
