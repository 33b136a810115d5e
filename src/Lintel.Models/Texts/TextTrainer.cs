using Lintel.Design.Kinds;

namespace Lintel.Models.Texts;

/// <summary>Kind <c>text</c>: logistic regression over the n-grams of texts.</summary>
/// <remarks>A row holds a text's code; <see cref="TrainingRows.Texts"/> says what it stands for. Texts are normalised against evasion, each n-gram
/// counts once, and a text's length does not (<see cref="GramRows.Scale"/>). N-grams are scaled by <see cref="LogCountRatios"/> and weighed by
/// <see cref="DualCoordinates"/>. A class weight w multiplies the odds that are learned by w, so ln w is taken off the margin. A missing text
/// adds nothing.</remarks>
public sealed class TextTrainer : ITrainer
{
    public Kind Kind { get; } = new(KindFamily.Model, "text", typeof(TextParameters),
        "Logistic regression over the n-grams of texts, normalised against evasion.")
    {
        ReadsIds = true,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (TextParameters)parameters;
        if (settings.Shape.Fault is { } fault) { throw new FitException($"{Kind.Name}: {fault}"); }
        TrainingChecks.CheckRows(Kind.Name, rows, readsIds: true);
        TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        if (rows.Texts is not { } texts) { throw new FitException($"{Kind.Name}: the rows have no texts; name a text under 'uses'"); }
        if ((rows.Shapes is null ? 0 : Array.FindIndex(rows.Shapes, static s => !s.IsId)) is var number and >= 0)
        {
            throw new FitException($"{Kind.Name}: feature {number} is a number, and this kind reads texts. "
                + "Leave it out of 'uses', and put both scores into a stack.");
        }
        var grams = GramRows.Read(Kind.Name, rows, texts, new(settings.Shape), context.Cancellation);
        var squares = LogCountRatios.Squares(grams, rows.Labels, rows.Weights, settings);
        var bounds = new double[rows.Count];
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = (rows.Weights?[i] ?? 1) * (rows.Labels[i] == 1 ? settings.ClassWeight : 1) / settings.Penalty;
        }
        var fit = DualCoordinates.Fit(grams, squares, rows.Labels, bounds, settings.Passes, context);
        return new TextModel(settings.Shape, rows.FeatureCount, fit.Weights(), fit.Intercept - Math.Log(settings.ClassWeight), texts);
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => ((TextModel)model).WithOffset(offset);

    /// <summary>A model that has to be told whose codes it reads (<see cref="ITextReader.Reading"/>).</summary>
    public IModel Read(BinaryReader reader) => TextModel.Read(reader);
}
