using System.Text;

namespace Lintel.Bench.Posts;

/// <summary>Texts with their class, 0 to <see cref="ClassCount"/> − 1.</summary>
internal sealed record PostSet(string[] Texts, int[] Classes)
{
    public int ClassCount { get; } = Classes.Max() + 1;

    public int Count => Classes.Length;

    /// <summary>1 where the class is this one, else 0.</summary>
    public float[] Labels(int of) => [.. Classes.Select(c => c == of ? 1f : 0f)];

    public PostSet Of(int[] rows) => new([.. rows.Select(r => Texts[r])], [.. rows.Select(r => Classes[r])]);

    /// <summary>A part of a tweeteval set: one text and one label a line.</summary>
    /// <param name="part"><c>train</c> or <c>val</c>.</param>
    public static PostSet Tweets(string folder, string part) => new(
        File.ReadAllLines(Path.Combine(folder, $"{part}_text.txt")),
        [.. File.ReadAllLines(Path.Combine(folder, $"{part}_labels.txt")).Select(int.Parse)]);

    /// <summary>Davidson's tweets: the columns <c>class</c> and <c>tweet</c> stand last.</summary>
    public static PostSet Davidson(string file)
    {
        var records = Records(File.ReadAllText(file)).Skip(1).ToArray();
        return new([.. records.Select(static r => r[^1])], [.. records.Select(static r => int.Parse(r[^2]))]);
    }

    // RFC 4180: a quoted field may hold commas, quotes and lines
    private static IEnumerable<string[]> Records(string csv)
    {
        var (record, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (c == '"')
            {
                if (isQuoted && i + 1 < csv.Length && csv[i + 1] == '"') { _ = field.Append(csv[i++]); }
                else { isQuoted = !isQuoted; }
            }
            else if (!isQuoted && c is ',' or '\n' or '\r')
            {
                if (c == '\r') { continue; }
                record.Add(field.ToString());
                _ = field.Clear();
                if (c == ',') { continue; }
                yield return [.. record];
                record.Clear();
            }
            else { _ = field.Append(c); }
        }
    }
}
