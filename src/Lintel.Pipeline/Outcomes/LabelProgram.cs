using Lintel.Design;
using Lintel.Features;

namespace Lintel.Pipeline.Outcomes;

/// <summary>Reads a label off the record that tells it. Not thread-safe.</summary>
internal sealed class LabelProgram
{
    private readonly ExpressionProgram _value;
    private readonly double[] _joined;
    private readonly bool _joins;
    private readonly double _allowed;

    public LabelProgram(LabelSource source, CompiledDesign compiled)
    {
        _value = ExpressionProgram.ForEvent(source.Value!, compiled.Dictionaries, compiled.Design.TimeZone);
        (Event, _joins) = (source.Event.Number, source.Row is not null);
        _joined = new double[(source.Row ?? source.Event).Columns.Length];
        _allowed = source.Within is { } within ? within.Ticks / TimeSpan.TicksPerMicrosecond : double.PositiveInfinity;
    }

    public int Event { get; }

    /// <param name="values">Of the record.</param> <param name="decided">Own values of the decision.</param>
    /// <returns>NaN: it says nothing of this decision.</returns>
    public double Value(ReadOnlySpan<double> values, ReadOnlySpan<double> decided)
    {
        if (values[0] - decided[0] > _allowed) { return double.NaN; }
        if (!_joins) { return (float)_value.Evaluate(values); }
        values.CopyTo(_joined);
        decided.CopyTo(_joined.AsSpan(values.Length));
        return (float)_value.Evaluate(_joined);
    }
}
