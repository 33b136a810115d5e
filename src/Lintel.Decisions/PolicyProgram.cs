using Lintel.Design;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>The policy of a design, compiled: ordered rules, the first that matches decides. Immutable and thread-safe.</summary>
public sealed class PolicyProgram
{
    /// <summary>Compiles the rules; their aggregates join the plan.</summary>
    public static PolicyProgram Compile(SystemDesign design, FeaturePlanBuilder builder) =>
        throw new NotImplementedException($"{design}{builder}");

    /// <summary>Index of the first rule that matches. The last rule of a checked design always matches.</summary>
    /// <param name="registers">Complete: scores, thresholds and lists are filled in.</param>
    public int Decide(ReadOnlySpan<double> registers) => throw new NotImplementedException(registers.Length.ToString());

    /// <summary>Whether one rule's condition holds, whatever the rules before it said: the policy trace.</summary>
    public bool Holds(int rule, ReadOnlySpan<double> registers) => throw new NotImplementedException($"{rule}{registers.Length}");

    /// <summary>Index into <see cref="SystemDesign.Outcomes"/> of a rule's outcome.</summary>
    public int OutcomeOf(int rule) => throw new NotImplementedException(rule.ToString());
}
