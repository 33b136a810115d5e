using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Sparse;

public sealed class NetworkPassTests
{
    private const int Rows = 7;

    [Theory]
    [InlineData(32, 2, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(32, 1, 0)]
    public void Gradients_are_those_of_the_log_loss(int rank, int crossLayers, int hiddenLayers)
    {
        var shape = new NetworkShape(3, 2, 8, crossLayers, rank, hiddenLayers, hiddenLayers == 0 ? 0 : 32);
        var random = new RandomStream(5);
        var weights = NetworkWeights.Begin(shape, 3);
        foreach (ref var w in weights.AsSpan()) { w += (float)(0.1 * random.NextNormal()); }
        var inputs = new float[Rows * shape.Width];
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < 28; j++) { inputs[(i * shape.Width) + j] = (float)random.NextNormal() / 2; }
        }
        float[] labels = [0, 1, 1, 0, 1, 0, 0];
        var pass = new NetworkPass(shape, 5, Rows);
        Loss(weights, inputs);
        for (var i = 0; i < Rows; i++) { pass.Margins[i] = (float)(1 / (1 + Math.Exp(-pass.Margins[i]))) - labels[i]; }
        pass.Backward(weights, Transposed(shape, weights), Rows);
        var gradient = pass.Gradient.ToArray();
        var inputGradient = pass.InputGradient(2).ToArray();

        for (var at = 0; at < weights.Length; at += 37) { gradient[at].ShouldBe(Slope(weights, at), 0.02f, $"weight {at}"); }
        gradient[shape.Intercept].ShouldBe(Slope(weights, shape.Intercept), 0.02f);
        for (var j = 0; j < 28; j++) { inputGradient[j].ShouldBe(Slope(inputs, (2 * shape.Width) + j), 0.02f, $"input {j}"); }

        float Slope(float[] numbers, int at)
        {
            const float H = 4e-3f;
            var kept = numbers[at];
            numbers[at] = kept + H;
            var above = Loss(weights, inputs);
            numbers[at] = kept - H;
            var below = Loss(weights, inputs);
            numbers[at] = kept;
            return (float)((above - below) / (2 * H));
        }

        double Loss(float[] weights, float[] inputs)
        {
            for (var i = 0; i < Rows; i++) { inputs.AsSpan(i * shape.Width, shape.Width).CopyTo(pass.Input(i)); }
            pass.Forward(weights, Rows);
            var sum = 0.0;
            for (var i = 0; i < Rows; i++) { sum += Math.Log(1 + Math.Exp(labels[i] == 1 ? -pass.Margins[i] : pass.Margins[i])); }
            return sum;
        }
    }

    private static float[] Transposed(NetworkShape shape, float[] weights)
    {
        var transposed = new float[weights.Length];
        shape.Transpose(weights, transposed);
        return transposed;
    }
}
