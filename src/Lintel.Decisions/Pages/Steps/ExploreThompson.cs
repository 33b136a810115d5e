using Lintel.Design.Kinds;
using Lintel.Features;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>explore 2% by thompson of clicks</c>.</summary>
internal sealed class ExploreThompson : IPageStepKind
{
    public const string Name = "explore thompson";

    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, Name, typeof(Slots),
        "On a share of the requests, draws each candidate's margin of a model from what the model holds possible, and orders by that: what it " +
        "is unsure of is tried.")
    {
        Sentence = "explore {share} by thompson of {model}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new Step(arguments.Number("share"), arguments.Margin("model"));

    public sealed record Slots
    {
        [Parameter("Requests that are drawn, by their own random bits.", Min = 0, Max = 1, Share = true)]
        public double Share { get; init; } = 0.02;

        [Parameter("A model that tells how unsure it is of a row.", Names = ParameterNames.UnsureModel)]
        public string Model { get; init; } = "";
    }

    /// <summary>m′ = m + √v · z with a normal z for each candidate. A score that is a margin moves by m′ − m; a formula's value is multiplied by
    /// σ(m′) / σ(m), which is exact where it is proportional to that model's probability.</summary>
    /// <remarks>Source: Thompson, Biometrika 25, 1933; Chapelle and Li, NIPS 2011. The chance with which an item then stands where it stands has
    /// no closed form: propensities are missing wherever the draw could have changed an order, in pages that were not drawn, too.</remarks>
    private sealed class Step(double share, ExpressionProgram margin) : IPageStep
    {
        public StepRole Role => StepRole.Samples;

        public void Apply(Page page)
        {
            var unsure = false;
            foreach (var candidate in page.Order) { unsure |= page.Variances[candidate] > 0; }
            if (!unsure && page.Count > 0) { page.TellInfeasible(); }
            if (!unsure || share == 0 || page.Count < 2) { return; }
            foreach (var candidate in page.Order) { page.Propensities[candidate] = double.NaN; }
            var draws = page.Draw;
            if (!(DrawBits.Uniform(ref draws) < share)) { return; }
            foreach (var candidate in page.Order)
            {
                var z = DrawBits.Normal(ref draws);
                var mean = margin.Evaluate(page.Registers(candidate));
                if (!(page.Variances[candidate] > 0) || !double.IsFinite(mean)) { continue; }
                var drawn = mean + (Math.Sqrt(page.Variances[candidate]) * z);
                ref var score = ref page.Scores[candidate];
                score = page.HasMargins ? score + (drawn - mean) : score * Math.Exp(LogSigmoid(drawn) - LogSigmoid(mean));
            }
            page.Sort();
        }

        // −log(1 + e^−x), without overflow
        private static double LogSigmoid(double x) => Math.Min(x, 0) - Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }
}
