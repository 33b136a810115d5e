using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>diversify by movie.genres (mmr 0.3)</c>.</summary>
internal sealed class Diversify : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "diversify", typeof(Slots),
        "Maximal marginal relevance: fills the page one by one with the best sum of relevance and unlikeness to those " +
        "that stand there.")
    {
        Sentence = "diversify by {column} (mmr {lambda})",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new Step(arguments.Codes("column"), arguments.Number("lambda"), arguments.PageLength);

    public sealed record Slots
    {
        [Parameter("Of the candidate's row: lists are alike by Jaccard, others when they are equal.")]
        public StepColumn? Column { get; init; }

        [Parameter("Weight of unlikeness, 0 changes nothing; relevance has the rest (the paper's λ is 1 less this).",
            Min = 0, Max = 1)]
        public double Lambda { get; init; } = 0.3;
    }

    /// <summary>Next is who has the most (1 − λ) · relevance − λ · greatest likeness to one that was chosen.</summary>
    /// <remarks>Relevance falls evenly from 1 over the first three pages' worth of candidates, so that neither the
    /// scores' scale nor how many candidates there are matters; only these compete. Cost: their count times the page's
    /// places. Source: Carbonell and Goldstein, SIGIR 1998.</remarks>
    private sealed class Step(ColumnCodes codes, double lambda, int places) : IPageStep
    {
        public StepRole Role => StepRole.Reorders;

        public void Apply(Page page)
        {
            var choice = new PageChoice(page, places);
            var closest = page.Scratch.Values(choice.Pool.Length);
            closest.Clear();
            while (choice.IsOpen)
            {
                var (best, most) = (-1, double.NegativeInfinity);
                for (var i = 0; i < choice.Pool.Length; i++)
                {
                    if (choice.IsTaken(i)) { continue; }
                    var value = ((1 - lambda) * choice.Relevance(i)) - (lambda * closest[i]);
                    if (value > most) { (best, most) = (i, value); }
                }
                var chosen = choice.Take(best);
                for (var i = 0; i < choice.Pool.Length; i++)
                {
                    if (!choice.IsTaken(i))
                    {
                        closest[i] = Math.Max(closest[i], codes.Similarity(page, choice.Pool[i], chosen));
                    }
                }
            }
            choice.Finish();
        }
    }
}
