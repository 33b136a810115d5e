using Lintel.Retrieval.Factorisation;
using Lintel.Numerics.Random;

namespace Lintel.Retrieval.Towers;

/// <summary>What is learnt, or its gradient, or the squares that Adagrad has summed: arrays of one shape.</summary>
/// <param name="Items">One vector each, [items, stride].</param> <param name="Tokens">Of the catalogue's content, [tokens, stride].</param>
/// <param name="Gate">How much each place of the history counts before softmax, latest first, [history].</param>
/// <param name="Inner">[stride, hidden].</param> <param name="Bias">[hidden].</param> <param name="Outer">[hidden, stride].</param>
internal sealed record TowerWeights(FactorTable Items, FactorTable Tokens, float[] Gate, float[] Inner, float[] Bias, float[] Outer)
{
    /// <summary>Twice the vectors' length, in whole lanes.</summary>
    public static int HiddenOf(int stride) => 2 * stride;

    public int Stride => Items.Stride;

    public int Hidden => Bias.Length;

    public static TowerWeights Empty(int items, int tokens, int dimensions, int history)
    {
        var table = new FactorTable(items, dimensions);
        var hidden = HiddenOf(table.Stride);
        return new(
            table, new(tokens, dimensions), new float[history], new float[table.Stride * hidden], new float[hidden],
            new float[hidden * table.Stride]);
    }

    /// <summary>Small random vectors; the hidden layer begins near 0, so that a user begins as the mean of their history.</summary>
    public static TowerWeights Drawn(int items, int tokens, int dimensions, int history, ulong seed)
    {
        var drawn = Empty(items, tokens, dimensions, history);
        Fill(drawn.Items, seed, 1);
        Fill(drawn.Tokens, seed, 2);
        var random = new RandomStream(seed, 3);
        for (var f = 0; f < dimensions; f++)
        {
            for (var h = 0; h < drawn.Hidden; h++) { drawn.Inner[(f * drawn.Hidden) + h] = (float)(random.NextNormal() / Math.Sqrt(dimensions)); }
        }
        for (var h = 0; h < drawn.Hidden; h++)
        {
            for (var f = 0; f < dimensions; f++) { drawn.Outer[(h * drawn.Stride) + f] = (float)(0.1 * random.NextNormal() / Math.Sqrt(drawn.Hidden)); }
        }
        return drawn;
    }

    /// <summary>An item's vector before it is normalised: its own, if it has one, plus the mean of its content's.</summary>
    /// <param name="withOwn">Whether its own counts.</param> <param name="vector">[stride].</param>
    public void Vector(int item, ReadOnlySpan<int> tokens, bool withOwn, Span<float> vector)
    {
        vector.Clear();
        foreach (var token in tokens) { RowKernel.Add(Tokens.Row(token), 1f / tokens.Length, vector); }
        if (withOwn) { RowKernel.Add(Items.Row(item), 1, vector); }
    }

    private static void Fill(FactorTable table, ulong seed, ulong stream)
    {
        var random = new RandomStream(seed, stream);
        for (var row = 0; row < table.Count; row++)
        {
            var values = table.Row(row);
            for (var f = 0; f < table.Factors; f++) { values[f] = (float)(0.3 * random.NextNormal() / Math.Sqrt(table.Factors)); }
        }
    }
}
