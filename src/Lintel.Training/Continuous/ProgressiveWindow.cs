using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Continuous;

/// <summary>A decision as it was predicted right before it was learned.</summary>
/// <param name="Decided">When it was decided, microseconds since 1970 UTC.</param>
/// <param name="At">Since when its label is known, likewise.</param>
internal readonly record struct PredictedRow(long Decided, long At, double Margin, double Probability, float Label, float Weight);

/// <summary>The last day of predicted decisions: what progressive validation looks at.</summary>
/// <remarks>A yes comes sooner than a no, which is known when the time allowed has passed. So a decision is judged from when that time
/// has passed, whatever its label: those of one instant stand together, and their rate is the true one. Of more than
/// <see cref="MostRows"/> the latest are kept.</remarks>
/// <param name="allowed">How long a yes may take where silence is a no, microseconds; 0: no label is told by silence.</param>
internal sealed class ProgressiveWindow(long allowed)
{
    /// <summary>8 MB; enough for a ratio of calibration to 1 % at a rate of one in ten.</summary>
    public const int MostRows = 200_000;

    /// <summary>Fewer positives say nothing of the calibration.</summary>
    public const int LeastPositives = 100;

    /// <summary>Of a normal distribution, two-sided.</summary>
    private const double Z95 = 1.959964;

    private static readonly MetricDesign[] Figured =
        [.. new[] { "normalised-entropy", "auc" }.Select(static kind => new MetricDesign(kind, default, kind, null, null, false))];

    private readonly Queue<PredictedRow> _rows = new();
    private long _now = long.MinValue;
    private long _from = long.MinValue;

    public static TimeSpan Hour { get; } = TimeSpan.FromHours(1);

    public static TimeSpan Day { get; } = TimeSpan.FromDays(1);

    public void Add(in PredictedRow row)
    {
        _rows.Enqueue(row);
        if (_rows.Count > MostRows) { _rows.Dequeue(); }
    }

    /// <summary>Time has passed.</summary>
    public void Advance(long now)
    {
        _now = Math.Max(_now, now);
        while (_rows.TryPeek(out var row) && Judged(row) < _now - Microseconds(Day)) { _rows.Dequeue(); }
    }

    /// <summary>What is judged begins anew: with the decisions from here on, or with the labels where none is told by silence.</summary>
    public void Clear()
    {
        _rows.Clear();
        _from = _now;
    }

    public ProgressiveFigures Figures(TimeSpan span, TimeZoneInfo zone)
    {
        var rows = Judged(span, zone);
        if (rows.Count == 0) { return new(0, 0, null, null, null, null); }
        var points = Evaluator.Points(rows, Figured);
        var (ratio, low, high) = Calibration(span);
        return new(
            rows.Count, rows.PositiveCount, points["normalised-entropy"], Number(ratio), double.IsNaN(ratio) ? null : [Number(low), Number(high)],
            points["auc"]);
    }

    /// <summary>The latest rows, for the metrics of gates.</summary>
    public Judged Judged(TimeSpan span, TimeZoneInfo zone)
    {
        PredictedRow[] rows = [.. Latest(span)];
        return new()
        {
            Margins = [.. rows.Select(static r => r.Margin)],
            Probabilities = [.. rows.Select(static r => r.Probability)],
            Labels = [.. rows.Select(static r => r.Label)],
            Days = [.. rows.Select(r => CalendarDay.Of(r.At, zone))],
            Weights = [.. rows.Select(static r => (double)r.Weight)],
        };
    }

    /// <summary>Whether the calibration lies in a band: of the last hour where it has positives enough, else of the last day.</summary>
    /// <returns>Broken: enough positives, and the whole interval outside. Holds: enough, and the ratio inside. Else undecided.</returns>
    public Verdict Judge(RollbackBand band)
    {
        var span = Positives(Hour) >= LeastPositives ? Hour : Day;
        if (Positives(span) < LeastPositives) { return Verdict.Undecided; }
        var (ratio, low, high) = Calibration(span);
        return high < band.Low || low > band.High ? Verdict.Broken : band.Holds(ratio) ? Verdict.Holds : Verdict.Undecided;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_now);
        writer.Write(_from);
        writer.Write(_rows.Count);
        foreach (var row in _rows)
        {
            writer.Write(row.Decided);
            writer.Write(row.At);
            writer.Write(row.Margin);
            writer.Write(row.Probability);
            writer.Write(row.Label);
            writer.Write(row.Weight);
        }
    }

    public void Read(BinaryReader reader)
    {
        (_now, _from) = (reader.ReadInt64(), reader.ReadInt64());
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _rows.Enqueue(new(
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadSingle(), reader.ReadSingle()));
        }
    }

    /// <summary>Σwp / Σwy, with the interval that a Poisson number of positives gives: Σwy ± 1.96 √Σw²y.</summary>
    private (double Ratio, double Low, double High) Calibration(TimeSpan span)
    {
        double promised = 0, seen = 0, squares = 0;
        foreach (var row in Latest(span))
        {
            promised += row.Weight * row.Probability;
            seen += row.Weight * row.Label;
            squares += row.Weight * row.Weight * row.Label;
        }
        if (seen == 0) { return (double.NaN, double.NaN, double.NaN); }
        var error = Z95 * Math.Sqrt(squares);
        return (promised / seen, promised / (seen + error), seen > error ? promised / (seen - error) : double.PositiveInfinity);
    }

    private int Positives(TimeSpan span) => Latest(span).Count(static r => r.Label > 0);

    private IEnumerable<PredictedRow> Latest(TimeSpan span) => _rows.Where(r =>
        Judged(r) is var judged && judged <= _now && judged > _now - Microseconds(span) && (allowed > 0 ? r.Decided : r.At) >= _from);

    /// <summary>From when on a decision is judged.</summary>
    private long Judged(in PredictedRow row) => allowed > 0 ? Math.Max(row.At, row.Decided + allowed) : row.At;

    private static double? Number(double value) => double.IsFinite(value) ? value : null;

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
