namespace Lintel.Worlds.Ads;

/// <summary>The click model's tables: log odds, drawn once for a world. <c>truth/parameters.json</c> holds them.</summary>
/// <param name="Slot">By slot.</param> <param name="Device">By device.</param>
/// <param name="AgeSlope">By category: for each 20 years above 40.</param>
/// <param name="RegionCategory">[region][category].</param> <param name="SiteCategory">[site][category].</param>
/// <param name="SlotFormat">[slot][format].</param> <param name="DeviceFormat">[device][format].</param>
/// <param name="Turned">By category: what the drift adds.</param>
public sealed record ClickParameters(
    double[] Slot, double[] Device, double[] AgeSlope, double[][] RegionCategory, double[][] SiteCategory, double[][] SlotFormat,
    double[][] DeviceFormat, double[] Turned)
{
    internal static ClickParameters Draw(AdsOptions options)
    {
        var random = AdStreams.Open(options, AdStreams.Parameters);
        double[] Row(int count, double deviation) => Centred(AdStreams.Normals(random, count, deviation), count)[0];
        double[][] Table(int rows, int columns, double deviation) => Centred(AdStreams.Normals(random, rows * columns, deviation), columns);
        var (categories, formats) = (Ad.Categories.Count, Ad.Formats.Count);
        return new(
            Row(Slots.Count, 0.25), Row(Visitor.Devices.Count, 0.15), Row(categories, 0.3), Table(Visitor.Regions.Count, categories, 0.2),
            Table(Slots.Sites.Count, categories, 0.3), Table(Slots.Count, formats, 0.25), Table(Visitor.Devices.Count, formats, 0.25),
            DrawTurned(options));
    }

    /// <summary>Cut into rows, less the mean of all: so that worlds of several seeds are clicked about as often.</summary>
    private static double[][] Centred(double[] values, int columns)
    {
        var mean = values.Average();
        return [.. values.Select(v => v - mean).Chunk(columns)];
    }

    /// <summary>+0.8 to two categories, −0.8 to two others.</summary>
    private static double[] DrawTurned(AdsOptions options)
    {
        int[] order = [.. Enumerable.Range(0, Ad.Categories.Count)];
        AdStreams.Open(options, AdStreams.Drift).Shuffle<int>(order);
        var turned = new double[order.Length];
        (turned[order[0]], turned[order[1]], turned[order[2]], turned[order[3]]) = (0.8, 0.8, -0.8, -0.8);
        return turned;
    }
}
