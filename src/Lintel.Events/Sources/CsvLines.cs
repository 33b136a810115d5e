namespace Lintel.Events.Sources;

/// <summary>Finds the lines on which records of a CSV file begin: needed only where something is wrong.</summary>
internal static class CsvLines
{
    /// <param name="rows">Record numbers from 0, rising; a header and the rejected ones do not count.</param>
    /// <param name="rejected">Lines of rejected records.</param>
    /// <returns>Line of each, from 1.</returns>
    internal static IReadOnlyList<long> Locate(
        Stream stream, IReadOnlyList<long> rows, IReadOnlySet<long> rejected, bool hasHeader)
    {
        var lines = new List<long>(rows.Count);
        var buffer = new byte[1 << 16];
        long line = 1, start = 1, row = -1;
        var isHeader = hasHeader;
        var quoted = false;
        var blank = true;
        int length;
        while (lines.Count < rows.Count && (length = stream.Read(buffer)) > 0)
        {
            for (var i = 0; i < length && lines.Count < rows.Count; i++)
            {
                switch (buffer[i])
                {
                    case (byte)'\n' when quoted: line++; break;
                    case (byte)'\n':
                        line++;
                        blank = true;
                        break;
                    case (byte)'\r': break;
                    default:
                        if (blank)
                        {
                            blank = false;
                            start = line;
                            if (isHeader) { isHeader = false; }
                            else if (!rejected.Contains(start) && ++row == rows[lines.Count]) { lines.Add(start); }
                        }
                        if (buffer[i] == '"') { quoted = !quoted; }
                        break;
                }
            }
        }
        while (lines.Count < rows.Count) { lines.Add(line); }
        return lines;
    }

    /// <summary>The same where each line holds as many rows as it has values from the last column on.</summary>
    internal static IReadOnlyList<long> Unfolded(Stream stream, IReadOnlyList<long> rows, string separator, int columnCount)
    {
        var lines = new List<long>(rows.Count);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        long row = 0, line = 0;
        while (lines.Count < rows.Count && reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) { continue; }
            row += Math.Max(0, text.TrimEnd().Split(separator).Length - columnCount + 1);
            while (lines.Count < rows.Count && rows[lines.Count] < row) { lines.Add(line); }
        }
        while (lines.Count < rows.Count) { lines.Add(line); }
        return lines;
    }
}
