using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Sources;

/// <summary>Parameters of kind <c>newest</c>.</summary>
public sealed record NewestParameters
{
    [Parameter("A number or time of the catalogue that tells what is newer; default: when an item could first be had.")]
    public string By { get; init; } = "";
}

/// <summary>Kind <c>newest</c>: what could be had last, whoever asks: the way of an item that nobody knows yet.</summary>
public sealed class NewestTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "newest", typeof(NewestParameters),
        "The newest items of the catalogue: how those that nobody knows yet are found.");

    public SourceNeeds Needs => SourceNeeds.None;

    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var by = ((NewestParameters)parameters).By;
        var items = examples.Items;
        var field = by.Length == 0 ? -1 : items.Design.Find(by);
        if (by.Length > 0 && (field < 0 || items.Design.Fields[field].Type is not (Design.Expressions.DataType.Number or Design.Expressions.DataType.Time)))
        {
            throw new FitException($"catalogue '{items.Design.Name}' has no number or time '{by}'; it has "
                + $"{string.Join(", ", items.Design.Fields.Select(static f => f.Name))}");
        }
        int[] order = [.. Enumerable.Range(0, items.Count)
            .Where(i => items.From(i) < long.MaxValue && (field < 0 || !double.IsNaN(items.Value(field, i))))
            .OrderByDescending(i => field < 0 ? items.From(i) : items.Value(field, i)).ThenBy(static i => RandomStream.Mix((ulong)i + 1))];
        return new NewestSource(order);
    }

    public ICandidateSource Read(BinaryReader reader)
    {
        var order = new int[Payload.ReadCount(reader, "items", 0, 1 << 26, sizeof(int))];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = reader.ReadInt32();
            if (order[i] < 0) { throw new InvalidDataException($"place {i} holds item {order[i]}"); }
        }
        return new NewestSource(order);
    }
}

/// <param name="order">Items, the newest first.</param>
internal sealed class NewestSource(int[] order) : ICandidateSource
{
    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var count = 0;
        for (var place = 0; place < order.Length && count < best.Length; place++)
        {
            if (request.MayOffer(order[place])) { best[count++] = new(order[place], -place); }
        }
        return count;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(order.Length);
        foreach (var item in order) { writer.Write(item); }
    }
}
