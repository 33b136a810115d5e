namespace Lintel.Worlds.Movies;

/// <summary>Everything that happened, in columns: visits in the order of time, and of each its page from the
/// top.</summary>
internal sealed class MovieLedger(int places, int pool)
{
    public int Places { get; } = places;

    /// <summary>Films that the logging policy put first, in its own order.</summary>
    public int Pool { get; } = pool;

    public int Visits => Viewer.Count;

    /// <summary>By visit.</summary>
    public List<int> Viewer { get; } = [];

    /// <summary>Seconds since the first midnight.</summary>
    public List<int> Second { get; } = [];

    public List<byte> Device { get; } = [];

    /// <summary>Where the visit came from: mostly the user's own region.</summary>
    public List<byte> Region { get; } = [];

    /// <summary>[visit · Pool + place].</summary>
    public List<short> Greedy { get; } = [];

    /// <summary>[visit · Places + place − 1]: what was shown.</summary>
    public List<short> Film { get; } = [];

    public List<double> Propensity { get; } = [];

    /// <summary>Share watched, 0 to 1; NaN: not played.</summary>
    public List<double> Share { get; } = [];

    public List<bool> Liked { get; } = [];

    /// <summary>Seconds from the visit to the beginning of the play.</summary>
    public List<int> Begins { get; } = [];

    /// <summary>And to its end.</summary>
    public List<int> Ends { get; } = [];

    /// <summary>Visits of each viewer, in order; null before the first.</summary>
    public Dictionary<int, List<int>> VisitsOf { get; } = [];

    public int Day(int visit) => Second[visit] / 86_400;
}
