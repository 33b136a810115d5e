using Lintel.Events;
using Lintel.Features;

namespace Lintel.Training.Ranking;

/// <summary>Features that only training knows: an item that was shown has them from the record that says so; candidates of a request have
/// the design's constants.</summary>
internal sealed class ShownValues
{
    private readonly EventHistory _history;
    private readonly (int Register, ExpressionProgram Value)[] _features;
    private readonly int _type;
    private readonly double[] _scratch;

    public ShownValues(EventHistory history, FeaturePlan plan)
    {
        _history = history;
        var design = history.Design;
        _features = [.. Enumerable.Range(0, design.Features.Length).Where(f => design.Features[f].Shown is not null)
            .Select(f => (plan.FeatureStart + f, ExpressionProgram.ForEvent(design.Features[f].Shown!, history.Dictionaries, design.TimeZone)))];
        var shown = design.Decision.Ranking!.Shown;
        _type = shown?.Number ?? -1;
        _scratch = new double[shown?.Columns.Length ?? 0];
    }

    /// <summary>Writes a shown item's over the constants.</summary>
    public void Fill(ShownRecord shown, Span<double> registers)
    {
        if (_features.Length == 0) { return; }
        var values = _history.Read(new(_history.Tables[_type].KnownOf(shown.Row), _type, shown.Row), _scratch).Values;
        foreach (var (register, value) in _features) { registers[register] = value.Evaluate(values); }
    }
}
