namespace Lintel.Training.Fitting;

/// <summary>The chance of not having been ended before some time, estimated from durations of which many were cut off by something
/// else.</summary>
/// <remarks>G(t) = Π over end times u of at most t of (1 − d/n), d ended at u, n still under way then. A case that got its label at u is
/// no longer under way for those that end at u: labels come first at ties. Source: Kaplan and Meier, JASA 53, 1958; as weights of what was
/// observed: Robins and Rotnitzky, 1992. Test: the worked example of remission times of Freireich and others, 1963.</remarks>
public sealed class KaplanMeier
{
    private readonly double[] _times, _chances;

    private KaplanMeier(double[] times, double[] chances) => (_times, _chances) = (times, chances);

    /// <param name="durations">How long each case was watched, any unit, at least 0.</param>
    /// <param name="ended">Whether it was ended then; the others were cut off: by their label, or because nobody watched any longer.</param>
    public static KaplanMeier Of(ReadOnlySpan<double> durations, ReadOnlySpan<bool> ended)
    {
        var (times, marks) = (durations.ToArray(), ended.ToArray());
        Array.Sort(times, marks);
        var (at, chances) = (new List<double>(), new List<double>());
        var chance = 1.0;
        for (int from = 0, to; from < times.Length; from = to)
        {
            var ends = 0;
            for (to = from; to < times.Length && times[to] == times[from]; to++) { ends += marks[to] ? 1 : 0; }
            if (ends == 0) { continue; }
            // those that were cut off at this very time are not under way any more
            chance *= 1 - ((double)ends / (times.Length - to + ends));
            at.Add(times[from]);
            chances.Add(chance);
        }
        return new([.. at], [.. chances]);
    }

    /// <summary>Chance of not having been ended before a time: G(t−).</summary>
    /// <returns>0 to 1.</returns>
    public double Before(double time)
    {
        var (low, high) = (0, _times.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_times[middle] < time) { low = middle + 1; }
            else { high = middle; }
        }
        return low == 0 ? 1 : _chances[low - 1];
    }
}
