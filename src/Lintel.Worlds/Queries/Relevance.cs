namespace Lintel.Worlds.Queries;

/// <summary>How relevant a document is to a query: the truth, in grades of 0 to 4.</summary>
/// <remarks><para>With s = 1 for the thing that is meant, 0.35 for one that may stand for it and 0 else, times 0.35 + 0.65 · the share of
/// what is asked that the document has, the grade is 3.2 s + s (0.7 quality − 0.4 price level + f · freshness + 0.25 e), rounded into 0 to 4:
/// quality and price are standard normal, freshness falls from 1 by half in 30 days before the world ends (f = 1 where what is new is
/// wanted, else 0.2), and e is a standard normal draw of the pair.</para><para>The gain of a grade is 2^grade − 1, and what a user finds
/// attractive is affine in it, so that clicks, once freed of position, rank as grades do.</para></remarks>
internal sealed class Relevance(QueriesOptions options, Document[] documents, Query[] queries)
{
    public const int HighestGrade = 4;

    private const double LeastAttractive = 0.03, MoreAttractive = 0.64;

    /// <summary>Documents that any query of a kin of things may find relevant.</summary>
    private readonly Document[][] _ofKin = [.. Enumerable.Range(0, ShopWords.Count / 3)
        .Select(kin => documents.Where(d => ShopWords.KinOf(d.Thing) == kin).ToArray())];

    public static double Gain(int grade) => (1 << grade) - 1;

    /// <summary>Chance that what is examined is clicked for what it is.</summary>
    public static double Attractive(int grade) => LeastAttractive + (MoreAttractive * Gain(grade) / Gain(HighestGrade));

    /// <summary>Chance that who clicked it is satisfied.</summary>
    public static double Satisfies(int grade) => 0.05 + (0.2 * grade);

    public int Grade(int query, int document)
    {
        var (q, d) = (queries[query], documents[document]);
        var kin = d.Thing == q.Thing ? 1 : ShopWords.KinOf(d.Thing) == ShopWords.KinOf(q.Thing) ? 0.35 : 0;
        if (kin == 0) { return 0; }
        var has = 0;
        if (q.Colour >= 0 && q.Colour == d.Colour) { has++; }
        if (q.Material >= 0 && q.Material == d.Material) { has++; }
        if (q.Feature >= 0 && q.Feature == d.Feature) { has++; }
        if (q.Size >= 0 && q.Size == d.Size) { has++; }
        if (q.Brand >= 0 && q.Brand == d.Brand) { has++; }
        var match = kin * (0.35 + (0.65 * (q.Asked == 0 ? 1 : (double)has / q.Asked)));
        var days = ((options.Days * 86_400L) - d.Published) / 86_400d;
        var taste = (0.7 * d.Quality) - (0.4 * d.PriceLevel) + ((q.WantsNew ? 1 : 0.2) * Math.Pow(0.5, days / 30)) + (0.25 * Own(query, document));
        return (int)Math.Clamp(Math.Round(match * (3.2 + taste)), 0, HighestGrade);
    }

    /// <summary>Documents of a grade above 0, the best first; of equal ones by id.</summary>
    public (int Document, int Grade)[] Judged(int query)
    {
        List<(int Document, int Grade)> judged = [];
        foreach (var document in _ofKin[ShopWords.KinOf(queries[query].Thing)])
        {
            if (Grade(query, document.Id) is > 0 and var grade) { judged.Add((document.Id, grade)); }
        }
        judged.Sort(static (a, b) => (b.Grade, a.Document).CompareTo((a.Grade, b.Document)));
        return [.. judged];
    }

    /// <summary>About standard normal, of the pair: the sum of four uniform draws.</summary>
    private double Own(int query, int document)
    {
        var bits = WorldStreams.Salt(options.Seed, QueryStreams.Match, query, document);
        var sum = 0d;
        for (var i = 0; i < 4; i++) { sum += (bits >> (16 * i) & 0xFFFF) / 65_536d; }
        return (sum - 2) * Math.Sqrt(3);
    }
}
