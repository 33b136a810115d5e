using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Features;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>calibrate movie.genres to genre_share (weight 0.5)</c>.</summary>
internal sealed class Calibrate : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "calibrate", typeof(Slots),
        "Fills the page so that its shares of a list's members (genres) come near to the shares that the one who asks " +
        "is used to.")
    {
        Sentence = "calibrate {column} to {value} (weight {lambda})",
    };

    public IPageStep Compile(StepArguments arguments)
    {
        var codes = arguments.Codes("column");
        if (!codes.IsList)
        {
            arguments.ThrowFault("only a list has shares", fix: $"name a list of {arguments.Items.Design.Name}");
        }
        var members = 0;
        for (var item = 0; item < arguments.Items.Count; item++)
        {
            foreach (var member in arguments.Items.List(codes.Column.Field, item))
            {
                members = Math.Max(members, member + 1);
            }
        }
        return new Step(codes, arguments.Program("value"), arguments.Number("lambda"), members, arguments.PageLength);
    }

    public sealed record Slots
    {
        [Parameter("It is a list of the ranked catalogue.")]
        public StepColumn? Column { get; init; }

        [Parameter("How much of a candidate's list the one who asks is used to, as the mean over its members: " +
            "`count(play) by user, movie.genres over 90d`. Who has none keeps the order.")]
        public Expression? Value { get; init; }

        [Parameter("Weight of the shares, 0 changes nothing; relevance has the rest.", Min = 0, Max = 1)]
        public double Lambda { get; init; } = 0.5;
    }

    /// <summary>Next is who gives the most (1 − λ) · relevance − λ · KL(p ‖ q): p the shares that the one who asks is
    /// used to (<see cref="MemberShares"/>), q those of the page with the candidate, an item's share divided between
    /// its members.</summary>
    /// <remarks>q is mixed with 1 % of p, so that the divergence is finite. Relevance as for <see cref="Diversify"/>.
    /// Source: Steck, Calibrated Recommendations, RecSys 2018.</remarks>
    private sealed class Step(ColumnCodes codes, ExpressionProgram value, double lambda, int members, int places)
        : IPageStep
    {
        private const double Mixed = 0.01;

        public StepRole Role => StepRole.Reorders;

        public void Apply(Page page)
        {
            var wanted = page.Scratch.Members(0, members);
            if (!MemberShares.Estimate(page, codes, value, wanted)) { return; }
            var onPage = page.Scratch.Members(1, members);
            var terms = page.Scratch.Members(2, members);
            onPage.Clear();
            var choice = new PageChoice(page, places);
            while (choice.IsOpen)
            {
                var size = choice.Count + 1.0;
                var divergence = 0.0;
                for (var m = 0; m < members; m++)
                {
                    terms[m] = Term(wanted[m], onPage[m] / size);
                    divergence += terms[m];
                }
                var (best, most) = (-1, double.NegativeInfinity);
                for (var i = 0; i < choice.Pool.Length; i++)
                {
                    if (choice.IsTaken(i)) { continue; }
                    var with = divergence;
                    var list = codes.Members(page, choice.Pool[i]);
                    foreach (var m in list)
                    {
                        if (wanted[m] > 0)
                        {
                            with += Term(wanted[m], (onPage[m] + (1.0 / list.Length)) / size) - terms[m];
                        }
                    }
                    var gain = ((1 - lambda) * choice.Relevance(i)) - (lambda * with);
                    if (gain > most) { (best, most) = (i, gain); }
                }
                var chosen = codes.Members(page, choice.Take(best));
                foreach (var m in chosen) { onPage[m] += 1.0 / chosen.Length; }
            }
            choice.Finish();
        }

        private static double Term(double p, double q) =>
            p > 0 ? p * Math.Log(p / (((1 - Mixed) * q) + (Mixed * p))) : 0;
    }
}
