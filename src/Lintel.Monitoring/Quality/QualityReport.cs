using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Quality;

/// <summary>How a regression's answers stand beside what happened, over the window: what <c>/v1/monitor</c> and <c>lintel monitor</c>
/// show.</summary>
/// <param name="Window">Stretch by when outcomes were known, e.g. <c>1d</c>.</param> <param name="Wait">How long an outcome is waited for.</param>
/// <param name="Groups">By what ranges are moved apart by, those of most outcomes first.</param>
/// <param name="Hours">By hour of the decision where the design stands; those without an outcome are left out.</param>
public sealed record QualityReport(
    string Window, string Wait, QualityCounts Counts, IReadOnlyList<LiveFigure> Figures, string? By, IReadOnlyList<QualityCell> Groups,
    IReadOnlyList<QualityCell> Slices, IReadOnlyList<QualityCell> Hours, IReadOnlyList<GateResult> Gates)
{
    /// <summary>Groups that are not listed.</summary>
    public int OtherGroups { get; init; }
}

/// <summary>Decisions by what became of them.</summary>
/// <param name="Decisions">Given in the window.</param> <param name="Failed">Among them, without an estimate.</param>
/// <param name="Matured">Whose outcome became known in the window.</param> <param name="Censored">That ended without a label in it.</param>
/// <param name="Unheard">Of which nothing came in the time that is waited.</param> <param name="Waiting">That wait now.</param>
public sealed record QualityCounts(long Decisions, long Failed, long Matured, long Censored, long Unheard, long Waiting);

/// <summary>A metric over the window.</summary>
/// <param name="Interval">95 %: [low, high]; null: too few outcomes.</param> <param name="Rows">Decisions that have the figure.</param>
/// <param name="Test">Of the version's test, over the same part of its decisions; null: the test does not tell it.</param>
public sealed record LiveFigure(string Metric, string Unit, double? Value, double?[]? Interval, long Rows, double? Test);

/// <summary>Some of the decisions.</summary>
/// <param name="Judged">False: too few outcomes, shown only.</param>
public sealed record QualityCell(string Name, long Matured, bool Judged, IReadOnlyList<LiveFigure> Figures);
