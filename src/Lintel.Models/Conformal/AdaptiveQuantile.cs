namespace Lintel.Models.Conformal;

/// <summary>By how much an estimated quantile must be moved so that its share of the outcomes lies below it: overall and by slice, learned
/// from outcomes as they become known. Deterministic; not thread-safe.</summary>
/// <remarks>The score of an outcome is its distance from the quantile, and the shift is the quantile of the last scores: conformalised
/// quantile regression with each end by itself (Romano, Patterson and Candès, NeurIPS 2019, section 3). A slice with fewer outcomes
/// than <see cref="ConformalParameters.AtLeast"/> is given the overall shift.</remarks>
public sealed class AdaptiveQuantile
{
    private readonly ConformalParameters _settings;
    private readonly ScoreWindow _overall;
    private readonly SortedDictionary<int, ScoreWindow> _slices = [];

    /// <param name="level">Share of the outcomes that lies below, above 0 and below 1.</param>
    public AdaptiveQuantile(double level, ConformalParameters settings)
    {
        (Level, _settings) = (level, settings);
        _overall = NewWindow();
    }

    public double Level { get; }

    /// <summary>Outcomes in the overall window.</summary>
    public int Count => _overall.Count;

    /// <summary>What is added to the quantile, in the label's unit.</summary>
    /// <param name="slice">Code of the slice; below 0: of none.</param>
    public double Shift(int slice)
    {
        var window = WindowOf(slice);
        return window.Quantile(window.Missed);
    }

    /// <summary>The shift of split conformal prediction: of the same outcomes, at the share that is asked for, whatever was hit or
    /// missed.</summary>
    /// <param name="slice">Code of the slice; below 0: of none.</param>
    public double SplitShift(int slice)
    {
        var window = WindowOf(slice);
        return window.Quantile(window.Asked);
    }

    /// <summary>Learns an outcome. One that is not finite teaches nothing.</summary>
    /// <param name="quantile">As it was estimated.</param> <param name="given">The shift that it was given.</param>
    public void Learn(int slice, double quantile, double given, double outcome)
    {
        var score = outcome - quantile;
        if (!double.IsFinite(score)) { return; }
        var isAbove = score > given;
        _overall.Learn(score, isAbove, _settings.Rate);
        if (slice < 0) { return; }
        if (!_slices.TryGetValue(slice, out var own))
        {
            // who floods the log with slices gets the overall shift
            if (_slices.Count >= ConformalParameters.MostSlices) { return; }
            _slices.Add(slice, own = NewWindow());
        }
        own.Learn(score, isAbove, _settings.Rate);
    }

    public void Write(BinaryWriter writer)
    {
        _overall.Write(writer);
        writer.Write(_slices.Count);
        foreach (var (slice, window) in _slices)
        {
            writer.Write(slice);
            window.Write(writer);
        }
    }

    /// <exception cref="InvalidDataException">Does not fit the settings.</exception>
    public void Read(BinaryReader reader)
    {
        _overall.Read(reader);
        _slices.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var slice = reader.ReadInt32();
            var window = NewWindow();
            window.Read(reader);
            _slices.Add(slice, window);
        }
    }

    private ScoreWindow WindowOf(int slice) =>
        slice >= 0 && _slices.TryGetValue(slice, out var own) && own.Count >= _settings.AtLeast ? own : _overall;

    private ScoreWindow NewWindow() => new(_settings.Window, 1 - Level);
}
