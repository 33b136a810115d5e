using System.Text;
using Lintel.Design;
using Lintel.Events.Parquet;
using Lintel.Pipeline.Live.Quotes;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>One part of answered asks in Parquet: which row of the file it is, how it is named, its keys and its time, and what is promised.</summary>
internal static class AskPart
{
    public const string Row = "row", Id = "id", About = "about", Time = "time", Promise = "promise", Estimate = "estimate";

    /// <param name="first">Rows of the file before the part's first.</param>
    public static void Write(string path, int first, QuoteRequest quote)
    {
        var (design, answer) = (quote.Version.Design.Decision.Each, quote.Version.Estimate!);
        var count = quote.Count;
        var rows = new long[count];
        var (ids, subjects) = (new string?[count], new string?[count]);
        for (var i = 0; i < count; i++)
        {
            rows[i] = first + i + 1;
            ids[i] = TextOf(quote.Id(i));
            subjects[i] = TextOf(quote[i].HasSubject ? default : quote[i].Record.Subject);
        }
        ParquetFiles.Write(
            path,
            [
                new ParquetColumn.Whole(Row, rows),
                new ParquetColumn.Text(Id, ids),
                .. design.About is null ? Array.Empty<ParquetColumn>() : [new ParquetColumn.Text(About, subjects)],
                .. Keys(design).Select(k => new ParquetColumn.Text(k.Name, Keys(quote, k.Index))),
                // time is the first column of every event
                new ParquetColumn.Instant(Time, Array.ConvertAll(Column(quote, 0), static t => (long)t)),
                new ParquetColumn.Number(Promise, Column(quote, answer.Promise)),
                new ParquetColumn.Number(Estimate, Column(quote, answer.Estimate)),
                .. answer.Quantiles.Select(q => new ParquetColumn.Number(Encoding.UTF8.GetString(q.Text), Column(quote, q.Register))),
            ]);
    }

    /// <exception cref="InvalidDataException">A key has the name of a column that is written of every ask.</exception>
    public static void ThrowIfNamesCollide(SystemVersion version)
    {
        var design = version.Design.Decision.Each;
        foreach (var (_, name) in Keys(design))
        {
            if (name is Row or Promise or Estimate)
            {
                throw new InvalidDataException(
                    $"{design.At}: key '{name}' of event '{design.Name}' has a name that a batch's own column has ({Row}, {Promise}, {Estimate}); rename the "
                    + "key in the design and train again.");
            }
        }
    }

    private static IEnumerable<(int Index, string Name)> Keys(EventDesign design) => design.Columns.Take(design.InheritedFrom).Index()
        .Where(static c => c.Item.Kind == ColumnKind.Key).Select(static c => (c.Index, c.Item.Name));

    private static string?[] Keys(QuoteRequest quote, int column)
    {
        var texts = new string?[quote.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            var record = quote[i].Record;
            foreach (var text in record.Texts)
            {
                if (text.Column == column) { texts[i] = TextOf(record.Bytes(text.Text)); }
            }
        }
        return texts;
    }

    private static double[] Column(QuoteRequest quote, int register)
    {
        var values = new double[quote.Count];
        for (var i = 0; i < values.Length; i++) { values[i] = quote.Registers(i)[register]; }
        return values;
    }

    private static string? TextOf(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
