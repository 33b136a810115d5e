using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Features;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>pace sum(click.price) by ad over 1d of ad.budget</c>.</summary>
internal sealed class Pace : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "pace", typeof(Slots),
        "Removes each candidate from a share of the requests that grows with what it has spent of its budget, so that the budget lasts; who " +
        "takes part is drawn.")
    {
        Sentence = "pace {spent} of {budget} [from {share}]",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new Step(arguments.Program("spent"), arguments.Program("budget"), arguments.Number("share", new Slots().Share));

    public sealed record Slots
    {
        [Parameter("What it has spent in the budget's time, such as a sum over 1d.")]
        public Expression? Spent { get; init; }

        [Parameter("The most that it may spend in that time; missing: no bound.")]
        public Expression? Budget { get; init; }

        [Parameter("Share of the budget that is spent freely. Default: 50%.", Min = 0, Max = 1, Share = true)]
        public double Share { get; init; } = 0.5;
    }

    /// <summary>With u = spent / budget it takes part with probability (1 − u) / (1 − share), held between 0 and 1.</summary>
    /// <remarks>At a steady speed of s budgets in the window's time this comes to rest at u = s / (1 − share + s) where that is above the
    /// share: never past the budget, and the nearer to it the more there would be to spend on.</remarks>
    private sealed class Step(ExpressionProgram spent, ExpressionProgram budget, double share) : IPageStep
    {
        public StepRole Role => StepRole.Removes;

        public void Apply(Page page)
        {
            var order = page.Order;
            var (kept, line) = (0, RandomStream.Mix(page.Draw + (ulong)page.Step));
            foreach (var candidate in order)
            {
                // drawn for each item by itself: what others there are changes nothing for it
                var state = line ^ RandomStream.Mix((ulong)page.Items[candidate]);
                if (DrawBits.Uniform(ref state) < Chance(page.Registers(candidate))) { order[kept++] = candidate; }
                else { page.Mark(candidate); }
            }
            page.Shorten(kept);
        }

        private double Chance(ReadOnlySpan<double> registers)
        {
            var (most, gone) = (budget.Evaluate(registers), spent.Evaluate(registers));
            if (double.IsNaN(most)) { return 1; }
            if (!(most > 0)) { return 0; }
            return TakesPart(gone > 0 ? gone / most : 0, share);
        }
    }

    /// <summary>Chance with which it takes part.</summary>
    /// <param name="used">Share of the budget that is spent, 0 or more.</param> <param name="share">Of it that is spent freely.</param>
    internal static double TakesPart(double used, double share) => used >= 1 ? 0 : used <= share ? 1 : (1 - used) / (1 - share);
}
