using Lintel.Design.Kinds;

namespace Lintel.Models.Stacking;

/// <summary>Settings of kind <c>ordered</c>.</summary>
public sealed record OrderedParameters
{
    [Parameter("Which of the models' scores, sorted, is the score: 0 the least.", Min = 0, Max = 999)]
    public int Place { get; init; }
}

/// <summary>Kind <c>ordered</c>: one place of the models' scores in order. Of fits of several quantiles, each place is the quantile that
/// does not cross the others.</summary>
/// <remarks>Nothing is fitted. Sorting never worsens the summed pinball loss. Source: Chernozhukov, Fernández-Val and Galichon,
/// Econometrica 78(3), 2010 (rearrangement). The inputs must be of one scale.</remarks>
public sealed class OrderedTrainer : ICombinerTrainer
{
    public Kind Kind { get; } = new(
        KindFamily.Combiner, "ordered", typeof(OrderedParameters), "One place of other models' scores, sorted: quantiles that do not cross.")
    {
        For = DecisionUse.All,
    };

    /// <inheritdoc/>
    public ICombiner Fit(object parameters, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales,
        FitContext context)
    {
        var place = ((OrderedParameters)parameters).Place;
        CombinerChecks.CheckRows(Kind.Name, labels, margins, inputCount, scales);
        if (place >= inputCount) { throw new FitException($"{Kind.Name}: place {place} of {inputCount} models, expected 0 to {inputCount - 1}"); }
        foreach (var scale in scales)
        {
            if (scale != scales[0])
            {
                throw new FitException($"{Kind.Name}: its models score on the scales {scales[0]} and {scale}; an order needs one scale.");
            }
        }
        return new OrderedCombiner(inputCount, place, scales[0]);
    }

    public ICombiner Read(BinaryReader reader) => OrderedCombiner.Read(reader);
}

/// <summary>One place of its inputs in ascending order; NaN sorts first.</summary>
public sealed class OrderedCombiner : ICombiner
{
    private const int MaxInputs = 1_000;

    private readonly int _place;

    internal OrderedCombiner(int inputCount, int place, ScoreScale scale) => (InputCount, _place, Scale) = (inputCount, place, scale);

    public int InputCount { get; }

    public ScoreScale Scale { get; }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> margins)
    {
        ModelShapes.CheckInputs(margins, InputCount);
        Span<double> sorted = stackalloc double[InputCount];
        margins.CopyTo(sorted);
        sorted.Sort();
        return sorted[_place];
    }

    /// <summary>All weight is on the input that stands at the place: the first of equals.</summary>
    public double Explain(ReadOnlySpan<double> margins, Span<double> weights)
    {
        var score = Score(margins);
        weights.Clear();
        var at = 0;
        while (!margins[at].Equals(score)) { at++; }
        weights[at] = 1;
        return 0;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Scale);
        writer.Write(InputCount);
        writer.Write(_place);
    }

    internal static OrderedCombiner Read(BinaryReader reader)
    {
        var scale = Payload.ReadScale(reader);
        var inputs = Payload.ReadCount(reader, "inputs", 1, MaxInputs);
        return new(inputs, Payload.ReadCount(reader, "place", 0, inputs - 1), scale);
    }
}
