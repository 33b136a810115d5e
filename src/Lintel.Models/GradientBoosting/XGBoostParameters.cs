using Lintel.Design.Kinds;

namespace Lintel.Models.GradientBoosting;

/// <summary>Settings of kind <c>xgboost</c>. The names are ours; each summary gives the library's own.</summary>
public sealed record XGBoostParameters
{
    public const string Logistic = "logistic";
    public const string Focal = "focal";
    public const string Squared = "squared";
    public const string Absolute = "absolute";
    public const string Huber = "huber";
    public const string Quantile = "quantile";
    public const string LambdaRank = "lambdarank";
    public const string Pairwise = "pairwise";

    /// <summary>300: at the default learning rate enough for tabular data of up to millions of rows; early stopping finds fewer.</summary>
    [Parameter("Trees to fit, or the most that early stopping may take (num_boost_round).", Min = 1, Max = 100_000)]
    public int Trees { get; init; } = 300;

    /// <summary>4: interactions of up to four features; deeper trees need more positives than rare labels offer.</summary>
    [Parameter("Most splits between root and leaf (max_depth).", Min = 1, Max = 30)]
    public int Depth { get; init; } = 4;

    [Parameter("Share of each tree's step that is taken (eta).", Min = 1e-6, Max = 1)]
    public double LearningRate { get; init; } = 0.1;

    [Parameter("Share of the rows that each tree sees (subsample).", Min = 1e-6, Max = 1, Share = true)]
    public double Rows { get; init; } = 0.8;

    [Parameter("Share of the features that each tree sees (colsample_bytree).", Min = 1e-6, Max = 1, Share = true)]
    public double Columns { get; init; } = 0.8;

    [Parameter("Least sum of hessians in a leaf; for classification about rows times p(1 - p) (min_child_weight).", Min = 0)]
    public double MinChildWeight { get; init; } = 1;

    [Parameter("L2 penalty on leaf values (reg_lambda).", Min = 0)]
    public double Lambda { get; init; } = 1;

    [Parameter("L1 penalty on leaf values (reg_alpha).", Min = 0)]
    public double Alpha { get; init; }

    [Parameter("Least gain that a split must bring (gamma).", Min = 0)]
    public double Gamma { get; init; }

    /// <summary>1,024: on the Handbook's fraud data 256 loses 0.04 of average precision for a third of the time.</summary>
    [Parameter("Most histogram bins of a feature; fewer are faster and coarser (max_bin).", Min = 2, Max = 65_536)]
    public int Bins { get; init; } = 1_024;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds (scale_pos_weight).", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;

    /// <summary>A ranking loss compares rows of one request only; its score has no unit and is no probability. Of numbers the squared loss
    /// fits the mean, the absolute one the median, Huber's something between that a few absurd labels do not move.</summary>
    [Parameter("Loss: logistic for yes or no (of a regression: squared), focal for the same with the weight on rows that are judged badly, squared, absolute, huber or quantile for numbers, lambdarank or pairwise for the order within a request.",
        OneOf = [Logistic, Focal, Squared, Absolute, Huber, Quantile, LambdaRank, Pairwise])]
    public string Objective { get; init; } = Logistic;

    /// <summary>2: the paper's. The margins are then too near to 0 for log-odds: calibrate the decision's probability.</summary>
    [Parameter("Focal loss: how little a row counts that is judged well, its exponent gamma; 0: the logistic loss.", Min = 0, Max = 10)]
    public double Focus { get; init; } = 2;

    /// <summary>90 %: Friedman's.</summary>
    [Parameter("Huber loss: share of the residuals, the smallest, that count squared; the others count absolutely (alpha).", Min = 0.01, Max = 1, Share = true)]
    public double SquaredShare { get; init; } = 0.9;

    /// <summary>Which quantile of the label is fitted, 0 to 1; set for each of an entry's <c>quantiles</c>.</summary>
    public double? Level { get; init; }

    [Parameter("Trees without a better out-of-fold loss (nDCG@10 for a ranking loss) after which fitting stops; left out: all trees are fitted.", Min = 1, Max = 100_000)]
    public int? EarlyStop { get; init; }
}
