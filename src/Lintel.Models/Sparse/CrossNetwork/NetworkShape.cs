namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Sizes of the layers, and where each one's weights stand in the one array of all.</summary>
/// <remarks>In this order: for each cross layer V [Width, Rank] and U [Rank, Width] (full: only U [Width, Width]) and b [Width]; for
/// each hidden layer W [in, Hidden] and b [Hidden]; at the end w of the cross part [Width], w of the hidden part [Hidden], and the
/// intercept. Widths are multiples of <see cref="MatrixProduct.Step"/>; what fills them up is 0 and stays 0.</remarks>
/// <param name="IdColumns">Columns of ids, each <paramref name="Dimension"/> inputs.</param>
/// <param name="NumberColumns">Columns of numbers, each two inputs: the scaled value, and whether it is missing.</param>
/// <param name="Rank">0: full matrices.</param>
internal sealed record NetworkShape(
    int IdColumns, int NumberColumns, int Dimension, int CrossLayers, int Rank, int HiddenLayers, int Hidden)
{
    private const long MaxWeights = 1L << 28;

    public int Width { get; } = Rounded(((long)IdColumns * Dimension) + (2L * NumberColumns));

    /// <summary>Columns of U's input: the rank, or the width itself.</summary>
    public int Inner => Rank == 0 ? Width : Rank;

    public static int Rounded(long count) =>
        checked((int)((count + MatrixProduct.Step - 1) / MatrixProduct.Step * MatrixProduct.Step));

    public Range V(int layer) => Rank == 0 ? default : Part(CrossStart(layer), Width * Rank);

    public Range U(int layer) => Part(CrossStart(layer) + (Width * Rank), Inner * Width);

    public Range CrossBias(int layer) => Part(CrossStart(layer) + (Width * Rank) + (Inner * Width), Width);

    public int HiddenInput(int layer) => layer == 0 ? Width : Hidden;

    public Range W(int layer) => Part(HiddenStart(layer), HiddenInput(layer) * Hidden);

    public Range HiddenBias(int layer) => Part(HiddenStart(layer) + (HiddenInput(layer) * Hidden), Hidden);

    public Range CrossOutput => Part(HiddenStart(HiddenLayers), Width);

    public Range HiddenOutput => Part(HiddenStart(HiddenLayers) + Width, Hidden);

    public int Intercept => HiddenStart(HiddenLayers) + Width + Hidden;

    public int WeightCount => Intercept + 1;

    /// <summary>Each matrix of the weights, transposed in its place.</summary>
    public void Transpose(ReadOnlySpan<float> weights, Span<float> transposed)
    {
        for (var l = 0; l < CrossLayers; l++)
        {
            MatrixProduct.Transpose(Inner, Width, weights[U(l)], transposed[U(l)]);
            if (Rank > 0) { MatrixProduct.Transpose(Width, Rank, weights[V(l)], transposed[V(l)]); }
        }
        for (var l = 0; l < HiddenLayers; l++) { MatrixProduct.Transpose(HiddenInput(l), Hidden, weights[W(l)], transposed[W(l)]); }
    }

    /// <exception cref="InvalidDataException">More weights than a network may have.</exception>
    public void Check()
    {
        var weights = CrossLayers * (((long)Width * Rank) + ((long)Inner * Width) + Width) + (HiddenLayers * (long)Hidden * (Width + Hidden + 1));
        if (weights > MaxWeights)
        {
            throw new InvalidDataException($"{weights:N0} weights, expected at most {MaxWeights:N0}: lower the rank, the dimension or the hidden units");
        }
    }

    private int CrossStart(int layer) => layer * ((Width * Rank) + (Inner * Width) + Width);

    private int HiddenStart(int layer) =>
        CrossStart(CrossLayers) + (layer == 0 ? 0 : ((Width + 1) * Hidden) + ((layer - 1) * (Hidden + 1) * Hidden));

    private static Range Part(int start, int length) => start..(start + length);
}
