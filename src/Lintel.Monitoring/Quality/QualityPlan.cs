using Lintel.Design;
using Lintel.Pipeline;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics.Values;

namespace Lintel.Monitoring.Quality;

/// <summary>What is followed of a version's estimates, and over which stretch. Immutable.</summary>
internal sealed class QualityPlan
{
    /// <summary>Most decisions whose outcome is waited for: about 500 bytes each, half a gigabyte.</summary>
    public const int MostWaiting = 1_000_000;

    /// <summary>Of the longest time that labels take, which a gap is to be longer than.</summary>
    private const int Gaps = 10;

    /// <param name="retention">How far back the log reaches.</param>
    public QualityPlan(CompiledDesign compiled, VersionManifest? manifest, TimeSpan window, TimeSpan retention)
    {
        (Compiled, Manifest) = (compiled, manifest);
        var design = compiled.Design;
        Window = window;
        var wait = Max(Max(Window, TimeSpan.FromDays(1)), (design.Split is SplitDesign.ByTime split ? split.Gap : TimeSpan.Zero) * Gaps);
        Wait = wait < retention ? wait : retention;
        Levels = [.. design.Quantiles.Select(static m => m.Quantile!.Level)];
        Metrics = QualityMetric.Of(design, Levels, compiled.Policy.Promise is not null, manifest);
        Slices = [.. compiled.Slices.Select(static s => s.Name)];
        By = design.Range?.By;
        Histograms = [.. Metrics.Where(static m => m.Figure.Summary == RowSummary.Quantile).Select(static m => m.Figure.Of).Distinct()];
    }

    public CompiledDesign Compiled { get; }

    public SystemDesign Design => Compiled.Design;

    public VersionManifest? Manifest { get; }

    /// <summary>By when an outcome was known.</summary>
    public TimeSpan Window { get; }

    /// <summary>How long an outcome is waited for.</summary>
    public TimeSpan Wait { get; }

    /// <summary>Of the answer's quantiles, ascending.</summary>
    public double[] Levels { get; }

    public QualityMetric[] Metrics { get; }

    public string[] Slices { get; }

    /// <summary>Feature by which ranges are moved; null: none.</summary>
    public string? By { get; }

    /// <summary>Formulas of rows of which quantiles are asked.</summary>
    public RowFormula[] Histograms { get; }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
