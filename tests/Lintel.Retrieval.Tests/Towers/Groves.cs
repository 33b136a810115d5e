using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events.Catalogues;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Tests.Towers;

/// <summary>A synthetic shop: items of a few genres, users who like one genre most, popular items that are had more often.</summary>
internal sealed class Groves
{
    public const int Genres = 8;

    private Groves(SourceExamples examples, int[] genreOf, int[] tasteOf) => (Examples, GenreOf, TasteOf) = (examples, genreOf, tasteOf);

    public SourceExamples Examples { get; }

    public int[] GenreOf { get; }

    public int[] TasteOf { get; }

    /// <param name="cold">The last items, which nobody had yet.</param>
    /// <param name="skew">Item i of a genre is drawn with a share that falls with its number to this power.</param>
    public static Groves Grow(int users, int items, int each, int cold = 0, double skew = 0, double stray = 0.2, ulong seed = 1, bool content = true)
    {
        var random = new RandomStream(seed);
        int[] genreOf = [.. Enumerable.Range(0, items).Select(_ => random.NextInt32(Genres))];
        int[] tasteOf = [.. Enumerable.Range(0, users).Select(_ => random.NextInt32(Genres))];
        var weights = Enumerable.Range(0, items - cold).Select(i => Math.Pow(i + 1, -skew)).ToArray();
        var sums = Enumerable.Range(0, Genres).Select(g => Cumulated(weights, i => genreOf[i] == g)).ToArray();
        var all = Cumulated(weights, static _ => true);
        var interactions = new List<Interaction>();
        for (var turn = 0; turn < each; turn++)
        {
            for (var user = 0; user < users; user++)
            {
                var sum = random.NextDouble() < stray ? all : sums[tasteOf[user]];
                var at = Array.BinarySearch(sum, random.NextDouble() * sum[^1]);
                interactions.Add(new(user, at < 0 ? ~at : at + 1, (1_000L * turn) + (user % 500), 1));
            }
        }
        return new(
            new() { Interactions = [.. interactions], EntityCount = users, Items = Table(items, content ? genreOf : null), ItemCount = items },
            genreOf, tasteOf);
    }

    /// <summary>A question of a user with a history.</summary>
    public CandidateRequest Ask(params int[] history)
    {
        var request = new CandidateRequest { Now = long.MaxValue / 2, Entity = 0 };
        var told = request.SetHistory(history.Length);
        for (var i = 0; i < told.Length; i++) { told[i] = new(0, history[i], i, 1); }
        var offered = new byte[Examples.ItemCount];
        Array.Fill(offered, (byte)1);
        foreach (var item in history) { offered[item] = 0; }
        request.Offered = offered;
        return request;
    }

    private static double[] Cumulated(double[] weights, Func<int, bool> counts)
    {
        var sum = 0.0;
        return [.. weights.Select((weight, i) => sum += counts(i) ? weight : 0)];
    }

    /// <summary>Two fields: genres, a list of one member, and a title that no other item shares.</summary>
    private static CatalogueTable Table(int items, int[]? genreOf)
    {
        var at = new SourceSpan();
        var design = new CatalogueDesign
        {
            Name = "item",
            At = at,
            Source = "",
            Fields =
            [
                new("genres", ColumnKind.Field, DataType.List, "item.genres", null, null, 1, at),
                new("title", ColumnKind.Field, DataType.Text, "item.title", null, null, 1, at),
            ],
        };
        double[] codes = [.. Enumerable.Range(0, items).Select(static i => (double)i)];
        var none = new long[items];
        var never = new long[items];
        Array.Fill(never, long.MaxValue);
        return new(
            design, [codes, codes], [[.. Enumerable.Range(0, items + 1).Select(i => genreOf is null ? 0 : i)], null],
            [genreOf ?? [], null], none, never);
    }
}
