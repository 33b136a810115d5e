using Lintel.Design.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Event = YamlDotNet.Core.Events.ParsingEvent;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Lintel.Design.Yaml;

/// <summary>Reads one YAML document into nodes that know their places. What a design does not use (anchors, aliases,
/// tags, several documents) and what YAML would pass over in silence (the same key twice, an expression cut at its
/// comma) are faults.</summary>
internal sealed class YamlReader(string file, string text, DiagnosticBag diagnostics)
{
    /// <summary>Deepest nesting of a design; the grammar itself needs 5.</summary>
    private const int DepthLimit = 32;

    /// <summary>Longest design, in characters.</summary>
    internal const int LengthLimit = 1 << 20;

    private readonly Parser _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    private readonly string _text = text;
    private bool _isTooDeep;

    /// <summary>The document's root; null after a fault that leaves nothing to read.</summary>
    public YamlNode? Read()
    {
        if (_text.Length > LengthLimit)
        {
            diagnostics.Error(FaultCodes.NotYaml, new(file, 1, 1), "the file is too large to be a design",
                $"{_text.Length} characters", $"at most {LengthLimit}");
            return null;
        }
        if (_text.IndexOf('\uFFFD') is var broken and >= 0)
        {
            var line = 1 + _text.AsSpan(0, broken).Count('\n');
            diagnostics.Error(FaultCodes.NotYaml, new(file, line, broken - _text.LastIndexOf('\n', broken)),
                "the file is not UTF-8 text", "a byte that is no character", null, "save the file as UTF-8");
            return null;
        }
        try
        {
            return ReadDocument();
        }
        catch (YamlException fault)
        {
            Report(fault);
        }
        catch (Exception fault) when (
            fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or InvalidCastException or OverflowException or FormatException or NullReferenceException)
        {
            // the scanner meets some malformed inputs with exceptions of its own making
            diagnostics.Error(FaultCodes.NotYaml, new(file, 1, 1), "the file is not YAML", fault.Message,
                "YAML 1.2", "look for unbalanced brackets or quotes");
        }
        return null;
    }

    private YamlNode? ReadDocument()
    {
        Next<StreamStart>();
        if (!_parser.MoveNext() || _parser.Current is StreamEnd)
        {
            diagnostics.Error(FaultCodes.EmptyFile, new(file, 1, 1), "the file is empty", null, "a design",
                "start with 'lintel: 1', or run 'lintel new'");
            return null;
        }
        _parser.MoveNext();
        var root = ReadNode(0);
        Next<DocumentEnd>();
        if (_parser.MoveNext() && _parser.Current is DocumentStart second)
        {
            diagnostics.Error(FaultCodes.SeveralDocuments, At(second), "the file holds a second document", "'---'",
                "one design a file", "put each design into a file of its own");
        }
        return root;
    }

    private YamlNode? ReadNode(int depth)
    {
        if (depth > DepthLimit)
        {
            _isTooDeep = true;
            throw new YamlException(_parser.Current!.Start, _parser.Current.End,
                $"nested deeper than {DepthLimit} levels");
        }
        switch (_parser.Current)
        {
            case YamlScalar scalar:
                Refuse(scalar);
                return ReadScalar(scalar);
            case SequenceStart start:
                Refuse(start);
                return ReadList(start, depth);
            case MappingStart start:
                Refuse(start);
                return ReadMap(start, depth);
            case AnchorAlias alias:
                diagnostics.Error(FaultCodes.UnusedYaml, At(alias), "an alias ('*') stands here",
                    $"*{alias.Value.Value}",
                    "a value", "write the value out; quote a name that starts with a star");
                return null;
            default:
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a value is missing");
        }
    }

    private YamlNode.Scalar ReadScalar(YamlScalar scalar)
    {
        var at = At(scalar);
        var start = (int)scalar.Start.Index;
        var end = Math.Clamp((int)scalar.End.Index, start, _text.Length);
        var quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var oneLine = scalar.Start.Line == scalar.End.Line && end - start == scalar.Value.Length + 2 * quoted;
        var located = oneLine
            ? new LocatedText(scalar.Value, file, at.Line, at.Column + quoted)
            : LocatedText.Align(scalar.Value, file, _text, Math.Min(start, end), end, at.Line, at.Column);
        var length = scalar.Start.Line == scalar.End.Line ? Math.Max(1, end - start) : 1;
        return new(at with { Length = length }, located, scalar.Style == ScalarStyle.Plain, end);
    }

    private YamlNode.List ReadList(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        var faults = diagnostics.All.Count;
        var cut = false;
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item) { continue; }
            if (start.Style == SequenceStyle.Flow && item is YamlNode.Scalar { IsPlain: true } piece
                && !Balanced(piece.Text))
            {
                // the rest of a cut expression is part of the same fault
                if (!cut) { Cut(piece.At, piece.Text, "[ ]"); }
                cut = !cut;
                continue;
            }
            if (!cut) { items.Add(item); }
        }
        return new(At(start), items, diagnostics.All.Count > faults);
    }

    private YamlNode.Map ReadMap(MappingStart start, int depth)
    {
        var entries = new List<YamlNode.Entry>();
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var faults = diagnostics.All.Count;
        var cut = false;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            _parser.MoveNext();
            var value = ReadNode(depth + 1);
            if (key is not YamlNode.Scalar name)
            {
                if (key is not null)
                {
                    diagnostics.Error(FaultCodes.WrongForm, key.At, "a key must be a name", key.Description, "a name");
                }
                continue;
            }
            if (start.Style == MappingStyle.Flow && IsCut(name, value, ref cut)) { continue; }
            if (!seen.TryAdd(name.Text, name.At))
            {
                diagnostics.Error(FaultCodes.Duplicate, name.At,
                    $"'{name.Text}' is already declared at {seen[name.Text]}", null, null,
                    "rename or remove one of them");
                continue;
            }
            if (value is not null) { entries.Add(new(name, value)); }
        }
        return new(At(start), entries, diagnostics.All.Count > faults);
    }

    /// <summary>Inside braces a comma ends an entry: <c>{ a: f(x, y) }</c> leaves the value <c>f(x</c> and a key
    /// <c>y)</c> of nothing.</summary>
    private bool IsCut(YamlNode.Scalar name, YamlNode? value, ref bool cut)
    {
        if (value is YamlNode.Scalar { IsPlain: true, Text: not "" } piece && !Balanced(piece.Text))
        {
            if (!cut) { Cut(piece.At, piece.Text, "{ }"); }
            cut = true;
            return true;
        }
        if (value is not YamlNode.Scalar { IsPlain: true, Text: "" } || !name.IsPlain || IsFollowedByColon(name))
        {
            cut = false;
            return false;
        }
        if (!cut) { Cut(name.At, name.Text, "{ }"); }
        return true;
    }

    private bool IsFollowedByColon(YamlNode.Scalar name)
    {
        var index = name.End;
        while (index < _text.Length && _text[index] == ' ') { index++; }
        return index < _text.Length && _text[index] == ':';
    }

    private void Cut(SourceSpan at, string piece, string brackets) =>
        diagnostics.Error(FaultCodes.QuoteExpression, at,
            $"inside {brackets} YAML ends an expression at its comma or bracket", $"'{piece}'", "a whole expression",
            "quote this expression: \"…\"");

    private static bool Balanced(string text)
    {
        var depth = 0;
        char quote = default;
        foreach (var c in text)
        {
            if (quote != default) { quote = c == quote ? default : quote; }
            else if (c is '"' or '\'') { quote = c; }
            else if (c == '(') { depth++; }
            else if (c == ')' && --depth < 0) { return false; }
        }
        return depth == 0;
    }

    private void Refuse(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            diagnostics.Error(FaultCodes.UnusedYaml, At(node), "an anchor ('&') stands here", $"&{node.Anchor.Value}",
                "a value", "write the value out where it is needed");
        }
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            diagnostics.Error(FaultCodes.UnusedYaml, At(node), "a tag ('!') stands here", node.Tag.Value, "a value",
                "leave the tag out; the key says what its value is");
        }
    }

    private void Report(YamlException fault)
    {
        var index = (int)Math.Clamp(fault.Start.Index, 0, _text.Length);
        var lineStart = index == 0 ? 0 : _text.LastIndexOf('\n', index - 1) + 1;
        var lineEnd = _text.IndexOf('\n', index) is var found and >= 0 ? found : _text.Length;
        var line = _text[lineStart..lineEnd];
        var at = At(fault.Start);
        var offender = index < _text.Length ? _text[index] : ' ';
        // an expression with [ ] { } or a leading comparison inside a flow map, or one with ": " in block style
        var isCut = (offender is '[' or ']' or '{' or '}' or '>' or '|' or '"' && InFlow(index))
            || fault.Message.Contains("mapping values", StringComparison.OrdinalIgnoreCase)
            || fault.Message.Contains("invalid mapping", StringComparison.OrdinalIgnoreCase);
        if (isCut && !_isTooDeep)
        {
            diagnostics.Error(FaultCodes.QuoteExpression, at, "YAML cannot read this line as it stands",
                $"'{line.Trim()}'", "balanced brackets, and quotes around what YAML would read itself",
                "quote this expression: \"…\"");
            return;
        }
        diagnostics.Error(FaultCodes.NotYaml, at, "the file is not YAML", fault.Message.TrimEnd('.'), "YAML 1.2",
            "look for unbalanced brackets, quotes, or indentation with tabs");
    }

    private bool InFlow(int index)
    {
        var depth = 0;
        var lineStart = index == 0 ? 0 : _text.LastIndexOf('\n', index - 1) + 1;
        for (var i = lineStart; i < index; i++)
        {
            if (_text[i] is '{' or '[') { depth++; }
            else if (_text[i] is '}' or ']') { depth--; }
        }
        return depth > 0;
    }

    private void Next<T>() where T : Event
    {
        if (!_parser.MoveNext() || _parser.Current is not T)
        {
            throw new YamlException(_parser.Current?.Start ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty,
                "the document does not end where it should");
        }
    }

    private SourceSpan At(Event node) => At(node.Start);

    private SourceSpan At(in Mark mark) => new(file, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
