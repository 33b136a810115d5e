namespace Lintel.Models.Sparse.Ftrl;

/// <summary>What of the settings a learner needs to go on, written with it.</summary>
/// <param name="AtLeast">Rows after which an id gets a weight of its own.</param>
internal sealed record FtrlRates(double Alpha, double Beta, double L1, double L2, int AtLeast, double ClassWeight)
{
    public static FtrlRates Of(FtrlParameters settings) =>
        new(settings.Alpha, settings.Beta, settings.L1, settings.L2, settings.AtLeast, settings.ClassWeight);

    public void Write(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<double>)[Alpha, Beta, L1, L2, ClassWeight]) { writer.Write(number); }
        writer.Write(AtLeast);
    }

    /// <exception cref="InvalidDataException">A number is outside its range.</exception>
    public static FtrlRates Read(BinaryReader reader)
    {
        var alpha = Positive("alpha");
        var beta = Positive("beta");
        var (l1, l2) = (Payload.ReadNumber(reader, "l1"), Payload.ReadNumber(reader, "l2"));
        if (l1 < 0 || l2 < 0) { throw new InvalidDataException($"penalties of {l1} and {l2}, expected 0 or more"); }
        var classWeight = Positive("class weight");
        return new(alpha, beta, l1, l2, Payload.ReadCount(reader, "rows at least", 1, 1 << 24), classWeight);

        double Positive(string what)
        {
            var number = Payload.ReadNumber(reader, what);
            return number is > 1e-9 and < 1e9 ? number : throw new InvalidDataException($"{what} is {number}, expected a number above 0");
        }
    }
}
