using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>boost 1.1 if movie.year &gt;= year(time) - 1</c>.</summary>
internal sealed class Boost : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "boost", typeof(Slots),
        "Multiplies scores where a condition holds, and orders anew: the odds that a margin stands for, or the value " +
        "of `rank by`.")
    {
        Sentence = "boost {factor} if {condition}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new FactorStep(arguments.Condition(), arguments.Number("factor"));

    public sealed record Slots
    {
        [Parameter("1 changes nothing.", Min = 1, Max = 1_000)]
        public double Factor { get; init; } = 1;

        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }
    }
}

/// <summary>Multiplies the scores of those whom a test means by a factor above 0.</summary>
/// <remarks>A margin is the logarithm of odds, or of a ranker's worth (the odds with which one stands before another):
/// its odds are multiplied, margin + ln factor. A formula's value is multiplied itself; one below 0 is divided, so that
/// a boost never lowers.</remarks>
internal sealed class FactorStep(CandidateTest test, double factor) : IPageStep
{
    private readonly double _step = Math.Log(factor);

    public StepRole Role => StepRole.Rescores;

    public void Apply(Page page)
    {
        var changed = false;
        foreach (var candidate in page.Order)
        {
            if (!test.Holds(page.Registers(candidate))) { continue; }
            ref var score = ref page.Scores[candidate];
            score = page.HasMargins ? score + _step : score >= 0 ? score * factor : score / factor;
            changed = true;
        }
        if (changed) { page.Sort(); }
    }
}
