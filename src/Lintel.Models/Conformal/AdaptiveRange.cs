namespace Lintel.Models.Conformal;

/// <summary>By how much a range between two quantiles must be widened, or may be narrowed, so that it holds as often as it says: overall
/// and by slice, learned from outcomes as they become known. Deterministic; not thread-safe.</summary>
/// <remarks>The conformity score of an outcome y is max(low − y, y − high), below 0 inside (Romano, Patterson and Candès, Conformalized
/// Quantile Regression, NeurIPS 2019). A slice with fewer outcomes than <see cref="RangeSettings.AtLeast"/> is given the overall
/// shift.</remarks>
public sealed class AdaptiveRange
{
    private readonly RangeSettings _settings;
    private readonly ScoreWindow _overall;
    private readonly SortedDictionary<int, ScoreWindow> _slices = [];

    /// <param name="cover">Share of outcomes that the range must hold, above 0 and below 1.</param>
    public AdaptiveRange(double cover, RangeSettings settings)
    {
        (Cover, _settings) = (cover, settings);
        _overall = NewWindow();
    }

    public double Cover { get; }

    /// <summary>Outcomes in the overall window.</summary>
    public int Count => _overall.Count;

    /// <summary>What is taken off the low end and put on the high one, in the label's unit; below 0: the range is narrowed.</summary>
    /// <param name="slice">Code of the slice; below 0: of none.</param>
    public double Shift(int slice) =>
        slice >= 0 && _slices.TryGetValue(slice, out var own) && own.Count >= _settings.AtLeast ? own.Quantile() : _overall.Quantile();

    /// <summary>Learns an outcome. One that is not finite teaches nothing.</summary>
    /// <param name="low">End of the range before any shift.</param> <param name="given">The shift that the outcome's range was given.</param>
    public void Learn(int slice, double low, double high, double given, double outcome)
    {
        var score = Math.Max(low - outcome, outcome - high);
        if (!double.IsFinite(score)) { return; }
        var wasMissed = score > given;
        _overall.Learn(score, wasMissed, _settings.Rate);
        if (slice < 0) { return; }
        if (!_slices.TryGetValue(slice, out var own))
        {
            // who floods the log with slices gets the overall range
            if (_slices.Count >= RangeSettings.MostSlices) { return; }
            _slices.Add(slice, own = NewWindow());
        }
        own.Learn(score, wasMissed, _settings.Rate);
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

    private ScoreWindow NewWindow() => new(_settings.Window, 1 - Cover);
}

/// <summary>How ranges follow their outcomes.</summary>
public sealed record RangeSettings
{
    /// <summary>Slices that have windows of their own.</summary>
    public const int MostSlices = 1_000;

    /// <summary>2,000: the quantile of a 90 % range is then known to within 0.7 points; older outcomes say less of today.</summary>
    public int Window { get; init; } = 2_000;

    /// <summary>200: fewer leave a 90 % range uncertain by more than 2 points.</summary>
    public int AtLeast { get; init; } = 200;

    /// <summary>How far one miss moves the share of misses that is aimed for.</summary>
    public double Rate { get; init; } = 0.005;
}
