using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;

namespace Lintel.Features;

/// <summary>Collects every expression that a design evaluates at a decision, shares equal aggregates, and lays out one file of
/// registers for it:
/// <c>[decided event's columns | aggregates | features | scores (margin, probability of each model) | solved thresholds | list
/// memberships]</c>. The engine fills the first three; the pipeline fills the rest before late programs run.</summary>
public sealed class FeaturePlanBuilder(SystemDesign design, CodeDictionaries dictionaries)
{
    /// <summary>Compiles an expression whose value is computed later than the features (policy, costs, slices, baselines); the
    /// aggregates in it are read with the features, in the same step of the sequencer.</summary>
    public ExpressionProgram Add(Expression expression) => throw new NotImplementedException($"{design}{dictionaries}{expression}");

    public FeaturePlan Build() => throw new NotImplementedException();
}

/// <summary>What the engine keeps for each event and computes for each decision. Immutable, shared by every engine.</summary>
public sealed class FeaturePlan
{
    /// <summary>Length of the register file of one decision.</summary>
    public int RegisterCount => throw new NotImplementedException();

    /// <summary>Features in the design's order: <c>registers[FeatureStart .. FeatureStart + FeatureCount]</c>.</summary>
    public int FeatureStart => throw new NotImplementedException();

    public int FeatureCount => FeatureNames.Length;

    public ImmutableArray<string> FeatureNames => throw new NotImplementedException();

    /// <summary>Computes the features again from the columns and aggregates that stand in the registers: a what-if that keeps its keys
    /// and its time keeps its windows.</summary>
    public void ComputeFeatures(Span<double> registers) => throw new NotImplementedException(registers.Length.ToString());

    /// <summary>Register of a model's margin; its probability stands in the next one.</summary>
    public int ScoreRegister(string model) => throw new NotImplementedException(model);

    /// <summary>Registers that the pipeline fills with solved thresholds, in the order in which the policy names them.</summary>
    public ImmutableArray<(int Register, Expression.Threshold Threshold)> Thresholds => throw new NotImplementedException();

    /// <summary>Registers that the pipeline fills with 1 or 0: whether the value stands in the named list.</summary>
    public ImmutableArray<(int Register, string List, ExpressionProgram Value)> Lists => throw new NotImplementedException();

    /// <summary>Hash of everything that shapes the state; a snapshot of another plan is refused.</summary>
    public string StateHash => throw new NotImplementedException();
}

/// <summary>A compiled expression over a register file. Thread-safe; no allocation.</summary>
public sealed class ExpressionProgram
{
    /// <summary>The value; NaN is missing. Bools are 0 or 1.</summary>
    public double Evaluate(ReadOnlySpan<double> registers) => throw new NotImplementedException(registers.Length.ToString());

    /// <summary>True when the value is 1: false and missing both do not hold.</summary>
    public bool Holds(ReadOnlySpan<double> registers) => Evaluate(registers) == 1;
}
