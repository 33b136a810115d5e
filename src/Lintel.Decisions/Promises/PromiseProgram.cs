using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions.Promises;

/// <summary>The policy of a regression, compiled: its lines' steps, one after another, over the estimate. Without a line the estimate is
/// what is promised. Immutable and thread-safe.</summary>
public sealed class PromiseProgram
{
    private readonly ExpressionProgram _estimate;
    private readonly PolicyRule.Step[] _lines;
    private readonly IPromiseStep[] _steps;

    private PromiseProgram(ExpressionProgram estimate, PolicyRule.Step[] lines, IPromiseStep[] steps) =>
        (_estimate, _lines, _steps) = (estimate, lines, steps);

    /// <summary>Lines of the policy; 0: the estimate is promised.</summary>
    public int StepCount => _steps.Length;

    /// <summary>A line as the design has it.</summary>
    public string StepText(int step) => _lines[step].Text;

    /// <summary>Compiles a regression's policy; its expressions join the plan.</summary>
    /// <param name="diagnostics">Takes the lines that cannot be meant so, or stand where another undoes them.</param>
    internal static PromiseProgram Compile(SystemDesign design, FeaturePlanBuilder builder, DiagnosticBag diagnostics)
    {
        var lines = design.Policy.Cast<PolicyRule.Step>().ToArray();
        var steps = new List<IPromiseStep>(lines.Length);
        foreach (var line in lines)
        {
            var kind = PromiseStepKinds.Find(line.Kind) ?? throw new InvalidOperationException($"{line.At}: unknown step '{line.Kind}'");
            if (kind.Begins && line != lines[0])
            {
                diagnostics.Error(
                    FaultCodes.Conflict, line.At, "the line makes a promise anew, and the lines above it are for nothing", $"'{line.Text}'", null,
                    "make it the first line, or remove it");
            }
            try { steps.Add(kind.Compile(new(line, design, builder))); }
            catch (DesignException fault)
            {
                foreach (var diagnostic in fault.Diagnostics) { diagnostics.Add(diagnostic); }
            }
        }
        var estimate = builder.Add(new Expression.Score(design.FinalModel.At, design.FinalModel.Name, ScoreForm.Margin));
        return new(estimate, lines, [.. steps]);
    }

    /// <summary>What is promised; NaN: nothing can be.</summary>
    /// <param name="registers">Complete but for the promise.</param>
    public double Run(ReadOnlySpan<double> registers)
    {
        var promise = _estimate.Evaluate(registers);
        foreach (var step in _steps) { promise = step.Apply(promise, registers); }
        return promise;
    }

    /// <summary>The promise behind each line, [step count].</summary>
    public double[] Trace(ReadOnlySpan<double> registers)
    {
        var values = new double[_steps.Length];
        var promise = _estimate.Evaluate(registers);
        for (var i = 0; i < values.Length; i++) { values[i] = promise = _steps[i].Apply(promise, registers); }
        return values;
    }
}
