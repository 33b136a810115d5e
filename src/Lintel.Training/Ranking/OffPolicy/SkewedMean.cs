using Lintel.Training.Evaluation;

namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>A 95 % interval of a mean over clusters that allows for skewness.</summary>
/// <remarks>Inverse propensities make few large terms: the usual interval then misses the truth above it too often. The
/// studentised mean is mapped by Hall's cubic transformation, which takes its skewness out and can be inverted in
/// closed form; the quantile is Student's, with a degree of freedom less than there are clusters. Source: Hall, On the
/// removal of skewness by transformation, JRSS B 54(1), 1992; Student's quantile by its expansion, Abramowitz and
/// Stegun 26.7.5. Without skewness it is the usual interval.</remarks>
internal static class SkewedMean
{
    private const double Z = 1.959963984540054;

    /// <param name="value">The mean over decisions.</param>
    /// <param name="deviations">By cluster, the sum over its decisions of their term less the mean.</param>
    public static Interval Interval95(double value, ReadOnlySpan<double> deviations, int decisions)
    {
        double clusters = deviations.Length, squares = 0, cubes = 0;
        foreach (var d in deviations)
        {
            squares += d * d;
            cubes += d * d * d;
        }
        if (squares == 0 || clusters < 2) { return new(value, value); }
        var error = Math.Sqrt(squares * clusters / (clusters - 1)) / decisions;
        var skewness = cubes / clusters / Math.Pow(squares / clusters, 1.5) / Math.Sqrt(clusters);
        var t = Student(clusters - 1);
        return new(value - (error * Untransform(t, skewness)), value - (error * Untransform(-t, skewness)));
    }

    /// <summary>x of y = x + s x² / 3 + s² x³ / 27 + s / 6.</summary>
    /// <param name="s">Skewness of the mean: that of a term over the root of their number.</param>
    internal static double Untransform(double y, double s) => Math.Abs(s) < 1e-9 ? y : 3 / s * (Math.Cbrt(1 + (s * (y - (s / 6)))) - 1);

    /// <summary>97.5 % quantile of Student's distribution; error below 0.001 from 5 degrees of freedom.</summary>
    internal static double Student(double freedom)
    {
        const double z3 = Z * Z * Z, z5 = z3 * Z * Z, z7 = z5 * Z * Z, z9 = z7 * Z * Z;
        var n = freedom;
        return Z + ((z3 + Z) / (4 * n)) + (((5 * z5) + (16 * z3) + (3 * Z)) / (96 * n * n))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384 * n * n * n))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * Z)) / (92_160 * n * n * n * n));
    }
}
