using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models.Texts;

namespace Lintel.Models;

/// <summary>What a model's score means.</summary>
public enum ScoreScale
{
    /// <summary>Log-odds on the natural population.</summary>
    LogOdds,
    /// <summary>A measure that is larger for stranger rows, additive over the model's parts; no probability.</summary>
    Novelty,
    /// <summary>A value in the label's unit.</summary>
    Value,
}

/// <summary>A fitted model of features: immutable and safe for many threads. Its score for one row and for the same row in a
/// batch is the same to the bit, on any vector width.</summary>
public interface IModel
{
    /// <summary>Number of features it reads, in the order it was fitted with.</summary>
    int FeatureCount { get; }

    ScoreScale Scale { get; }

    /// <summary>Margins of rows.</summary>
    /// <param name="rows">Row-major, [n, FeatureCount]; missing is NaN.</param> <param name="margins">[n], all written.</param>
    void Score(ReadOnlySpan<float> rows, Span<double> margins);

    /// <summary>What each feature adds to one row's margin; with the returned base value they sum to the margin within 1e-9.</summary>
    /// <param name="row">[FeatureCount].</param> <param name="contributions">[FeatureCount], overwritten.</param>
    double Explain(ReadOnlySpan<float> row, Span<double> contributions);

    /// <summary>Writes the payload; the version folder wraps it in a <see cref="Lintel.Events.Log.SealedFile"/>.</summary>
    void Write(BinaryWriter writer);
}

/// <summary>A model that knows how sure it is of a margin.</summary>
public interface IUncertainModel : IModel
{
    /// <summary>Variance of a row's margin under the model's own posterior, in squared log-odds; it falls as rows with the same
    /// values are learned.</summary>
    /// <param name="row">[FeatureCount]; missing is NaN.</param>
    double Variance(ReadOnlySpan<float> row);
}

/// <summary>A model of other models' scores, e.g. a stack. Immutable and safe for many threads.</summary>
public interface ICombiner
{
    int InputCount { get; }

    ScoreScale Scale { get; }

    /// <param name="margins">One row of its inputs' margins, [InputCount].</param>
    double Score(ReadOnlySpan<double> margins);

    /// <summary>Weight of each input at this row, so that base + Σ weight·margin is the score.</summary>
    double Explain(ReadOnlySpan<double> margins, Span<double> weights);

    void Write(BinaryWriter writer);
}

/// <summary>Turns a margin into a probability; non-decreasing.</summary>
public interface ICalibrator
{
    double Probability(double margin);

    void Write(BinaryWriter writer);
}

/// <summary>Rows to fit on.</summary>
public sealed class TrainingRows
{
    /// <summary>Row-major, [Count, FeatureCount]; missing is NaN.</summary>
    public required float[] Features { get; init; }

    public required int FeatureCount { get; init; }

    /// <summary>[rows, FeatureCount]: what these rows were drawn from, or repeated; null: they are all there is.</summary>
    /// <remarks>Encoders count ids, cut and scale numbers on these: by the drawn rows an id would have a weight of its own because it
    /// was clicked, and that it has one would give the click away.</remarks>
    public float[]? Population { get; init; }

    /// <summary>[FeatureCount]: which columns hold ids; null: all are numbers.</summary>
    public FeatureShape[]? Shapes { get; init; }

    /// <summary>What the codes of columns of texts stand for; null: no column is one.</summary>
    public ITextSource? Texts { get; init; }

    /// <summary>[Count]; 0 or 1 for classification, grades for a ranking loss, any finite number for a value.</summary>
    public required float[] Labels { get; init; }

    /// <summary>[Count]; null: all 1.</summary>
    public float[]? Weights { get; init; }

    /// <summary>Sizes of consecutive rows that are compared with each other: the candidates of one request; null: there are none.</summary>
    public int[]? Groups { get; init; }

    public int Count => Labels.Length;
}

/// <summary>What fitting may use besides its rows; all of it is an argument so that a fit repeats to the byte.</summary>
/// <param name="Threads">1 or more; the result does not depend on it.</param>
/// <param name="Progress">Share done, 0 to 1.</param>
public sealed record FitContext(ulong Seed, int Threads, IProgress<double>? Progress, CancellationToken Cancellation);

/// <summary>Fits models of one kind from one checked parameter record.</summary>
public interface ITrainer
{
    Kind Kind { get; }

    /// <summary>Whether it learns from columns of ids; a kind that does not refuses rows that have one.</summary>
    bool ReadsIds => Kind.ReadsIds;

    /// <summary>Fits. The margin is that of the rows given: sampling and class weights of the kind's own are already undone;
    /// the caller's negative sampling is corrected by <see cref="WithOffset"/>.</summary>
    IModel Fit(object parameters, TrainingRows rows, FitContext context);

    /// <summary>Fits one model for each stage that early stopping may choose from, and scores held-out rows after each stage: used on
    /// forward-chained folds; kinds without stages return null.</summary>
    /// <returns>Margins of the held-out rows, [stages][rows], of the same scale as <see cref="IModel.Score"/>.</returns>
    IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context);

    /// <summary>The parameters with the number of stages that early stopping chose.</summary>
    object WithStages(object parameters, int stages);

    /// <summary>Rounds without a better out-of-fold score after which fitting stops; null: the kind does not stop early, or the
    /// design did not ask for it.</summary>
    int? Patience(object parameters);

    /// <summary>What early stopping chooses the number of stages by: the objective's own loss of held-out margins, summed over rows.</summary>
    /// <param name="offset">Added to each margin.</param> <param name="labels">[n]; NaN: not known, does not count.</param>
    /// <param name="weights">[n]; empty: all 1.</param>
    double HeldOutLoss(
        object parameters, ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) =>
        Losses.Log(margins, offset, labels, weights);

    /// <summary>Whether the loss compares rows of one group, so that the rows must have <see cref="TrainingRows.Groups"/>; its
    /// scores order a group's rows and mean nothing else.</summary>
    bool Ranks(object parameters) => false;

    /// <summary>The same model with a constant added to its margin: how the ledger corrects for sampled negatives.</summary>
    IModel WithOffset(IModel model, double offset);

    IModel Read(BinaryReader reader);
}

/// <summary>Fits combiners of one kind.</summary>
public interface ICombinerTrainer
{
    Kind Kind { get; }

    /// <param name="margins">Out-of-fold scores, row-major [n, inputCount].</param> <param name="labels">[n].</param>
    ICombiner Fit(object parameters, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales,
        FitContext context);

    ICombiner Read(BinaryReader reader);
}

/// <summary>Fits calibrators of one kind.</summary>
public interface ICalibratorTrainer
{
    Kind Kind { get; }

    /// <param name="weights">Inverse propensities, at least 0; empty: all 1. A row of weight 0 does not count.</param>
    ICalibrator Fit(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, ReadOnlySpan<double> weights = default);

    ICalibrator Read(BinaryReader reader);
}
