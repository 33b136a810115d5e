using System.Globalization;

namespace Lintel.Training.Report.Charts;

/// <summary>Maps values to pixels, linearly or by logarithm, and says where ticks stand.</summary>
/// <param name="From">Value at <paramref name="PixelFrom"/>; above zero when logarithmic.</param>
internal sealed record Axis(double From, double To, double PixelFrom, double PixelTo, bool Logarithmic = false)
{
    /// <summary>Pixel of a value, held inside the axis.</summary>
    public double At(double value)
    {
        var share = Logarithmic
            ? Math.Log(Math.Max(value, From) / From) / Math.Log(To / From)
            : (value - From) / (To - From);
        return PixelFrom + (Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (PixelTo - PixelFrom));
    }

    /// <summary>Round values from one end to the other: powers of ten, or about five steps of 1, 2 or 5.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        if (Logarithmic)
        {
            for (var power = Math.Ceiling(Math.Log10(From) - 1e-9); power <= Math.Log10(To) + 1e-9; power++)
            {
                var value = Math.Pow(10, power);
                yield return (value, value.ToString(power < -3 ? "0e+0" : "0.####", CultureInfo.InvariantCulture));
            }
            yield break;
        }
        var step = RoundStep((To - From) / 5);
        for (var k = Math.Ceiling((From / step) - 1e-9); k * step <= To + (1e-9 * step); k++)
        {
            var value = (k * step) + 0.0;                     // −0 is written as 0
            yield return (value, value.ToString("0.######", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The value of 1, 2 or 5 times a power of ten that is nearest to a step.</summary>
    public static double RoundStep(double rough)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return size * ((rough / size) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
    }
}
