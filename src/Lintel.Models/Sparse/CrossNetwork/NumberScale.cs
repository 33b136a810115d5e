namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>One number column brought to mean 0 and deviation 1, of the value or of its signed logarithm, sgn(x)·ln(1 + |x|).</summary>
/// <remarks>Fitted on rows, it stands; begun without rows, it takes the logarithm and follows mean and deviation of what it learns
/// (Welford, Technometrics 4(3), 1962).</remarks>
internal struct NumberScale
{
    /// <summary>Scaled values are held within ±8: one absurd value must not shake the network.</summary>
    private const double Most = 8;

    private double _mean, _squares;
    private long _count;

    private NumberScale(bool log, bool stands) => (IsLog, Stands) = (log, stands);

    public bool IsLog { get; }

    public bool Stands { get; private set; }

    public static NumberScale Begun => new(log: true, stands: false);

    /// <summary>Whichever of value and logarithm has its extremes fewer deviations away.</summary>
    /// <param name="rows">Row-major, [n, columns]; missing is NaN.</param>
    public static NumberScale Fit(ReadOnlySpan<float> rows, int columns, int column)
    {
        var (plain, log) = (new NumberScale(false, false), new NumberScale(true, false));
        for (var i = column; i < rows.Length; i += columns)
        {
            plain.Learn(rows[i]);
            log.Learn(rows[i]);
        }
        double plainFar = 0, logFar = 0;
        for (var i = column; i < rows.Length; i += columns)
        {
            if (float.IsNaN(rows[i])) { continue; }
            plainFar = Math.Max(plainFar, Math.Abs(plain.Deviations(rows[i])));
            logFar = Math.Max(logFar, Math.Abs(log.Deviations(rows[i])));
        }
        var chosen = logFar < plainFar ? log : plain;
        chosen.Stands = true;
        return chosen;
    }

    /// <param name="x">A number, not NaN.</param>
    public readonly float Scaled(float x) => (float)Math.Clamp(Deviations(x), -Most, Most);

    public void Learn(float x)
    {
        if (Stands || !float.IsFinite(x)) { return; }
        var value = Value(x);
        _count++;
        var off = value - _mean;
        _mean += off / _count;
        _squares += off * (value - _mean);
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(IsLog);
        writer.Write(Stands);
        writer.Write(_mean);
        writer.Write(_squares);
        writer.Write(_count);
    }

    /// <exception cref="InvalidDataException">A number is outside its range.</exception>
    public static NumberScale Read(BinaryReader reader)
    {
        var scale = new NumberScale(reader.ReadBoolean(), reader.ReadBoolean())
        {
            _mean = Payload.ReadNumber(reader, "mean"),
            _squares = Payload.ReadNumber(reader, "sum of squares"),
            _count = reader.ReadInt64(),
        };
        return scale._squares >= 0 && scale._count >= 0 ? scale
            : throw new InvalidDataException($"a sum of squares of {scale._squares} over {scale._count:N0} values");
    }

    private readonly double Deviations(float x)
    {
        var deviation = _count > 1 ? Math.Sqrt(_squares / _count) : 0;
        return deviation > 1e-12 * Math.Abs(_mean) ? (Value(x) - _mean) / deviation : 0;
    }

    private readonly double Value(float x) => IsLog ? Math.CopySign(Math.Log(1 + Math.Abs((double)x)), x) : x;
}
