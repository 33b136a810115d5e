using System.Globalization;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Quality;

/// <summary>Reads what the decisions of one version answered, by that version's own registers and codes. Levels and slices are those of the
/// plan; what the version does not have is missing.</summary>
internal sealed class AnswerReader
{
    /// <summary>Groups that no training knew, such as a store that has just opened.</summary>
    private const string New = "(new)";

    private readonly QualityPlan _plan;
    private readonly CompiledDesign _compiled;
    private readonly int[] _quantiles;
    private readonly ExpressionProgram?[] _slices;
    private readonly ExpressionProgram?[] _costs;
    private readonly CodeDictionary? _groups;
    private readonly int _by = -1;

    public AnswerReader(QualityPlan plan, CompiledDesign compiled)
    {
        (_plan, _compiled) = (plan, compiled);
        var own = EstimateAnswer.Of(compiled)?.Quantiles ?? [];
        _quantiles = [.. plan.Levels.Select(level => own.FirstOrDefault(q => Math.Abs(q.Level - level) < 1e-9)?.Register ?? -1)];
        _slices = [.. plan.Slices.Select(name => compiled.Slices.FirstOrDefault(s => s.Name == name)?.Program)];
        _costs = [CostOf("late"), CostOf("early"), CostOf("lost")];
        if (plan.By is not { } by || compiled.Plan.FeatureNames.IndexOf(by) is not (>= 0 and var place)) { return; }
        _by = compiled.Plan.FeatureStart + place;
        _groups = compiled.Design.Features[place].Id?.Domain is { } domain ? compiled.Dictionaries[domain] : null;
    }

    /// <summary>Keeps what a decision answered.</summary>
    /// <returns>False: it is not among what is judged.</returns>
    public bool Read(DecisionRecord decision, WaitingEstimate waiting)
    {
        var registers = decision.Registers;
        if (registers.Length != _compiled.Plan.RegisterCount || _compiled.Where?.Holds(registers) == false) { return false; }
        (waiting.Estimate, waiting.Promise) = (decision.Margin, decision.Promise);
        waiting.Quantiles = new double[_quantiles.Length];
        for (var q = 0; q < _quantiles.Length; q++) { waiting.Quantiles[q] = _quantiles[q] < 0 ? double.NaN : registers[_quantiles[q]]; }
        waiting.Slices = new bool[_slices.Length];
        for (var s = 0; s < _slices.Length; s++) { waiting.Slices[s] = _slices[s]?.Holds(registers) == true; }
        waiting.Costs = new(Cost(0, registers), Cost(1, registers), Cost(2, registers));
        waiting.Group = _by < 0 ? null : GroupOf(registers[_by]);
        waiting.Hour = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(decision.Known * TimeSpan.TicksPerMicrosecond), _plan.Design.TimeZone).Hour;
        return true;
    }

    private ExpressionProgram? CostOf(string name) => _compiled.Costs.FirstOrDefault(c => c.Name == name)?.Program;

    private double Cost(int which, double[] registers) => _costs[which] is { } program ? program.Evaluate(registers) : 0;

    private string GroupOf(double value) => double.IsNaN(value) ? "(missing)"
        : _groups is null ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value >= 0 && value < _groups.Count ? _groups.Text((int)value) : New;
}
