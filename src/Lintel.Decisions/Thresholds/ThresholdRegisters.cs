using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Writes solved thresholds into the registers of a decision: the one place where solving, judging and serving take them
/// from. Immutable and thread-safe; filling allocates nothing.</summary>
public sealed class ThresholdRegisters
{
    private readonly (int Register, double All, ExpressionProgram? Segment, Dictionary<double, double> Margins)[] _places;

    /// <param name="margins">In the order of the plan's thresholds; keys and texts of segments get their codes now.</param>
    /// <exception cref="InvalidDataException">As many margins as thresholds are needed.</exception>
    public ThresholdRegisters(PolicyProgram policy, FeaturePlan plan, IReadOnlyList<ThresholdMargins> margins)
    {
        if (margins.Count != plan.Thresholds.Length)
        {
            throw new InvalidDataException(
                $"{margins.Count} thresholds are solved, the policy names {plan.Thresholds.Length}; train again.");
        }
        _places = new (int, double, ExpressionProgram?, Dictionary<double, double>)[margins.Count];
        for (var i = 0; i < _places.Length; i++)
        {
            var (register, node) = plan.Thresholds[i];
            _places[i] = (
                register, margins[i].All,
                policy.Rules.FirstOrDefault(r => r.Threshold?.Node.Equals(node) == true)?.Threshold?.Segment,
                margins[i].BySegment.ToDictionary(s => ValueOf(plan, node, s.Key), static s => s.Value));
        }
    }

    /// <param name="registers">Columns, aggregates, features and scores are there.</param>
    public void Fill(Span<double> registers)
    {
        foreach (ref readonly var place in _places.AsSpan())
        {
            var margin = place.All;
            if (place.Segment is { } segment && segment.Evaluate(registers) is var value && !double.IsNaN(value)
                && place.Margins.TryGetValue(value, out var own))
            {
                margin = own;
            }
            registers[place.Register] = margin;
        }
    }

    /// <summary>A segment's value as a text; null where it is missing.</summary>
    public static string? TextOf(FeaturePlan plan, Expression.Threshold node, double value)
    {
        if (double.IsNaN(value)) { return null; }
        return node.SegmentDomain is { } domain ? plan.Dictionaries[domain].Text((int)value)
            : value != 0 ? "true" : "false";
    }

    private static double ValueOf(FeaturePlan plan, Expression.Threshold node, string text) =>
        node.SegmentDomain is { } domain ? plan.Dictionaries[domain].Add(text) : text == "true" ? 1 : 0;
}
