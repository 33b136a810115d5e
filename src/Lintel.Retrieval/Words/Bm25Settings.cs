namespace Lintel.Retrieval.Words;

/// <summary>One text of a document, and what it counts.</summary>
/// <param name="Weight">Of one occurrence beside another field's; above 0.</param>
/// <param name="B">How far a long text counts less, 0 to 1.</param>
public readonly record struct WordField(string Name, double Weight = 1, double B = Bm25Settings.DefaultB);

/// <summary>How well a document answers the words of a query: BM25F over its fields.</summary>
/// <remarks><para>For a query of terms t with weights q, <c>score(d) = Σ_t q_t · idf(t) · x / (k1 + x)</c>, where
/// <c>x = Σ_f w_f · tf_f(t, d) / (1 − b_f + b_f · len_f(d) / avg_f)</c> and <c>idf(t) = ln(1 + (N − n_t + ½) / (n_t + ½))</c>: N documents, n_t of
/// which hold the term in any field; len counts a field's terms behind the analysis, to 65,535, and avg is its mean over the documents that have
/// some. With one field of weight 1 this is Lucene's BM25Similarity since version 8 (its idf, no constant factor k1 + 1) with exact lengths, where
/// Lucene's have one byte.</para>
/// <para>Source: Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, CIKM 2004; Robertson and Zaragoza, The
/// Probabilistic Relevance Framework, Foundations and Trends in IR 3(4), 2009, section 3.6 (lengths by field).</para></remarks>
public sealed class Bm25Settings
{
    /// <summary>As Lucene has them.</summary>
    public const double DefaultK1 = 1.2, DefaultB = 0.75;

    /// <summary>Most fields of an index.</summary>
    public const int MaxFields = 8;

    /// <param name="fields">1 to 8, each named once.</param> <param name="k1">How fast more occurrences stop counting; 0 or more.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or a name stands twice.</exception>
    public Bm25Settings(IReadOnlyList<WordField> fields, double k1 = DefaultK1)
    {
        if (fields.Count is < 1 or > MaxFields)
        {
            throw new ArgumentException($"bm25: {fields.Count} fields; expected 1 to {MaxFields}", nameof(fields));
        }
        if (!(k1 >= 0 && double.IsFinite(k1))) { throw new ArgumentException($"bm25: k1 is {k1}; expected 0 or more", nameof(k1)); }
        foreach (var (name, weight, b) in fields)
        {
            if (!(weight > 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"bm25: field '{name}' weighs {weight}; expected more than 0: leave out what does not count", nameof(fields));
            }
            if (!(b is >= 0 and <= 1)) { throw new ArgumentException($"bm25: b of field '{name}' is {b}; expected 0 to 1", nameof(fields)); }
            if (fields.Count(f => f.Name == name) > 1) { throw new ArgumentException($"bm25: field '{name}' is named twice", nameof(fields)); }
        }
        (Fields, K1) = ([.. fields], k1);
    }

    public IReadOnlyList<WordField> Fields { get; }

    public double K1 { get; }

    /// <summary>Whether both score alike.</summary>
    internal bool IsSame(Bm25Settings other) => K1.Equals(other.K1) && Fields.SequenceEqual(other.Fields);

    /// <summary>idf of a term in n of N documents.</summary>
    internal static double Idf(long documents, long withTerm) => Math.Log(1 + ((documents - withTerm + 0.5) / (withTerm + 0.5)));

    /// <summary>w / (1 − b + b · len / avg) for each length, [fields][longest + 1]; 0 for no text, which holds no term.</summary>
    /// <param name="averages">Mean lengths, [fields]; 0: no document has the field.</param>
    internal double[][] Norms(ReadOnlySpan<double> averages, ReadOnlySpan<int> longest)
    {
        var norms = new double[Fields.Count][];
        for (var f = 0; f < norms.Length; f++)
        {
            var (_, weight, b) = Fields[f];
            norms[f] = new double[longest[f] + 1];
            for (var length = 1; length < norms[f].Length; length++)
            {
                norms[f][length] = weight / (1 - b + (b * (averages[f] > 0 ? length / averages[f] : 1)));
            }
        }
        return norms;
    }
}
