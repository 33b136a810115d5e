namespace Lintel.Monitoring.Quality;

/// <summary>Counts of values of at least 0 in bins whose ends are 2 % apart, so that a quantile is right within 1 % of itself. Those of
/// stretches add up; memory is 4 bytes for each bin between the least and the largest value.</summary>
/// <remarks>Source: Masson, Rim, Lee, DDSketch, VLDB 2019.</remarks>
internal sealed class LogHistogram
{
    private const double Least = 1e-6;
    private const double Most = 1e12;
    private static readonly double Step = Math.Log(1.02);

    private int[] _bins = [];
    private int _first;
    private int _zeros;

    public long Count { get; private set; }

    /// <param name="value">At least 0; NaN: none.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value)) { return; }
        Count++;
        if (value < Least) { _zeros++; }
        else { Bin((int)Math.Floor(Math.Log(Math.Min(value, Most)) / Step))++; }
    }

    public void Add(LogHistogram other)
    {
        Count += other.Count;
        _zeros += other._zeros;
        for (var b = 0; b < other._bins.Length; b++)
        {
            if (other._bins[b] > 0) { Bin(other._first + b) += other._bins[b]; }
        }
    }

    /// <param name="share">0 to 1, clipped.</param>
    /// <returns>The middle of the bin that holds the value of that rank; NaN: there is none.</returns>
    public double Quantile(double share)
    {
        if (Count == 0) { return double.NaN; }
        var rank = Math.Max(1, Math.Ceiling(Math.Clamp(share, 0, 1) * Count));
        var sum = (double)_zeros;
        if (sum >= rank) { return 0; }
        for (var b = 0; b < _bins.Length; b++)
        {
            sum += _bins[b];
            if (sum >= rank) { return Math.Exp((_first + b + 0.5) * Step); }
        }
        return Math.Exp((_first + _bins.Length - 0.5) * Step);
    }

    private ref int Bin(int index)
    {
        if (_bins.Length == 0) { (_first, _bins) = (index, new int[1]); }
        if (index < _first)
        {
            var bins = new int[_bins.Length + _first - index];
            _bins.CopyTo(bins, _first - index);
            (_first, _bins) = (index, bins);
        }
        if (index - _first >= _bins.Length) { Array.Resize(ref _bins, index - _first + 1); }
        return ref _bins[index - _first];
    }
}
