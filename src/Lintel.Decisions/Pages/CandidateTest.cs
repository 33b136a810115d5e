using Lintel.Features;

namespace Lintel.Decisions.Pages;

/// <summary>Tells for one candidate whether a line means it: by a condition, by who offered it, or by which item it
/// is.</summary>
internal readonly struct CandidateTest
{
    private readonly ExpressionProgram? _condition;
    private readonly int _register;
    private readonly double _value;

    private CandidateTest(ExpressionProgram? condition, int register, double value) =>
        (_condition, _register, _value) = (condition, register, value);

    public static CandidateTest Of(ExpressionProgram condition) => new(condition, 0, double.NaN);

    /// <summary>The register holds a value.</summary>
    public static CandidateTest IsThere(int register) => new(null, register, double.NaN);

    public static CandidateTest Equals(int register, double value) => new(null, register, value);

    public bool Holds(ReadOnlySpan<double> registers) =>
        _condition is { } condition ? condition.Holds(registers)
        : double.IsNaN(_value) ? !double.IsNaN(registers[_register])
        : registers[_register] == _value;
}
