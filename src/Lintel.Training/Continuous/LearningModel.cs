using Lintel.Models;

namespace Lintel.Training.Continuous;

/// <summary>A learner in a model's place: it scores with what it knows now, so that a prediction takes the path of serving,
/// calibrators and combined models included.</summary>
internal sealed class LearningModel(IOnlineLearner learner) : IModel
{
    public int FeatureCount => learner.FeatureCount;

    public ScoreScale Scale => ScoreScale.LogOdds;

    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        for (var i = 0; i < margins.Length; i++) { margins[i] = learner.Predict(rows.Slice(i * FeatureCount, FeatureCount)); }
    }

    public double Explain(ReadOnlySpan<float> row, Span<double> contributions) =>
        learner.Snapshot().Explain(row, contributions);

    public void Write(BinaryWriter writer) => throw new NotSupportedException("a learner is written as what it knows now: its snapshot");
}
