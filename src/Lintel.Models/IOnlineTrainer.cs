using Lintel.Design;

namespace Lintel.Models;

/// <summary>Fits models that can go on learning. <see cref="ITrainer.Fit"/> is the same learner over the rows in their order, for as
/// many epochs as the parameters say, after it has seen which ids are frequent and where numbers lie.</summary>
public interface IOnlineTrainer : ITrainer
{
    /// <summary>A learner that knows nothing yet: an id gets weights of its own when it has come often enough, and numbers are placed
    /// on a grid that suits any unit, since no rows say where they lie.</summary>
    /// <param name="shapes">One for each column of the rows to come.</param> <param name="seed">Of the first weights, where there are any.</param>
    /// <exception cref="FitException">The shapes ask for more memory than a learner may take, or ids where only numbers are read.</exception>
    IOnlineLearner Start(object parameters, FeatureShape[] shapes, ulong seed);

    /// <summary>A learner that goes on from a model of this kind, which stays as it is. Its rows should be sampled as those were
    /// that the model was fitted on: an offset that corrects for sampling stays in its predictions.</summary>
    IOnlineLearner Resume(IModel model);

    /// <summary>Reads what <see cref="IOnlineLearner.Write"/> wrote; the learner goes on as if it had never stopped.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message says where.</exception>
    IOnlineLearner ReadLearner(BinaryReader reader);
}

/// <summary>A model that learns row by row. One thread at a time; the same rows in the same order give the same bits.</summary>
public interface IOnlineLearner
{
    int FeatureCount { get; }

    /// <summary>Rows learned with a weight above 0, those of its fit included.</summary>
    long RowCount { get; }

    /// <summary>The margin of a row, as <see cref="Snapshot"/> would score it.</summary>
    /// <param name="row">[FeatureCount]; missing is NaN. An id out of its range counts as one never seen.</param>
    double Predict(ReadOnlySpan<float> row);

    /// <summary>Learns one row.</summary>
    /// <param name="row">[FeatureCount]; missing is NaN.</param> <param name="label">0 or 1.</param>
    /// <param name="weight">0 or more: as many rows as this one counts for; a row of weight 0 leaves no trace.</param>
    /// <returns>The margin before it learned, which no label of this row had touched: what progressive validation judges.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or the weight is outside its range.</exception>
    double Learn(ReadOnlySpan<float> row, float label, float weight = 1);

    /// <summary>Learns rows in order, to the same bits as one by one, but faster.</summary>
    /// <param name="rows">Row-major, [n, FeatureCount].</param> <param name="labels">[n].</param>
    /// <param name="weights">[n], or empty: all 1.</param>
    /// <param name="margins">[n], what <see cref="Learn(ReadOnlySpan{float}, float, float)"/> returns; or empty: not wanted.</param>
    void Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> margins);

    /// <summary>What it knows now, as a model that does not change any more.</summary>
    IModel Snapshot();

    /// <summary>Writes everything that it needs to go on.</summary>
    void Write(BinaryWriter writer);
}
