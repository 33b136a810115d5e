using System.Text.RegularExpressions;

namespace Lintel.Training.Report;

/// <summary>Colours one line of YAML. Every character of the line is written, escaped; only classes are added.</summary>
internal static partial class YamlMarkup
{
    /// <summary>The line as spans of class c (comment), k (key), s (string), n (number), w (word of the grammar).</summary>
    public static Markup Line(string line) => HtmlWriter.Piece(html =>
    {
        var at = 0;
        foreach (var token in Tokens().EnumerateMatches(line))
        {
            html.Text(line[at..token.Index]);
            var text = line.Substring(token.Index, token.Length);
            html.Add($"""<span class="{Class(text)}">{text}</span>""");
            at = token.Index + token.Length;
        }
        html.Text(line[at..]);
    });

    private static string Class(string token) => token[0] switch
    {
        '#' or ' ' or '\t' => "y-c",
        '"' or '\'' => "y-s",
        >= '0' and <= '9' or '.' => "y-n",
        _ => token.EndsWith(':') ? "y-k" : "y-w",
    };

    // a comment needs a blank before it; a key ends in a colon and a blank or the line's end
    [GeneratedRegex("""(?:^|\s)#.*$|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.@-]*(?:\{[^}]*\}[\p{L}\p{N}_.-]*)*(?:\s[\p{L}_]+)?:(?=\s|$)|(?<![\p{L}\p{N}_])\d[\d.]*(?:ms|s|min|h|d|%|/s|/day)?(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_.])(?:if|and|or|not|in|by|over|where|count|sum|mean|min|max|std|last|first|distinct|since|threshold)(?![\p{L}\p{N}_])""")]
    private static partial Regex Tokens();
}
