using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>One record as a request, or the log, brought it: numbers in their registers, texts not yet coded, since
/// codes are given in the order of acceptance. Owned by one request at a time and used again.</summary>
public sealed class IncomingRecord
{
    private byte[] _text = new byte[256];
    private int _textLength;
    private TextSpan _id;
    private TextSpan _subject;

    /// <summary>A text's place in the record's own bytes.</summary>
    internal readonly record struct TextSpan(int Start, int Length);

    internal readonly record struct CodedText(int Column, TextSpan Text);

    public EventDesign Event { get; private set; } = null!;

    /// <summary>Own columns in the layout of <see cref="EventDesign.Columns"/>; keys and texts are NaN here.</summary>
    internal double[] Values { get; private set; } = new double[16];

    /// <summary>Keys and texts, still as texts.</summary>
    internal List<CodedText> Texts { get; } = [];

    /// <summary>False: the record happened when it is accepted.</summary>
    internal bool HasTime { get; set; }

    public bool HasId => _id.Length > 0;

    /// <summary>UTF-8; empty without one.</summary>
    public ReadOnlySpan<byte> Id => Bytes(_id);

    /// <summary>Id of the record this one is about.</summary>
    internal ReadOnlySpan<byte> Subject => Bytes(_subject);

    internal Span<double> OwnValues => Values.AsSpan(0, Event.InheritedFrom);

    /// <summary>Writes the own columns as they enter: what happened without a time happened when it was accepted.</summary>
    internal void CopyOwn(Span<double> values, long known)
    {
        OwnValues.CopyTo(values);
        for (var c = 0; c < Event.InheritedFrom && Event.Columns[c].Kind is ColumnKind.Time or ColumnKind.Known; c++)
        {
            if (Event.Columns[c].Kind == ColumnKind.Known || !HasTime) { values[c] = known; }
        }
    }

    internal void Begin(EventDesign design)
    {
        Event = design;
        if (Values.Length < design.InheritedFrom) { Values = new double[design.InheritedFrom]; }
        Values.AsSpan(0, design.InheritedFrom).Fill(double.NaN);
        Texts.Clear();
        HasTime = false;
        _textLength = 0;
        _id = _subject = default;
    }

    /// <summary>Becomes a copy of another record.</summary>
    internal void Take(IncomingRecord other)
    {
        Begin(other.Event);
        other.OwnValues.CopyTo(Values);
        if (_text.Length < other._textLength) { _text = new byte[other._text.Length]; }
        other._text.AsSpan(0, other._textLength).CopyTo(_text);
        Texts.AddRange(other.Texts);
        (HasTime, _textLength, _id, _subject) = (other.HasTime, other._textLength, other._id, other._subject);
    }

    /// <summary>Takes a column's value back.</summary>
    internal void Forget(int column)
    {
        Values[column] = double.NaN;
        for (var t = Texts.Count - 1; t >= 0; t--)
        {
            if (Texts[t].Column == column) { Texts.RemoveAt(t); }
        }
    }

    internal ReadOnlySpan<byte> Bytes(TextSpan span) => _text.AsSpan(span.Start, span.Length);

    internal void SetId(ReadOnlySpan<byte> utf8) => _id = Keep(utf8);

    internal void SetSubject(ReadOnlySpan<byte> utf8) => _subject = Keep(utf8);

    /// <summary>Keeps a text, in the order of columns: codes are given in that order, whatever a request's was, so that
    /// a record read back from columns gets the same ones.</summary>
    internal void AddText(int column, ReadOnlySpan<byte> utf8)
    {
        var at = Texts.Count;
        while (at > 0 && Texts[at - 1].Column > column) { at--; }
        Texts.Insert(at, new(column, Keep(utf8)));
    }

    private TextSpan Keep(ReadOnlySpan<byte> utf8)
    {
        if (_textLength + utf8.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _textLength + utf8.Length));
        }
        utf8.CopyTo(_text.AsSpan(_textLength));
        var span = new TextSpan(_textLength, utf8.Length);
        _textLength += utf8.Length;
        return span;
    }
}
