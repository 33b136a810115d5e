using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Drift;

/// <summary>Counts the features and scores of live decisions in the bins of the test's, in steps of a rolling window. Everything in it
/// follows from the log. Not thread-safe.</summary>
/// <remarks>Decisions of another trained version are left out: their features may be other ones. Those of versions that were learned from
/// this one on the stream have its features, and count.</remarks>
internal sealed class DriftWatch
{
    private readonly CompiledDesign _compiled;
    private readonly Func<int, bool> _counts;
    private readonly Dictionary<int, bool> _counted = [];
    private readonly int[] _registers;
    private readonly RollingWindow<Step> _window;

    /// <param name="counts">Whether the decisions of a version count.</param>
    public DriftWatch(CompiledDesign compiled, JudgedDistributions judged, TimeSpan window, Func<int, bool> counts)
    {
        (_compiled, _counts, Judged, Window) = (compiled, counts, judged, window);
        Values = [.. judged.Features, .. judged.Scores];
        _registers = [
            .. judged.Features.Select(f => compiled.Plan.FeatureStart + compiled.Plan.FeatureNames.IndexOf(f.Name)),
            .. judged.Scores.Select(s => compiled.Plan.ScoreRegister(s.Name))];
        _window = new(window, () => new([.. Values.Select(static v => new long[v.Counts.Length])]));
    }

    public JudgedDistributions Judged { get; }

    public TimeSpan Window { get; }

    /// <summary>Features, then scores.</summary>
    public ValueDistribution[] Values { get; }

    /// <param name="Counts">[value][bin].</param>
    private sealed record Step(long[][] Counts)
    {
        public long Decisions { get; set; }
    }

    public void Take(DecisionRecord decision)
    {
        if (!_counted.TryGetValue(decision.Version, out var counts)) { _counted.Add(decision.Version, counts = _counts(decision.Version)); }
        var registers = decision.Registers;
        if (!counts || registers.Length != _compiled.Plan.RegisterCount) { return; }
        var step = _window.At(decision.Given);
        step.Decisions++;
        // a decision that failed has features, and no score
        var known = decision.Failed ? Judged.Features.Count : Values.Length;
        for (var v = 0; v < known; v++)
        {
            // models read features as floats, and so were the test's counted
            var value = v < Judged.Features.Count ? (float)registers[_registers[v]] : registers[_registers[v]];
            step.Counts[v][Values[v].Bin(value)]++;
        }
    }

    /// <summary>Decisions of the window that ends at an instant, and their counts, [value][bin].</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public (long Decisions, long[][] Counts) Until(long at)
    {
        long[][] counts = [.. Values.Select(static v => new long[v.Counts.Length])];
        long decisions = 0;
        foreach (var step in _window.Until(at))
        {
            decisions += step.Decisions;
            for (var v = 0; v < counts.Length; v++)
            {
                for (var b = 0; b < counts[v].Length; b++) { counts[v][b] += step.Counts[v][b]; }
            }
        }
        return (decisions, counts);
    }
}
