namespace Lintel.Design.Diagnostics;

/// <summary>A text together with the place in the file of each of its characters, through quotes, folding and brace
/// expansion.</summary>
internal sealed class LocatedText
{
    private readonly string _file;
    private readonly int _line;
    private readonly int _column;
    private readonly (int Line, int Column)[]? _places;

    /// <summary>A text that stands on one line, character by character.</summary>
    public LocatedText(string text, string file, int line, int column) =>
        (Text, _file, _line, _column) = (text, file, line, column);

    private LocatedText(string text, string file, (int, int)[] places) =>
        (Text, _file, _places) = (text, file, places);

    public string Text { get; }

    public SourceSpan At => SpanOf(0, Text.Length);

    /// <summary>The place of a piece of the text; its length is 1 where it spans lines.</summary>
    public SourceSpan SpanOf(int start, int end)
    {
        var (line, column) = PlaceOf(start);
        var (lastLine, lastColumn) = end > start ? PlaceOf(end - 1) : (line, column);
        return new(_file, line, column, lastLine == line && lastColumn >= column ? lastColumn - column + 1 : 1);
    }

    /// <summary>A part of it, places kept.</summary>
    public LocatedText Slice(int start, int end)
    {
        if (_places is null) { return new(Text[start..end], _file, _line, _column + start); }
        return start == end
            ? new("", _file, PlaceOf(start).Line, PlaceOf(start).Column)
            : new(Text[start..end], _file, _places[start..end]);
    }

    /// <summary>Without blanks around it.</summary>
    public LocatedText Trim()
    {
        var start = 0;
        var end = Text.Length;
        while (start < end && char.IsWhiteSpace(Text[start])) { start++; }
        while (end > start && char.IsWhiteSpace(Text[end - 1])) { end--; }
        return Slice(start, end);
    }

    public static LocatedText Concat(IReadOnlyList<LocatedText> parts)
    {
        var length = parts.Sum(static p => p.Text.Length);
        var places = new (int, int)[length];
        var at = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Text.Length; i++) { places[at++] = part.PlaceOf(i); }
        }
        var text = string.Concat(parts.Select(static p => p.Text));
        return length == 0 ? parts[0].Slice(0, 0) : new(text, parts[0]._file, places);
    }

    /// <summary>Aligns a scalar's value with the raw text it was read from: both hold the same characters in the same
    /// order, except blanks, line ends, and the marks of quoting and folding.</summary>
    public static LocatedText Align(string value, string file, string source, int start, int end, int line, int column)
    {
        var places = new (int, int)[value.Length];
        var raw = start;
        for (var i = 0; i < value.Length; i++)
        {
            while (raw < end && !Same(source[raw], value[i])) { Step(); }
            places[i] = (line, column);
            if (raw < end && source[raw] == value[i]) { Step(); }
        }
        return value.Length == 0 ? new("", file, line, column) : new(value, file, places);

        static bool Same(char raw, char wanted) =>
            raw == wanted || (char.IsWhiteSpace(wanted) && char.IsWhiteSpace(raw));

        void Step()
        {
            if (source[raw++] == '\n') { (line, column) = (line + 1, 1); }
            else { column++; }
        }
    }

    private (int Line, int Column) PlaceOf(int index)
    {
        if (_places is null) { return (_line, _column + index); }
        return index < _places.Length
            ? _places[index]
            : (_places[^1].Line, _places[^1].Column + 1 + index - _places.Length);
    }

    public override string ToString() => Text;
}
