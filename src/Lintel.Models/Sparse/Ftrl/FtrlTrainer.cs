using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models.Sparse.Encoding;

namespace Lintel.Models.Sparse.Ftrl;

/// <summary>Kind <c>ftrl</c>: logistic regression over ids and cut numbers, which learns row by row.</summary>
/// <remarks>A fit counts the ids first, so that a frequent one has its weight from its first row; numbers are cut at quantiles; the
/// intercept starts at the base rate. Then rows are learned in order. What it knows of each value is a count of evidence, so a model
/// can say how sure it is. A class weight w multiplies the odds that are learned by w, so ln w is taken off the margin. One thread.</remarks>
public sealed class FtrlTrainer : IOnlineTrainer
{
    /// <summary>Rows between two looks at cancellation.</summary>
    private const int Chunk = 8_192;

    public Kind Kind { get; } = new(KindFamily.Model, "ftrl", typeof(FtrlParameters),
        "Logistic regression over ids and binned numbers that learns row by row (FTRL-Proximal); knows how sure it is.")
    {
        ReadsIds = true,
        LearnsOnline = true,
        KnowsVariance = true,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (FtrlParameters)parameters;
        TrainingChecks.CheckRows(Kind.Name, rows, readsIds: true);
        TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        var state = Counted(settings, rows, context.Cancellation);
        Learn(state, rows, settings.Epochs, context);
        return new FtrlModel(state);
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => new FtrlModel(((FtrlModel)model).State.WithOffset(offset));

    public IModel Read(BinaryReader reader) => new FtrlModel(FtrlState.Read(reader));

    /// <inheritdoc/>
    public IOnlineLearner Start(object parameters, FeatureShape[] shapes, ulong seed)
    {
        var settings = (FtrlParameters)parameters;
        var grid = NumberCuts.Grid();
        return new FtrlLearner(FtrlState.Empty(FtrlRates.Of(settings), Map(settings, shapes, _ => grid)));
    }

    public IOnlineLearner Resume(IModel model) => new FtrlLearner(((FtrlModel)model).State.Copy());

    public IOnlineLearner ReadLearner(BinaryReader reader) => new FtrlLearner(FtrlState.Read(reader));

    /// <summary>Learns rows that were counted before.</summary>
    internal void Learn(FtrlState state, TrainingRows rows, int epochs, FitContext context)
    {
        state.Counts = false;
        EpochRuns.Learn(new FtrlLearner(state), rows, epochs, Chunk, context);
        state.Counts = true;
    }

    /// <summary>What a fit starts from: cuts, frequent ids opened, the intercept at the base rate.</summary>
    internal FtrlState Counted(FtrlParameters settings, TrainingRows rows, CancellationToken cancellation)
    {
        var shapes = rows.Shapes ?? new FeatureShape[rows.FeatureCount];
        var all = rows.Population ?? rows.Features;
        var map = Map(settings, shapes, c => NumberCuts.Fit(all, rows.FeatureCount, c, settings.Bins));
        var state = FtrlState.Empty(FtrlRates.Of(settings), map);
        var places = new int[rows.FeatureCount];
        var counts = shapes.Any(static s => s.IsId);
        for (var i = 0; counts && rows.Population is not null && i < all.Length; i += rows.FeatureCount)
        {
            if (i / rows.FeatureCount % Chunk == 0) { cancellation.ThrowIfCancellationRequested(); }
            map.Encode(all.AsSpan(i, rows.FeatureCount), places);
            foreach (var place in places) { state.Count(place); }
        }
        counts &= rows.Population is null;
        double positive = 0, negative = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % Chunk == 0) { cancellation.ThrowIfCancellationRequested(); }
            var weight = rows.Weights?[i] ?? 1;
            if (weight == 0) { continue; }
            if (rows.Labels[i] == 1) { positive += weight * settings.ClassWeight; }
            else { negative += weight; }
            if (!counts) { continue; }
            map.Encode(rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount), places);
            foreach (var place in places) { state.Count(place); }
        }
        state.Begin(0, Math.Log(positive / negative), 0);
        return state;
    }

    private PlaceMap Map(FtrlParameters settings, FeatureShape[] shapes, Func<int, NumberCuts> cuts)
    {
        try { return new(shapes, [.. shapes.Select((s, c) => s.IsId ? null : cuts(c))], settings.Bits); }
        catch (InvalidDataException e) { throw new FitException($"{Kind.Name}: {e.Message}"); }
    }
}
