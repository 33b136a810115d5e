using System.Buffers;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Towers;

/// <summary>A fitted two-tower network: vectors of all items, and what makes a history a vector. Immutable and thread-safe; a request
/// allocates nothing once the pools are warm.</summary>
/// <remarks>Items stand in the scan in the order of a hash of their codes: of items with one vector (those without interactions and
/// with the same content) none comes first because of its place in a file.</remarks>
public sealed class TowerSource : ICandidateSource
{
    private readonly bool[] _has;
    private readonly int[] _codes;
    private readonly ExactScan _scan;

    /// <param name="weights">Its item table holds whole vectors, not normalised.</param>
    /// <param name="has">[items]: the item has a vector.</param>
    internal TowerSource(TowerWeights weights, bool[] has)
    {
        (Weights, _has) = (weights, has);
        _codes = [.. Enumerable.Range(0, has.Length).Where(item => has[item]).OrderBy(static item => RandomStream.Mix((ulong)item + 1))];
        var table = new FactorTable(_codes.Length, weights.Items.Factors);
        for (var row = 0; row < _codes.Length; row++)
        {
            weights.Items.Row(_codes[row]).CopyTo(table.Row(row));
            TowerLayers.Normalise(table.Row(row));
        }
        _scan = new(table);
    }

    internal TowerWeights Weights { get; }

    /// <summary>Whether an item has a vector: it had interactions, or content that others share.</summary>
    internal bool Has(int item) => (uint)item < (uint)_has.Length && _has[item];

    /// <inheritdoc/>
    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var floats = ArrayPool<float>.Shared.Rent((2 * Weights.Stride) + Weights.Hidden + Weights.Gate.Length);
        var marks = ArrayPool<byte>.Shared.Rent(_codes.Length);
        try
        {
            var user = floats.AsSpan(0, Weights.Stride);
            if (!User(request.History, user, floats.AsSpan(Weights.Stride))) { return 0; }
            var offered = marks.AsSpan(0, _codes.Length);
            var may = request.Offered.Span;
            for (var row = 0; row < offered.Length; row++) { offered[row] = _codes[row] < may.Length ? may[_codes[row]] : (byte)0; }
            var count = _scan.SearchOffered(user[..Weights.Items.Factors], offered, best);
            for (var i = 0; i < count; i++) { best[i] = best[i] with { Item = _codes[best[i].Item] }; }
            return count;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(marks);
        }
    }

    public void Write(BinaryWriter writer) => TowerFormat.Write(writer, Weights, _has);

    /// <summary>The vector of who has this history.</summary>
    /// <param name="scratch">[stride + hidden + places].</param>
    /// <returns>Whether something of it is known.</returns>
    private bool User(ReadOnlySpan<Interaction> history, Span<float> user, Span<float> scratch)
    {
        var mean = scratch[..Weights.Stride];
        var hidden = scratch.Slice(Weights.Stride, Weights.Hidden);
        var places = scratch.Slice(Weights.Stride + Weights.Hidden, Math.Min(Weights.Gate.Length, Known(history)));
        if (places.IsEmpty) { return false; }
        TowerLayers.Gate(Weights.Gate, places);
        mean.Clear();
        for (int i = history.Length - 1, place = 0; place < places.Length; i--)
        {
            if (Has(history[i].Item)) { RowKernel.Add(Weights.Items.Row(history[i].Item), places[place++], mean); }
        }
        TowerLayers.User(Weights, mean, 1, hidden, user);
        TowerLayers.Normalise(user);
        return true;
    }

    private int Known(ReadOnlySpan<Interaction> history)
    {
        var count = 0;
        foreach (var interaction in history) { count += Has(interaction.Item) ? 1 : 0; }
        return count;
    }
}
