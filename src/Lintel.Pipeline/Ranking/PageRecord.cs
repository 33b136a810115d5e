using Lintel.Events.Log;

namespace Lintel.Pipeline.Ranking;

/// <summary>What is kept of a page so that it can answer later: the items that were shown, as they stood, and of every other candidate
/// where it was lost.</summary>
public sealed class PageRecord
{
    /// <summary>Best first, rows of a page behind each other.</summary>
    public List<ShownItem> Shown { get; } = [];

    /// <summary>Candidates that are not shown, in the order in which sources offered them.</summary>
    public List<LostItem> Lost { get; } = [];

    /// <summary>Lines of the policy that could not be kept for want of candidates: bit by line.</summary>
    public ulong Infeasible { get; internal set; }

    /// <summary>A line of the policy set prices.</summary>
    public bool HasPrices => Shown.Exists(static s => !double.IsNaN(s.Price));

    internal void Clear()
    {
        Shown.Clear();
        Lost.Clear();
        Infeasible = 0;
    }

    internal void Write(PayloadWriter writer)
    {
        writer.Int64((long)Infeasible);
        writer.UInt16(Shown.Count);
        foreach (var item in Shown)
        {
            writer.Text(item.Item);
            writer.Double(item.Score);
            writer.Double(item.Propensity);
            writer.UInt16(item.Row + 1);
            WriteRanks(writer, item.Ranks);
            writer.UInt16(item.Features.Length);
            writer.Doubles(item.Features);
        }
        writer.UInt16(Lost.Count);
        foreach (var item in Lost)
        {
            writer.Text(item.Item);
            writer.Double(item.Score);
            writer.UInt16(item.Step + 1);
            WriteRanks(writer, item.Ranks);
        }
    }

    internal void Read(ref PayloadReader reader)
    {
        Clear();
        Infeasible = (ulong)reader.Int64();
        for (var count = reader.UInt16(); count > 0; count--)
        {
            var (item, score, propensity, row) = (reader.Text(), reader.Double(), reader.Double(), reader.UInt16() - 1);
            var ranks = ReadRanks(ref reader);
            var features = new double[reader.UInt16()];
            reader.Doubles(features);
            Shown.Add(new(item, score, propensity, row, ranks, features));
        }
        for (var count = reader.UInt16(); count > 0; count--)
        {
            var (item, score, step) = (reader.Text(), reader.Double(), reader.UInt16() - 1);
            Lost.Add(new(item, score, step, ReadRanks(ref reader)));
        }
    }

    /// <summary>Prices stand behind everything else of a record, which says whether there are any: pages without them are as they always
    /// were.</summary>
    internal void WritePrices(PayloadWriter writer)
    {
        foreach (var item in Shown) { writer.Double(item.Price); }
    }

    internal void ReadPrices(ref PayloadReader reader)
    {
        for (var i = 0; i < Shown.Count; i++) { Shown[i] = Shown[i] with { Price = reader.Double() }; }
    }

    private static void WriteRanks(PayloadWriter writer, int[] ranks)
    {
        writer.Byte((byte)ranks.Length);
        foreach (var rank in ranks) { writer.UInt16(rank); }
    }

    private static int[] ReadRanks(ref PayloadReader reader)
    {
        var ranks = new int[reader.Byte()];
        for (var s = 0; s < ranks.Length; s++) { ranks[s] = reader.UInt16(); }
        return ranks;
    }
}

/// <param name="Item">Its key.</param>
/// <param name="Score">What it was ordered by in the end.</param>
/// <param name="Propensity">With what probability it stood where it stood, 0 to 1; NaN: it cannot be computed.</param>
/// <param name="Row">Row of the page; −1: the page has none.</param>
/// <param name="Ranks">[sources], from 1; 0: not offered.</param>
/// <param name="Features">[features], as the models read them.</param>
public sealed record ShownItem(string Item, double Score, double Propensity, int Row, int[] Ranks, double[] Features)
{
    /// <summary>What a click on it costs; NaN: the policy sets no prices.</summary>
    public double Price { get; init; } = double.NaN;
}

/// <param name="Step">Line of the policy that removed it, from 0.</param>
public sealed record LostItem(string Item, double Score, int Step, int[] Ranks);
