using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

/// <summary>Ranges over an entry's quantiles that follow outcomes (<c>kind: conformal</c>).</summary>
/// <param name="Name">The entry's.</param> <param name="Parameters">Of its kind.</param>
/// <param name="Ends">The quantiles that are moved, the lowest first.</param>
/// <param name="By">Feature by whose value they are moved apart; null: all together.</param>
public sealed record RangeDesign(string Name, SourceSpan At, object Parameters, ImmutableArray<RangeEnd> Ends, string? By);

/// <param name="Level">Share of the outcomes below it, 0 to 1.</param> <param name="Quantile">The model that estimates it.</param>
/// <param name="Shift">The feature that holds what it is moved by.</param>
public sealed record RangeEnd(double Level, string Quantile, string Shift);
