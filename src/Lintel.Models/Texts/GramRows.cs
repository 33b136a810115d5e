namespace Lintel.Models.Texts;

/// <summary>The n-grams of rows to fit on, 4 bytes each: those of column c of row i stand from <c>Starts[i·columns + c]</c> on.</summary>
internal sealed class GramRows
{
    private GramRows(int[] starts, int[] ids, int columns) => (Starts, Ids, Columns) = (starts, ids, columns);

    public int[] Starts { get; }

    public int[] Ids { get; }

    public int Columns { get; }

    public int Count => (Starts.Length - 1) / Columns;

    /// <summary>Different n-grams of one text.</summary>
    public ReadOnlySpan<int> Of(int row, int column)
    {
        var at = (row * Columns) + column;
        return Ids.AsSpan(Starts[at], Starts[at + 1] - Starts[at]);
    }

    /// <summary>What each n-gram of a text counts: texts of any length have the length 1.</summary>
    public static double Scale(int grams) => grams == 0 ? 0 : 1 / Math.Sqrt(grams);

    /// <exception cref="FitException">There are more n-grams than an array holds.</exception>
    public static GramRows Read(string kind, TrainingRows rows, ITextSource texts, GramReader reader, CancellationToken cancellation)
    {
        var starts = new int[rows.Features.Length + 1];
        var ids = new int[(int)Math.Min(Array.MaxLength, 1_024 + (64L * rows.Features.Length))];
        var count = 0;
        for (var i = 0; i < rows.Features.Length; i++)
        {
            if (i % 8_192 == 0) { cancellation.ThrowIfCancellationRequested(); }
            var grams = reader.Read(texts, rows.Features[i], i % rows.FeatureCount);
            if (count > Array.MaxLength - grams.Length)
            {
                throw new FitException($"{kind}: {rows.Count:N0} rows have more than {Array.MaxLength:N0} n-grams; give it fewer rows, or fewer n-grams");
            }
            if (count + grams.Length > ids.Length) { Array.Resize(ref ids, (int)Math.Min(Array.MaxLength, Math.Max(2L * ids.Length, count + grams.Length))); }
            grams.CopyTo(ids.AsSpan(count));
            starts[i + 1] = count += grams.Length;
        }
        return new(starts, ids, rows.FeatureCount);
    }
}
