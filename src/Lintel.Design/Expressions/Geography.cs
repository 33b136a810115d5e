using static System.Double;

namespace Lintel.Design.Expressions;

/// <summary>Places on the earth as latitude (degrees north, −90 to 90) and longitude (degrees east, −180 to 180). What lies outside is
/// missing.</summary>
internal static class Geography
{
    /// <summary>Mean radius of the earth, km (IUGG).</summary>
    private const double Radius = 6_371.0088;

    /// <summary>A register holds whole numbers up to 2^53, and a cell needs two numbers of so many bits.</summary>
    private const int FinestCell = 26;

    private const double Degree = Math.PI / 180;

    /// <summary>Length of the great circle between two places, km.</summary>
    /// <remarks>Haversine formula, stable for near places: Sinnott, Virtues of the Haversine, Sky and Telescope 68(2), 1984.</remarks>
    public static double Distance(ReadOnlySpan<double> a)
    {
        if (!AreThere(a)) { return NaN; }
        var (north, east) = (Math.Sin((a[2] - a[0]) * Degree / 2), Math.Sin((a[3] - a[1]) * Degree / 2));
        var h = (north * north) + (Math.Cos(a[0] * Degree) * Math.Cos(a[2] * Degree) * east * east);
        return 2 * Radius * Math.Asin(Math.Sqrt(Math.Min(1, h)));
    }

    /// <summary>Direction in which the great circle to the second place leaves the first one: degrees clockwise from north, 0 to below 360;
    /// missing where both are the same place.</summary>
    public static double Bearing(ReadOnlySpan<double> a)
    {
        if (!AreThere(a) || (a[0] == a[2] && a[1] == a[3])) { return NaN; }
        var (from, to, east) = (a[0] * Degree, a[2] * Degree, (a[3] - a[1]) * Degree);
        var y = Math.Sin(east) * Math.Cos(to);
        var x = (Math.Cos(from) * Math.Sin(to)) - (Math.Sin(from) * Math.Cos(to) * Math.Cos(east));
        var degrees = Math.Atan2(y, x) / Degree;
        // a hair below 0 is 360 when rounded, which is 0
        return degrees < 0 ? degrees + 360 is var turned && turned < 360 ? turned : 0 : degrees;
    }

    /// <summary>Number of the cell that a place lies in, when latitude and longitude are cut into 2^level parts each.</summary>
    public static double Cell(ReadOnlySpan<double> a)
    {
        if (!IsThere(a[0], a[1]) || !(a[2] is >= 0 and <= FinestCell) || Math.Floor(a[2]) != a[2]) { return NaN; }
        var parts = 1L << (int)a[2];
        // the north pole belongs to the last row; the date line, written as 180, to the first column
        var row = Math.Min(parts - 1, (long)((a[0] + 90) / 180 * parts));
        var column = (long)((a[1] + 180) / 360 * parts) % parts;
        return (row * parts) + column;
    }

    private static bool AreThere(ReadOnlySpan<double> a) => IsThere(a[0], a[1]) && IsThere(a[2], a[3]);

    private static bool IsThere(double latitude, double longitude) => latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
}
