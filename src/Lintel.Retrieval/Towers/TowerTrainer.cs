using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Towers;

/// <summary>Kind <c>two-tower</c>: a user's vector from their latest items, an item's from its id and content, so that the next item's
/// lies near.</summary>
/// <remarks>Item: own vector + mean of its content's vectors, normalised; an item without interactions has its content alone. User: the
/// mean of the history's item vectors, weighted by a learnt gate over their places, then one hidden layer beside it, normalised. Fitted
/// to each next item by softmax over the items of its batch, with logQ correction (<see cref="TowerBatch"/>), by Adagrad. A fit
/// depends on its seed, not on threads. Source: Covington, Adams and Sargin, RecSys 2016; Yi et al., RecSys 2019.</remarks>
public sealed class TowerTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "two-tower", typeof(TowerParameters),
        "Nearest items to a user's vector: a small network over the latest items, their ids and their content.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    /// <summary>Off only to show what the correction is for.</summary>
    internal bool IsCorrected { get; init; } = true;

    /// <inheritdoc/>
    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var settings = (TowerParameters)parameters;
        var rows = new TowerExamples(examples, settings.History);
        if (rows.Count == 0)
        {
            throw new FitException($"{Kind.Name}: of {examples.Interactions.Length:N0} interactions none follows an earlier one of the same "
                + "user with another item; there is no next item to learn. Check `from:` and `where:`, or use popular or item-to-item.");
        }
        var isTrained = new bool[examples.ItemCount];
        foreach (var item in rows.Trained) { isTrained[item] = true; }
        var content = ItemContent.Read(examples, isTrained);
        var weights = TowerWeights.Drawn(
            examples.ItemCount, content.TokenCount, settings.Dimensions, settings.History, context.Seed);
        Fit(settings, rows, content, weights, context);
        return new TowerSource(weights, Vectors(weights, content, isTrained));
    }

    public ICandidateSource Read(BinaryReader reader) => TowerFormat.Read(reader);

    private void Fit(
        TowerParameters settings, TowerExamples rows, ItemContent content, TowerWeights weights, FitContext context)
    {
        var pass = new TowerPass(content, weights, (float)settings.Temperature, context.Threads);
        var adagrad = new Adagrad(weights, content, (float)settings.LearningRate);
        var batch = new TowerBatch(rows, weights.Items.Count, IsCorrected);
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            var order = rows.Shuffled(context.Seed, epoch);
            var random = new RandomStream(context.Seed, stream: 0x10_0000 + (ulong)epoch);
            for (var start = 0; start < order.Length; start += settings.Batch)
            {
                batch.Fill(order.AsSpan(start, Math.Min(settings.Batch, order.Length - start)), random);
                var loss = pass.Derive(batch, context.Cancellation);
                if (!double.IsFinite(loss))
                {
                    throw new FitException($"{Kind.Name}: the loss of epoch {epoch + 1} is {loss}: the fit diverged. Lower 'learning rate' "
                        + $"({settings.LearningRate}) or raise 'temperature' ({settings.Temperature}).");
                }
                adagrad.Step(batch, pass);
            }
            context.Progress?.Report((epoch + 1.0) / settings.Epochs);
        }
    }

    /// <summary>Vectors of all items before they are normalised: into the table of own vectors, which is not needed any more.</summary>
    private static bool[] Vectors(TowerWeights weights, ItemContent content, bool[] isTrained)
    {
        var has = new bool[isTrained.Length];
        Span<float> vector = new float[weights.Stride];
        for (var item = 0; item < has.Length; item++)
        {
            has[item] = isTrained[item] || !content.Of(item).IsEmpty;
            weights.Vector(item, content.Of(item), isTrained[item], vector);
            vector.CopyTo(weights.Items.Row(item));
        }
        return has;
    }
}
