using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Lintel.Events.Catalogues;

namespace Lintel.Events.Sources;

/// <summary>SHA-256 over every value in log order. Keys and texts enter as what they say, not as their codes, so that the same data
/// has the same fingerprint whatever the dictionaries held before.</summary>
internal static class HistoryFingerprint
{
    internal static string Of(
        IReadOnlyList<EventTable> tables, LogEntry[] order, CodeDictionaries dictionaries, IReadOnlyList<CatalogueTable> catalogues)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var renamed = new Dictionary<string, Renaming>(StringComparer.Ordinal);
        var renamings = tables.Select(t => t.Columns.Select((_, c) =>
        {
            if (t.Event.Columns[c].Domain is not { } domain) { return null; }
            if (!renamed.TryGetValue(domain, out var renaming)) { renamed.Add(domain, renaming = new(dictionaries[domain])); }
            return renaming;
        }).ToArray()).ToArray();
        var buffer = new double[8192];
        var length = 0;
        foreach (var entry in order)
        {
            var table = tables[entry.Type];
            if (length + table.Columns.Length + 3 > buffer.Length)
            {
                hash.AppendData(MemoryMarshal.AsBytes(buffer.AsSpan(0, length)));
                length = 0;
            }
            buffer[length++] = entry.Type;
            buffer[length++] = entry.Known;
            buffer[length++] = table.Subjects?[entry.Row] ?? -1;
            for (var c = 0; c < table.Columns.Length; c++)
            {
                var value = table.Columns[c][entry.Row];
                buffer[length++] = renamings[entry.Type][c] is { } renaming && !double.IsNaN(value)
                    ? renaming.Of((int)value)
                    : value;
            }
        }
        hash.AppendData(MemoryMarshal.AsBytes(buffer.AsSpan(0, length)));
        foreach (var renaming in renamed.OrderBy(static r => r.Key, StringComparer.Ordinal))
        {
            foreach (var text in renaming.Value.Texts) { hash.AppendData(Encoding.UTF8.GetBytes(text + "\n")); }
        }
        foreach (var catalogue in catalogues) { Append(hash, catalogue, dictionaries); }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // in the order of the keys: that of their codes is the files'
    private static void Append(IncrementalHash hash, CatalogueTable table, CodeDictionaries dictionaries)
    {
        var keys = dictionaries[table.Design.Name];
        using var row = new MemoryStream();
        using var writer = new BinaryWriter(row, Encoding.UTF8);
        writer.Write(table.Design.Name);
        foreach (var code in Enumerable.Range(0, table.Count).OrderBy(keys.Text, StringComparer.Ordinal))
        {
            writer.Write(keys.Text(code));
            writer.Write(table.From(code));
            writer.Write(table.Until(code));
            for (var f = 0; f < table.Design.Fields.Length; f++)
            {
                var (field, value) = (table.Design.Fields[f], table.Value(f, code));
                if (table.ListStarts(f) is not null)
                {
                    foreach (var member in table.List(f, code)) { writer.Write(dictionaries[field.Domain!].Text(member)); }
                    writer.Write(double.IsNaN(value));
                }
                else if (field.Domain is { } domain && !double.IsNaN(value)) { writer.Write(dictionaries[domain].Text((int)value)); }
                else { writer.Write(value); }
            }
            writer.Flush();
            hash.AppendData(row.GetBuffer().AsSpan(0, (int)row.Length));
            row.SetLength(0);
        }
    }

    /// <summary>Codes in the order in which the log first names them.</summary>
    private sealed class Renaming(CodeDictionary dictionary)
    {
        private readonly int[] _ranks = new int[dictionary.Count];

        internal List<string> Texts { get; } = [];

        internal int Of(int code)
        {
            if (_ranks[code] == 0)
            {
                Texts.Add(dictionary.Text(code));
                _ranks[code] = Texts.Count;
            }
            return _ranks[code];
        }
    }
}
