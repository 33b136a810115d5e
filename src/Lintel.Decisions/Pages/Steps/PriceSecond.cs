using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Features;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>price second of ad.bid by pctr, reserve 0.05</c>: what a click on each item costs.</summary>
internal sealed class PriceSecond : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "price second", typeof(Slots),
        "Sets what a click on each item would cost, by the generalised second price: the least that would keep its place. Removes items whose " +
        "bid is missing, not above 0, or below the reserve.")
    {
        Sentence = "price second of {bid} by {quality} [, reserve {reserve}]",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new Step(arguments.Program("bid"), arguments.Program("quality"), arguments.Number("reserve", 0));

    public sealed record Slots
    {
        [Parameter("The most that a click may cost, over the candidate's row.")]
        public Expression? Bid { get; init; }

        [Parameter("What a bid is weighted by, such as the probability of a click.")]
        public Expression? Quality { get; init; }

        [Parameter("The least that a click costs. Default: 0.", Min = 0, Max = 1_000_000_000)]
        public double Reserve { get; init; }
    }

    /// <summary>Price of place i: bidᵢ₊₁ · qualityᵢ₊₁ / qualityᵢ, at least the reserve and at most its own bid; of the last one the
    /// reserve.</summary>
    /// <remarks>Source: Edelman, Ostrovsky and Schwarz, AER 97(1), 2007, weighted by quality. A missing quality, or one not above 0, counts
    /// as 0: it asks nothing of the one above, and pays its bid where something below bids.</remarks>
    private sealed class Step(ExpressionProgram bid, ExpressionProgram quality, double reserve) : IPageStep
    {
        public StepRole Role => StepRole.Prices;

        public void Apply(Page page)
        {
            Drop(page);
            // from the last place up: each looks at the one below
            var below = 0.0;
            var order = page.Order;
            for (var place = order.Length - 1; place >= 0; place--)
            {
                var registers = page.Registers(order[place]);
                var (own, worth) = (bid.Evaluate(registers), quality.Evaluate(registers));
                worth = worth > 0 ? worth : 0;
                var keeps = below > 0 ? below / worth : 0;
                page.Prices[order[place]] = Math.Min(own, Math.Max(reserve, keeps));
                below = own * worth;
            }
        }

        private void Drop(Page page)
        {
            var order = page.Order;
            var kept = 0;
            foreach (var candidate in order)
            {
                var own = bid.Evaluate(page.Registers(candidate));
                if (own > 0 && own >= reserve) { order[kept++] = candidate; }
                else { page.Mark(candidate); }
            }
            if (kept < order.Length) { page.ForgetDraw(); }
            page.Shorten(kept);
        }
    }
}
