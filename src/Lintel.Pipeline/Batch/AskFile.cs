using System.Globalization;
using System.Security.Cryptography;
using Lintel.Design;
using Lintel.Events.Sources;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;

namespace Lintel.Pipeline.Batch;

/// <summary>The file of a nightly batch: each row is an ask as <c>POST /v1/quote</c> takes it. CSV and Parquet name their columns as requests
/// or as the design's source does; <c>about.FIELD</c> describes what an ask is about where nothing is known of it yet.</summary>
internal sealed class AskFile
{
    /// <summary>Faults that are told; the others are counted.</summary>
    private const int Told = 20;

    private readonly string _path;
    private readonly EventDesign _decided;

    /// <exception cref="IOException">It cannot be read.</exception>
    internal AskFile(string path, EventDesign decided)
    {
        (_path, _decided) = (path, decided);
        using var file = File.OpenRead(path);
        Hash = Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>SHA-256 of its bytes, in hex.</summary>
    public string Hash { get; }

    /// <summary>Asks, by <see cref="Check"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Reads every ask once, as it will be answered: a batch that begins has no row that it cannot answer.</summary>
    /// <exception cref="InvalidDataException">Rows are faulty, each with row, column and cure; or there is none.</exception>
    public void Check(Served served)
    {
        var (quote, faults, count) = (new QuoteRequest(), new List<string>(), 0L);
        foreach (var row in Rows(faults))
        {
            Count++;
            quote.Begin(served);
            QuoteReader.ReadRow(row, quote, Count);
            if (quote.Faults.Count == 0 && Quoting.IsUnknown(quote[0], served.State))
            {
                quote.Faults.Add(Quoting.UnknownSubject(quote[0], "/about") with { Line = Count });
            }
            count += quote.Faults.Count;
            foreach (var fault in quote.Faults)
            {
                if (faults.Count < Told) { faults.Add(Text(fault)); }
            }
        }
        count = Math.Max(count, faults.Count);
        if (count > 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{_path}: {count:N0} fault{(count == 1 ? "" : "s")}, nothing was made:\n{string.Join('\n', faults)}{(count > faults.Count ? "\n…" : "")}"));
        }
        if (Count == 0) { throw new InvalidDataException($"{_path}: holds no ask; expected a row of '{_decided.Name}' for each promise to make."); }
    }

    /// <summary>Rows of some parts, part by part.</summary>
    /// <exception cref="InvalidDataException">The file changed while it was read.</exception>
    public IEnumerable<BatchJob> Jobs(IReadOnlyList<int> parts)
    {
        var wanted = parts.ToHashSet();
        var (rows, row) = (new List<byte[]>(), 0);
        foreach (var json in Rows([]))
        {
            var part = row++ / BatchRun.PerPart;
            if (row > Count) { break; }
            if (!wanted.Contains(part)) { continue; }
            rows.Add(json);
            if (row % BatchRun.PerPart != 0 && row != Count) { continue; }
            yield return new(part, rows);
            rows = [];
        }
        if (row != Count) { throw new InvalidDataException($"{_path}: changed while it was read; run lintel batch again."); }
    }

    private IEnumerable<byte[]> Rows(List<string> faults)
    {
        using var file = new RequestLines(_path, _decided, describesSubjects: true);
        foreach (var row in file.Read()) { yield return row; }
        foreach (var (line, reason) in file.Rejected) { faults.Add($"line {line}: {reason}; write the row as the header says"); }
    }

    private static string Text(RequestFault fault) =>
        $"row {fault.Line}{(fault.Pointer.Length > 0 ? $", column '{fault.Pointer[1..].Replace('/', '.')}'" : "")}: {fault.What}, got {fault.Got}, expected "
        + $"{fault.Expected}; {fault.Fix}";
}
