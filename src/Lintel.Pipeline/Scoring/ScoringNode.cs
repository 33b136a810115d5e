using System.Collections.Immutable;
using Lintel.Models;

namespace Lintel.Pipeline.Scoring;

/// <summary>One model of a design, fitted: what it reads, and where its score goes. Exactly one of <see cref="Model"/> and
/// <see cref="Combiner"/> is there.</summary>
/// <param name="Features">Indices of the features it reads, in the order it was fitted with.</param>
/// <param name="Inputs">Indices of the nodes it combines.</param>
public sealed record ScoringNode(
    string Name,
    string Kind,
    IModel? Model,
    ICombiner? Combiner,
    ICalibrator? Calibrator,
    string? CalibratorKind,
    ImmutableArray<int> Features,
    ImmutableArray<int> Inputs)
{
    /// <summary>What the model learned the remainder of, and its score adds again; null: it learned the label itself.</summary>
    public ScoreBase? Base { get; init; }

    /// <summary>For a novelty model: where its scores stand among those of the rows it was fitted on.</summary>
    public NoveltyScale? Reference { get; init; }

    public ScoreScale Scale => Model?.Scale ?? Combiner!.Scale;

    /// <summary>Probability of a margin; missing for a score that is none.</summary>
    public double Probability(double margin) =>
        Calibrator is { } calibrator ? calibrator.Probability(margin)
        : Scale == ScoreScale.LogOdds ? 1 / (1 + Math.Exp(-margin))
        : Scale == ScoreScale.Value ? margin
        : double.NaN;
}
