using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

public enum ServeMode
{
    Online,
    Batch,
}

/// <param name="LetThrough">Share of the hardest outcome that passes anyway, so that outcomes stay observable; 0 to
/// 1.</param>
public sealed record ServeDesign(ServeMode Mode, string? OnFailure, double LetThrough, SourceSpan At);

/// <param name="DriftMeasure">e.g. psi.</param>
public sealed record MonitorDesign(
    string? DriftMeasure, double? DriftBound, TimeSpan? Window, ImmutableArray<string> Alert, SourceSpan At);

/// <param name="RefitOnAll"><c>refit: now</c>: after judging, the same recipe is fitted on all that is known.</param>
/// <param name="Promote">The condition as written; the default is "when no gate is broken and no slice is
/// worse".</param>
public sealed record RetrainDesign(TimeSpan? Every, bool RefitOnAll, string Promote, SourceSpan At);
