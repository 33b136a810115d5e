using System.Globalization;

namespace Lintel.Worlds;

/// <summary>One column of a file of events; values by row number.</summary>
internal sealed record EventColumn(string Name, Func<int, string> Text)
{
    public static EventColumn Whole(string name, Func<int, long> value) =>
        new(name, i => value(i).ToString(CultureInfo.InvariantCulture));

    /// <param name="value">Microseconds since 1970 UTC.</param>
    public static EventColumn Instant(string name, Func<int, long> value) =>
        new(name, i => DateTimeOffset.FromUnixTimeMilliseconds(value(i) / 1000).ToString("yyyy-MM-dd HH:mm:ss"));

    public static EventColumn Number(string name, Func<int, double> value) =>
        new(name, i => value(i).ToString("R", CultureInfo.InvariantCulture));

    public static EventColumn Flag(string name, Func<int, bool> value) => new(name, i => value(i) ? "true" : "false");
}

/// <summary>Writes the files of a world.</summary>
internal static class EventFile
{
    public static void Write(string path, int from, int to, params ReadOnlySpan<EventColumn> columns)
    {
        using var writer = new StreamWriter(Path.ChangeExtension(path, ".csv"));
        writer.WriteLine(string.Join(',', columns.ToArray().Select(c => c.Name)));
        for (var i = from; i < to; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                if (c > 0) { writer.Write(','); }
                writer.Write(columns[c].Text(i));
            }
            writer.WriteLine();
        }
    }
}
