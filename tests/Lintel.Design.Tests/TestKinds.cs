using Lintel.Design.Kinds;

namespace Lintel.Design.Tests;

/// <summary>Kinds like those that the rooms above register.</summary>
internal static class TestKinds
{
    private static readonly Kind[] Plain =
    [
        new(KindFamily.Model, "xgboost", typeof(Boosted), "Gradient boosted trees.")
        {
            For = DecisionUse.All,
            RegressionDefaults = System.Collections.Immutable.ImmutableDictionary<string, object>.Empty.Add("loss", "squared"),
            AtQuantile = static (parameters, level) => (Boosted)parameters with { Loss = "quantile", Level = level },
            Fault = static (parameters, decides) => decides == DecisionKind.Regression && ((Boosted)parameters).Loss == "logistic"
                ? ("loss 'logistic' learns no value", "squared | quantile") : null,
        },
        new(KindFamily.Model, "median", typeof(NoParameters), "The usual value.") { For = DecisionUse.Regression, ReadsIds = true, ReadsInOrder = true },
        new(KindFamily.Combiner, "ordered", typeof(Order), "One place of other models' scores, sorted.") { For = DecisionUse.All },
        new(KindFamily.Metric, "mae", typeof(NoParameters), "Mean absolute error.") { For = DecisionUse.Regression },
        new(KindFamily.Metric, "coverage", typeof(NoParameters), "Share within the range.") { For = DecisionUse.Regression },
        new(KindFamily.Model, "isolation-forest", typeof(Forest), "How few random cuts set a row apart."),
        new(KindFamily.Combiner, "stack", typeof(NoParameters), "A logistic regression over other models' scores."),
        new(KindFamily.Calibrator, "isotonic", typeof(NoParameters), "The non-decreasing step function nearest to the outcomes."),
        new(KindFamily.Metric, "average-precision", typeof(NoParameters), "Mean precision over the recalls."),
        new(KindFamily.Metric, "auc", typeof(NoParameters), "Area under the ROC curve."),
        new(KindFamily.Metric, "key-precision", typeof(NoParameters), "Precision of the keys with the highest scores, by day."),
        new(KindFamily.Metric, "precision", typeof(NoParameters), "Precision of the highest scores, by day."),
        new(KindFamily.Metric, "recall", typeof(NoParameters), "Recall at an alert rate."),
        new(KindFamily.Metric, "cost", typeof(NoParameters), "Mean cost of a decision."),
    ];

    public static readonly KindRegistry All = new(Plain);

    public sealed record Boosted
    {
        [Parameter("Number of trees.", Min = 1, Max = 10_000)]
        public int Trees { get; init; } = 100;

        [Parameter("Deepest path.", Min = 1, Max = 30)]
        public int Depth { get; init; } = 6;

        [Parameter("Shrinkage of each tree.", Min = 0.0001, Max = 1)]
        public double LearningRate { get; init; } = 0.3;

        [Parameter("Smallest sum of hessians in a leaf.", Min = 0)]
        public double MinChildWeight { get; init; } = 1;

        [Parameter("Share of the rows that each tree sees.", Share = true, Min = 0.01, Max = 1)]
        public double Rows { get; init; } = 1;

        [Parameter("Loss.", OneOf = ["logistic", "squared", "quantile"])]
        public string Loss { get; init; } = "logistic";

        public double? Level { get; init; }

        [Parameter("How the candidates of a cut are found.", OneOf = ["exact", "hist"])]
        public string Method { get; init; } = "hist";

        [Parameter("Stop when the validation metric has not improved for this many trees.", Min = 1)]
        public int? EarlyStopping { get; init; }

        [Parameter("Keep at most this much history.")]
        public TimeSpan Memory { get; init; } = TimeSpan.FromDays(30);

        [Parameter("Whether trees may be pruned.")]
        public bool Prune { get; init; }
    }

    public sealed record Order
    {
        [Parameter("Which place.", Min = 0, Max = 99)]
        public int Place { get; init; }
    }

    public sealed record Forest
    {
        [Parameter("Number of trees.", Min = 1, Max = 10_000)]
        public int Trees { get; init; } = 100;
    }
}
