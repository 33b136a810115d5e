using Lintel.Events;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Continuous;

/// <summary>Every decision is a row, with the features that its record read.</summary>
internal sealed class DecidedRows(CompiledDesign compiled, WaitingRows waiting) : IRowMaker
{
    private readonly int _decided = compiled.Design.Decision.Each.Number;

    public int PageCount => 0;

    public long Unheard => 0;

    public bool Take(in EventRecord record, ReadOnlySpan<double> registers)
    {
        if (record.Type != _decided) { return false; }
        var plan = compiled.Plan;
        var features = new float[plan.FeatureCount];
        for (var f = 0; f < features.Length; f++) { features[f] = (float)registers[plan.FeatureStart + f]; }
        waiting.Add(record, features, compiled.Where?.Holds(registers) ?? true);
        return true;
    }

    /// <summary>What was decided says how many decisions the row stands for.</summary>
    public void Decided(DecisionRecord decision, int number) => waiting.Weigh(
        number, decision.LetThrough ? (float)(1 / decision.Propensity) : decision.Propensity < 1 ? 0 : 1);

    public void Pass(long instant) { }

    public void Write(BinaryWriter writer) { }

    public void Read(BinaryReader reader) { }
}
