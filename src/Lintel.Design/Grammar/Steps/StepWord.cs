using Lintel.Design.Diagnostics;

namespace Lintel.Design.Grammar.Steps;

/// <summary>A word of a policy's line: what stands between blanks, a bracket of its own, or a text in quotes as one.</summary>
/// <param name="Start">Offset in the line.</param> <param name="End">Offset just behind it.</param>
internal readonly record struct StepWord(string Text, int Start, int End)
{
    /// <summary>Cuts a line into words. Brackets inside an expression become words too; a slot takes them back as text.</summary>
    public static List<StepWord> Cut(string line)
    {
        var words = new List<StepWord>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            var start = at;
            if (line[at] is '"' or '\'') { at = EndOfQuote(line, at); }
            else if (line[at] is '(' or ')' or ',') { at++; }
            else
            {
                while (at < line.Length && !char.IsWhiteSpace(line[at]) && line[at] is not ('(' or ')' or ',' or '"' or '\'')) { at++; }
            }
            words.Add(new(line[start..at], start, at));
        }
        return words;
    }

    /// <summary>The part of a line from one word to another.</summary>
    public static LocatedText Between(LocatedText line, StepWord first, StepWord last) => line.Slice(first.Start, last.End);

    private static int EndOfQuote(string line, int start)
    {
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == '\\') { at++; }
            else if (line[at] == line[start]) { return at + 1; }
        }
        return line.Length;
    }
}
