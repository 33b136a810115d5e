using Lintel.Numerics.Random;
using Lintel.Retrieval.Towers;

namespace Lintel.Retrieval.Tests.Towers;

/// <summary>Every gradient against the finite difference of the loss.</summary>
public sealed class TowerGradientTests
{
    private const float Step = 2e-3f;

    private readonly TowerWeights _weights;
    private readonly ItemContent _content;
    private readonly TowerPass _pass;
    private readonly TowerBatch _batch;

    public TowerGradientTests()
    {
        var groves = Groves.Grow(30, 40, 9, skew: 0.5);
        var rows = new TowerExamples(groves.Examples, 5);
        var trained = new bool[40];
        foreach (var item in rows.Trained) { trained[item] = true; }
        _content = ItemContent.Read(groves.Examples, trained);
        _weights = TowerWeights.Drawn(40, _content.TokenCount, 6, 5, seed: 3);
        var random = new RandomStream(4);
        foreach (ref var g in _weights.Gate.AsSpan()) { g = (float)random.NextNormal(); }
        foreach (ref var b in _weights.Bias.AsSpan()) { b = (float)(0.1 * random.NextNormal()); }
        for (var i = 0; i < _weights.Outer.Length; i++) { _weights.Outer[i] *= 5; }
        _pass = new(_content, _weights, 0.5f, threads: 2);
        _batch = new(rows, 40, corrected: true);
        rows.Count.ShouldBeGreaterThan(66, "more than one block of rows");
        _batch.Fill([.. Enumerable.Range(0, rows.Count)], new RandomStream(5));
        Loss();
    }

    private double Loss() => _pass.Derive(_batch, CancellationToken.None);

    [Fact]
    public void Gradient_of_own_vectors_is_the_slope_of_the_loss() => Check(Enumerable.Range(0, _batch.SlotCount).SelectMany(slot =>
        new[] { 0, 5 }.Select(f => (_weights.Items.Values, (_batch.Item(slot) * 16) + f, (double)_pass.OwnGradients[(slot * 16) + f]))));

    [Fact]
    public void Gradient_of_content_is_the_slope_of_the_loss()
    {
        _content.TokenCount.ShouldBeInRange(2, Groves.Genres, "titles are not shared");
        var gradients = new double[_content.TokenCount * 16];
        for (var slot = 0; slot < _batch.SlotCount; slot++)
        {
            foreach (var token in _content.Of(_batch.Item(slot)))
            {
                for (var f = 0; f < 16; f++) { gradients[(token * 16) + f] += _pass.SlotGradients[(slot * 16) + f]; }
            }
        }
        Check(Enumerable.Range(0, gradients.Length).Where(static i => i % 16 < 6).Select(i => (_weights.Tokens.Values, i, gradients[i])));
    }

    [Fact]
    public void Gradients_of_gate_and_layers_are_the_slope_of_the_loss()
    {
        Check(Of(_weights.Gate, _pass.Dense.Gate, 1));
        Check(Of(_weights.Bias, _pass.Dense.Bias, 3));
        Check(Of(_weights.Inner, _pass.Dense.Inner, 7).Where(p => p.At / _weights.Hidden < 6));
        Check(Of(_weights.Outer, _pass.Dense.Outer, 5).Where(static p => p.At % 16 < 6));
    }

    [Fact]
    public void Padding_stays_zero()
    {
        new Adagrad(_weights, _content, 0.1f).Step(_batch, _pass);
        for (var item = 0; item < 40; item++) { _weights.Items.Values.AsSpan((item * 16) + 6, 10).ToArray().ShouldAllBe(static v => v == 0); }
        Enumerable.Range(0, _weights.Outer.Length).Where(static i => i % 16 >= 6).ShouldAllBe(i => _weights.Outer[i] == 0);
    }

    private static IEnumerable<(float[] Values, int At, double Gradient)> Of(float[] values, float[] gradients, int every)
    {
        var copy = gradients.ToArray();
        return Enumerable.Range(0, values.Length).Where(i => i % every == 0).Select(i => (values, i, (double)copy[i]));
    }

    private void Check(IEnumerable<(float[] Values, int At, double Gradient)> weights)
    {
        var all = weights.ToList();
        all.ShouldContain(static w => Math.Abs(w.Gradient) > 1e-3);
        foreach (var (values, at, gradient) in all)
        {
            var kept = values[at];
            values[at] = kept + Step;
            var above = Loss();
            values[at] = kept - Step;
            var below = Loss();
            values[at] = kept;
            ((above - below) / (2 * Step)).ShouldBe(gradient, 3e-3 + (0.02 * Math.Abs(gradient)), $"weight {at}");
        }
    }
}
