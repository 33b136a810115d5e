namespace Lintel.Cli.Rendering;

/// <summary>How a position among the training rows is written: as many digits as tell it from 100 %.</summary>
internal static class Unusual
{
    public static string Show(double position) => position switch
    {
        >= 1 => "all",
        > 0.999 => $"{100 * position:0.00##} %",
        _ => $"{100 * position:0.0} %",
    };
}
