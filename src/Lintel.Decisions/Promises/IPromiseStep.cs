using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises;

/// <summary>A kind of step of a regression's policy: its sentence, and how a line of it becomes a step.</summary>
public interface IPromiseStepKind
{
    /// <summary>Family <see cref="KindFamily.PromiseStep"/>, with its sentence; the properties of its parameters are the sentence's
    /// slots.</summary>
    Kind Kind { get; }

    /// <summary>Its promise does not follow from the one before it: nothing may stand above it.</summary>
    bool Begins { get; }

    /// <exception cref="DesignException">The line cannot be meant so.</exception>
    IPromiseStep Compile(PromiseArguments arguments);
}

/// <summary>One compiled line: makes a promise of the one before it. Immutable, thread-safe; allocates nothing.</summary>
public interface IPromiseStep
{
    /// <param name="promise">What the lines above made, at first the estimate; NaN: nothing can be promised.</param>
    /// <param name="registers">Complete but for the promise.</param>
    double Apply(double promise, ReadOnlySpan<double> registers);
}
