using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>explore 5% among 50</c>.</summary>
internal sealed class Explore : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "explore", typeof(Slots),
        "Draws a share of the pages uniformly from the first candidates that are left, and logs with which " +
        "probability each item stands where it stands.")
    {
        Sentence = "explore {share} among {pool}",
    };

    public IPageStep Compile(StepArguments arguments) => new Step(arguments.Number("share"), arguments.Count("pool"));

    public sealed record Slots
    {
        [Parameter("Pages that are drawn, by the request's own random bits.", Min = 0, Max = 1, Share = true)]
        public double Share { get; init; } = 0.05;

        [Parameter("Candidates from the top among which is drawn.", Min = 1, Max = 1_000)]
        public int Pool { get; init; } = 50;
    }

    /// <summary>With probability s the first m = min(pool, left) stand in an order drawn uniformly: each item at each
    /// of these places with probability s / m, and 1 − s more where the greedy order has it.</summary>
    private sealed class Step(double share, int pool) : IPageStep
    {
        public StepRole Role => StepRole.Explores;

        public void Apply(Page page)
        {
            var order = page.Order[..Math.Min(pool, page.Count)];
            var greedy = page.Scratch.First(order.Length);
            order.CopyTo(greedy);
            var draws = page.Draw;
            if (DrawBits.Uniform(ref draws) < share)
            {
                for (var i = order.Length - 1; i > 0; i--)
                {
                    // 2⁶⁴ is so much more than a pool that the remainder's bias, below 10⁻¹⁶, is none
                    var j = (int)(DrawBits.Next(ref draws) % (ulong)(i + 1));
                    (order[i], order[j]) = (order[j], order[i]);
                }
            }
            for (var place = 0; place < order.Length; place++)
            {
                page.Propensities[order[place]] = (share / order.Length)
                    + (greedy[place] == order[place] ? 1 - share : 0);
            }
        }
    }
}
