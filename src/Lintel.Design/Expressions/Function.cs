using System.Collections.Immutable;

namespace Lintel.Design.Expressions;

/// <summary>A pure function of the language: what the checker, the compiler and the reference page know of
/// it.</summary>
/// <param name="Parameters">Types of its arguments, in order.</param>
/// <param name="Evaluate">Over register values; NaN is missing. Must be total: no exception, no loop over its
/// input.</param>
public sealed record Function(
    string Name,
    ImmutableArray<DataType> Parameters,
    DataType Result,
    string Summary,
    string Example,
    FunctionBody Evaluate);

/// <summary>The body of a function over registers.</summary>
/// <param name="arguments">Register values, as many as the function has parameters.</param>
/// <param name="zone">Where calendar functions are meant.</param>
public delegate double FunctionBody(ReadOnlySpan<double> arguments, TimeZoneInfo zone);
