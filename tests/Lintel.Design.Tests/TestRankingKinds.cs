using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Design.Tests;

/// <summary>Kinds of rankings, like those that the rooms above register.</summary>
internal static class TestRankingKinds
{
    public static readonly KindRegistry All = new(
    [
        new(KindFamily.Model, "xgboost", typeof(TestKinds.Boosted), "Gradient boosted trees."),
        new(KindFamily.RankingMetric, "ndcg", typeof(NoParameters), "Normalised discounted cumulative gain."),
        new(KindFamily.RankingMetric, "mrr", typeof(NoParameters), "Mean reciprocal rank."),
        new(KindFamily.Metric, "auc", typeof(NoParameters), "Area under the ROC curve."),
        new(KindFamily.CandidateSource, "als", typeof(Factors), "Implicit factorisation.") { Feed = FeedNeed.Needed },
        new(KindFamily.CandidateSource, "popular", typeof(NoParameters), "What occurred most often.") { Feed = FeedNeed.Windowed },
        new(KindFamily.CandidateSource, "newest", typeof(NoParameters), "What came last."),
        Step("take", "take {count}", typeof(Take)),
        Step("rank by", "rank by {value}", typeof(RankBy)),
        Step("drop if", "drop if {condition}", typeof(Test)),
        Step("drop seen", "drop seen {event} [over {window}]", typeof(Seen)),
        Step("at most", "at most {count} of {column} [in first {first}]", typeof(AtMost)),
        Step("at least", "at least {count} of {source}", typeof(AtLeast)),
        Step("at least if", "at least {count} if {condition} [in first {first}]", typeof(AtLeastIf)),
        Step("boost", "boost {factor} if {condition}", typeof(Boost)),
        Step("diversify", "diversify by {column} (mmr {lambda})", typeof(Diversify)),
        Step("explore", "explore {share} among {pool}", typeof(Explore)),
        Step("pin", "pin {item} [at {position}]", typeof(Pin)),
        Step("row if", "row {title} if {condition} take {count}", typeof(RowIf)),
        Step("sort", "sort {order}", typeof(Sort)),
    ]);

    private static Kind Step(string name, string sentence, Type slots) =>
        new(KindFamily.PolicyStep, name, slots, $"What '{name}' does.") { Sentence = sentence };

    public sealed record Factors
    {
        [Parameter("Length of a vector.", Min = 1, Max = 1_024)]
        public int Dimension { get; init; } = 64;
    }

    public sealed record Take
    {
        [Parameter("Places.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 10;
    }

    public sealed record RankBy
    {
        [Parameter("A number.")]
        public Expression? Value { get; init; }
    }

    public sealed record Test
    {
        [Parameter("A condition.")]
        public Expression? Condition { get; init; }
    }

    public sealed record Seen
    {
        [Parameter("An event.", Names = ParameterNames.Event)]
        public string Event { get; init; } = "";

        [Parameter("How long ago.")]
        public TimeSpan? Window { get; init; }
    }

    public sealed record AtMost
    {
        [Parameter("The most.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("What tells them apart.")]
        public StepColumn? Column { get; init; }

        [Parameter("Places.", Min = 1, Max = 1_000)]
        public int? First { get; init; }
    }

    public sealed record AtLeast
    {
        [Parameter("The least.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("A source.", Names = ParameterNames.Source)]
        public string Source { get; init; } = "";
    }

    public sealed record AtLeastIf
    {
        [Parameter("The least.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("A condition.")]
        public Expression? Condition { get; init; }

        [Parameter("Places.", Min = 1, Max = 1_000)]
        public int? First { get; init; }
    }

    public sealed record Boost
    {
        [Parameter("Factor.", Min = 1, Max = 100)]
        public double Factor { get; init; } = 1;

        [Parameter("A condition.")]
        public Expression? Condition { get; init; }
    }

    public sealed record Diversify
    {
        [Parameter("A column.")]
        public StepColumn? Column { get; init; }

        [Parameter("Weight.", Min = 0, Max = 1)]
        public double Lambda { get; init; } = 0.5;
    }

    public sealed record Explore
    {
        [Parameter("Share.", Share = true, Min = 0, Max = 1)]
        public double Share { get; init; } = 0.05;

        [Parameter("Pool.", Min = 1, Max = 1_000)]
        public int Pool { get; init; } = 50;
    }

    public sealed record Pin
    {
        [Parameter("A key.")]
        public string Item { get; init; } = "";

        [Parameter("Place.", Min = 1, Max = 1_000)]
        public int Position { get; init; } = 1;
    }

    public sealed record RowIf
    {
        [Parameter("A title.")]
        public string Title { get; init; } = "";

        [Parameter("A condition.")]
        public Expression? Condition { get; init; }

        [Parameter("Places.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 10;
    }

    public sealed record Sort
    {
        [Parameter("An order.", OneOf = ["up", "down"])]
        public string Order { get; init; } = "up";
    }
}
