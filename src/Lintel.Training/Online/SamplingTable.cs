namespace Lintel.Training.Online;

/// <summary>One way to meet rare positives, judged on rows that were not sampled.</summary>
/// <param name="Way">e.g. <c>negatives 10 %</c>; what was done to the rows is taken off the log-odds again.</param>
/// <param name="Rows">That were learned from.</param> <param name="Seconds">Of the fit.</param>
public sealed record SamplingWay(string Way, int Rows, int Positives, double Seconds, LearnedFigures Figures);

/// <param name="NotOffered">Ways that the model's kind does not offer, each with the reason.</param>
/// <param name="TestDays">Days that judge, from the first of test on.</param>
public sealed record SamplingTable(
    string System, string Model, string Kind, int TrainRows, int TestRows, int TestPositives, int TestDays, IReadOnlyList<SamplingWay> Ways,
    IReadOnlyList<string> NotOffered);
