using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models.Sparse.Encoding;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Kind <c>dcn</c>: a network with cross layers (DCN-v2) over ids and scaled numbers, which learns in small batches.</summary>
/// <remarks>A fit counts the ids and scales the numbers first, starts at the base rate, and then learns rows in order. A class weight w
/// multiplies the odds that are learned by w, so ln w is taken off the margin. The result does not depend on threads.</remarks>
public sealed class DcnTrainer : IOnlineTrainer
{
    /// <summary>Rows between two looks at cancellation.</summary>
    private const int Chunk = 2_048;

    public Kind Kind { get; } = new(KindFamily.Model, "dcn", typeof(DcnParameters),
        "Deep and cross network over ids and numbers: learns which columns matter together (DCN-v2).")
    {
        ReadsIds = true,
        LearnsOnline = true,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (DcnParameters)parameters;
        TrainingChecks.CheckRows(Kind.Name, rows, readsIds: true);
        TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        var shapes = rows.Shapes ?? new FeatureShape[rows.FeatureCount];
        var state = Begin(settings, shapes, c => NumberScale.Fit(rows.Population ?? rows.Features, rows.FeatureCount, c), context.Seed);
        Count(state, settings, rows, context.Cancellation);
        var learner = new DcnLearner(state, context.Threads) { Counts = false };
        EpochRuns.Learn(learner, rows, settings.Epochs, Chunk, context);
        learner.Flush();
        return new DcnModel(state);
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => new DcnModel(((DcnModel)model).State.WithOffset(offset));

    public IModel Read(BinaryReader reader) => new DcnModel(DcnState.Read(reader));

    /// <inheritdoc/>
    public IOnlineLearner Start(object parameters, FeatureShape[] shapes, ulong seed) =>
        new DcnLearner(Begin((DcnParameters)parameters, shapes, static _ => NumberScale.Begun, seed));

    public IOnlineLearner Resume(IModel model) => new DcnLearner(((DcnModel)model).State.Copy());

    public IOnlineLearner ReadLearner(BinaryReader reader) => DcnLearner.Read(reader);

    private DcnState Begin(DcnParameters settings, FeatureShape[] shapes, Func<int, NumberScale> scale, ulong seed)
    {
        try { return DcnState.Begin(settings, new(shapes, new NumberCuts?[shapes.Length], settings.Bits), scale, seed); }
        catch (InvalidDataException e) { throw new FitException($"{Kind.Name}: {e.Message}"); }
    }

    /// <summary>Opens the places of frequent ids, and sets the intercept to the base rate.</summary>
    private static void Count(DcnState state, DcnParameters settings, TrainingRows rows, CancellationToken cancellation)
    {
        var places = new int[rows.FeatureCount];
        double positive = 0, negative = 0;
        for (var i = 0; i < rows.Population?.Length; i += rows.FeatureCount)
        {
            if (i / rows.FeatureCount % Chunk == 0) { cancellation.ThrowIfCancellationRequested(); }
            state.Map.Encode(rows.Population.AsSpan(i, rows.FeatureCount), places);
            foreach (var c in state.IdColumns) { state.Embeddings.Count(places[c]); }
        }
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % Chunk == 0) { cancellation.ThrowIfCancellationRequested(); }
            var weight = rows.Weights?[i] ?? 1;
            if (weight == 0) { continue; }
            if (rows.Labels[i] == 1) { positive += weight * settings.ClassWeight; }
            else { negative += weight; }
            if (rows.Population is not null) { continue; }
            state.Map.Encode(rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount), places);
            foreach (var c in state.IdColumns) { state.Embeddings.Count(places[c]); }
        }
        state.Weights[state.Shape.Intercept] = (float)Math.Log(positive / negative);
    }
}
