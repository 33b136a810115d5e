namespace Lintel.Training.Online;

/// <summary>One way to keep a model up to date, judged on the test rows.</summary>
/// <param name="Way"><c>fitted once</c>, <c>retrained 1d</c>, <c>online 5m</c>, …</param>
/// <param name="PublishMinutes">Time between two models that serve; null: the first stays.</param>
/// <param name="Wait">How it waits for labels; null: it does not learn online.</param>
/// <param name="Seconds">Learning, refits and predictions of the whole test period.</param>
public sealed record LearningWay(
    string Way, double? PublishMinutes, LabelWait? Wait, LearnedFigures Figures, IReadOnlyList<LearnedDay> Days, double Seconds);

/// <summary>How much a model loses with its age.</summary>
/// <param name="Age">Days since the end of train.</param>
/// <param name="Static">Normalised entropy of the model that was fitted once.</param>
/// <param name="Fresh">That of the freshest one.</param>
/// <param name="Loss">Static / fresh − 1.</param>
public sealed record FreshnessPoint(string Day, int Age, double Static, double Fresh, double Loss);

/// <summary>What a model costs and what it brings.</summary>
/// <param name="LearnsOnline">False: it is fitted anew or stays.</param>
/// <param name="RowMicroseconds">Median time of one row's score.</param>
/// <param name="PageMicroseconds">Median time of 200 rows' scores.</param>
/// <param name="FitSeconds">Of one fit on train.</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="KeptNegatives">Share of the negatives that it learns from.</param>
/// <param name="Freshness">By day; empty: it has no fresher self.</param>
public sealed record ModelTradeoff(
    string Name, string Kind, bool LearnsOnline, double RowMicroseconds, double PageMicroseconds, double FitSeconds, int FitRows, long Bytes,
    double KeptNegatives, IReadOnlyList<LearningWay> Ways, IReadOnlyList<FreshnessPoint> Freshness)
{
    /// <summary>Rows of a page that is scored at once.</summary>
    public const int PageRows = 200;
}

/// <summary>What a design's models cost and bring, on the same test rows.</summary>
public sealed record Tradeoffs(
    string System, string TrainTo, string TestFrom, string TestTo, int TrainRows, int TestRows, int TestPositives,
    IReadOnlyList<ModelTradeoff> Models);
