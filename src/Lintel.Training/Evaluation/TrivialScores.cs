using Lintel.Numerics.Random;

namespace Lintel.Training.Evaluation;

/// <summary>Competitors that know nothing: what any model must beat.</summary>
public static class TrivialScores
{
    /// <summary>Every order alike; no probability.</summary>
    public static BaselineScores Random(int count, ulong seed)
    {
        var random = new RandomStream(seed, stream: 0xBA5E);
        var margins = new double[count];
        for (var i = 0; i < count; i++) { margins[i] = random.NextDouble(); }
        return new("random", margins, null);
    }

    /// <summary>The rate of positives in train, for everyone.</summary>
    public static BaselineScores Prior(int count, double trainRate)
    {
        var margins = new double[count];
        var probabilities = new double[count];
        margins.AsSpan().Fill(Math.Log(trainRate / (1 - trainRate)));
        probabilities.AsSpan().Fill(trainRate);
        return new("prior", margins, probabilities);
    }

    /// <summary>One value for everyone.</summary>
    public static BaselineScores Constant(string name, int count, double value)
    {
        var margins = new double[count];
        margins.AsSpan().Fill(value);
        return new(name, margins, null);
    }

    /// <summary>An expression's value as the score; missing ranks last; no probability.</summary>
    public static BaselineScores Of(string name, double[] values) => new(name, values, null);
}
