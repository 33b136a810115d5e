using System.Globalization;
using Lintel.Design;
using Lintel.Native;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>Reads the files of one source once, for every event that names it.</summary>
internal sealed class SourceScan(DuckDbConnection connection, string folder, IReadOnlyList<EventRows> events, HistoryOptions options)
{
    private EventDesign First => events[0].Event;

    internal void Run()
    {
        foreach (var (path, name) in Files()) { Read(path, name); }
        foreach (var rows in events) { CheckLimit(rows.Faults, options); }
    }

    private void Read(string path, string name)
    {
        var file = SourceFile.Open(connection, path, name, First.At, First.Layout);
        var row = 0L;
        try
        {
            var columns = new ScanColumns(connection, file, events[0].SourceRows);
            var scans = events.Select(rows => new EventScan(file, rows, columns)).ToList();
            using (var result = connection.Query(columns.Sql))
            {
                while (result.NextChunk())
                {
                    var chunk = result.Chunk;
                    foreach (var scan in scans) { scan.Take(chunk, row); }
                    row += chunk.RowCount;
                }
            }
            file.Verify();
        }
        catch (Exception e) when (e is NativeException or IOException or InvalidDataException)
        {
            throw SourceFile.Unreadable(name, First.At, e);
        }
        var rejected = file.Rejected(connection);
        foreach (var rows in events)
        {
            rows.Faults.Rows += row + rejected.Count;
            foreach (var bad in rejected)
            {
                rows.Faults.AddAtLine(name, bad.Reason, bad.Column, dropped: true, isBad: true, bad.Line, bad.Text);
            }
            rows.Faults.Locate(name, wanted => file.LinesOf(wanted, rejected));
        }
    }

    /// <exception cref="Design.Diagnostics.DesignException">More rows are unusable than may be.</exception>
    internal static void CheckLimit(FaultLedger faults, HistoryOptions options)
    {
        var allowed = options.BadRowCount ?? (long)(options.BadRowShare * faults.Rows);
        if (faults.BadRows <= allowed) { return; }
        var findings = faults.Findings.Where(static f => f.Dropped).OrderByDescending(static f => f.Count).Take(3).Select(static f =>
            string.Create(CultureInfo.InvariantCulture, $"{f.Count} × {f.Reason}{(f.Column is null ? "" : $" in '{f.Column}'")} ({Example(f)})"));
        throw DataFaults.Fault(
            DataFaults.TooManyBadRows, faults.Event.At,
            string.Create(CultureInfo.InvariantCulture, $"{faults.BadRows} of {faults.Rows} rows of '{faults.Event.Source}' cannot be used"),
            string.Join("; ", findings), string.Create(CultureInfo.InvariantCulture, $"at most {allowed}"),
            "correct the file, or the column that the design names");
    }

    private static string Example(SourceFinding finding) =>
        finding.Examples.Count == 0 ? finding.File : $"{finding.File}:{finding.Examples[0].Line}: '{finding.Examples[0].Value}'";

    private List<(string Path, string Name)> Files()
    {
        var pattern = First.Source;
        var whole = Path.GetFullPath(Path.Combine(folder, pattern));
        var parent = Path.GetDirectoryName(whole)!;
        var found = new List<string>();
        if (Directory.Exists(parent))
        {
            found.AddRange(Directory.EnumerateFiles(parent, Path.GetFileName(whole)));
            found.Sort(StringComparer.Ordinal);
        }
        return found.Count > 0
            ? found.ConvertAll(path => (path, Path.GetRelativePath(folder, path)))
            : throw DataFaults.Fault(
                DataFaults.NoFile, First.At, $"{events[0].Noun} '{First.Name}': no file matches '{pattern}'", $"nothing under {folder}",
                "one or more .csv, .csv.gz or .parquet files", "correct 'source', or point --data at the folder that holds them");
    }
}
