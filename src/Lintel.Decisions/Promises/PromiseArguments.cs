using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions.Promises;

/// <summary>What a line said, compiled: its slots by name, expressions as programs over a decision's registers.</summary>
public sealed class PromiseArguments
{
    private readonly PolicyRule.Step _line;
    private readonly SystemDesign _design;
    private readonly FeaturePlanBuilder _builder;

    public PromiseArguments(PolicyRule.Step line, SystemDesign design, FeaturePlanBuilder builder) =>
        (_line, _design, _builder) = (line, design, builder);

    public double Number(string slot) => ((StepSlot.Number)_line.Slots[slot]).Value;

    /// <summary>A formula of the line, or a cost that its kind reads.</summary>
    public ExpressionProgram Program(string slot) => _builder.Add(((StepSlot.Formula)_line.Slots[slot]).Expression);

    /// <summary>The distribution of the model that a slot names.</summary>
    public PromiseCurve Curve(string slot)
    {
        var entry = ((StepSlot.Word)_line.Slots[slot]).Text;
        var models = _design.Models.Where(m => m.Quantile?.Entry == entry).OrderBy(static m => m.Quantile!.Level).ToList();
        if (models.Count < 2)
        {
            throw new DesignException([new(
                FaultCodes.Conflict, Severity.Error, _line.At, $"'{_line.Text}': '{entry}' tells one quantile, which is no distribution", null,
                "a model with several quantiles, or a range over one", "give it more, such as quantiles: [10%, 50%, 90%]")]);
        }
        return new(
            [.. models.Select(static m => m.Quantile!.Level)],
            [.. models.Select(m => _builder.Add(new Expression.Score(_line.At, m.Name, ScoreForm.Margin)))]);
    }
}
