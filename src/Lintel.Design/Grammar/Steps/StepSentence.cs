using System.Text.RegularExpressions;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar.Steps;

/// <summary>How a kind of step is said: words, slots in braces, and parts in brackets that may be left out:
/// <c>drop seen {event} [over {window}]</c>.</summary>
internal sealed partial class StepSentence
{
    private readonly List<Part[]> _variants;

    /// <exception cref="InvalidOperationException">The kind has no sentence, or a slot that its parameters have not.</exception>
    public StepSentence(Kind kind)
    {
        Kind = kind;
        Text = kind.Sentence ?? throw new InvalidOperationException($"policy step '{kind.Name}' has no sentence");
        // an optional part that can be meant is meant: those with it come first
        _variants = [.. Variants(Text).Select(Parts)];
        Slots = _variants[0].Where(static p => p.Slot is not null).Select(p => StepSlotForm.Of(kind, p.Slot!))
            .ToDictionary(static s => s.Name, StringComparer.Ordinal);
        Words = [.. _variants[^1].Where(static p => p.Word is not null).Select(static p => p.Word!)];
    }

    public Kind Kind { get; }

    /// <summary>As the kind says it.</summary>
    public string Text { get; }

    public IReadOnlyDictionary<string, StepSlotForm> Slots { get; }

    /// <summary>Words that a line must have.</summary>
    public IReadOnlyList<string> Words { get; }

    public int WordCount => Words.Count;

    /// <summary>The words that each slot holds; null: the line is no such sentence.</summary>
    public IReadOnlyList<(StepSlotForm Slot, int First, int Last)>? Match(IReadOnlyList<StepWord> words)
    {
        foreach (var variant in _variants)
        {
            var found = new List<(StepSlotForm, int, int)>();
            if (Match(variant, 0, words, 0, found))
            {
                found.Reverse();
                return found;
            }
        }
        return null;
    }

    private bool Match(
        Part[] parts, int part, IReadOnlyList<StepWord> words, int word, List<(StepSlotForm, int, int)> found)
    {
        if (part == parts.Length) { return word == words.Count; }
        if (word == words.Count) { return false; }
        if (parts[part].Word is { } literal)
        {
            return words[word].Text == literal && Match(parts, part + 1, words, word + 1, found);
        }
        var slot = Slots[parts[part].Slot!];
        // a formula takes as many words as it can, everything else one
        var last = slot.IsFormula ? words.Count - 1 : word;
        for (; last >= word; last--)
        {
            if (!Match(parts, part + 1, words, last + 1, found)) { continue; }
            found.Add((slot, word, last));
            return true;
        }
        return false;
    }

    private static IEnumerable<string> Variants(string text)
    {
        var open = text.IndexOf('[');
        if (open < 0) { return [text]; }
        var close = text.IndexOf(']', open);
        var (before, inside, after) = (text[..open], text[(open + 1)..close], text[(close + 1)..]);
        return [.. Variants($"{before}{inside}{after}"), .. Variants($"{before}{after}")];
    }

    private static Part[] Parts(string text) => [.. Piece().Matches(text).Select(static m => m.Groups[1] is { Success: true } slot
        ? new Part(null, slot.Value)
        : new Part(m.Value, null))];

    [GeneratedRegex(@"\{(\w+)\}|[(),]|[^\s(),{}]+")]
    private static partial Regex Piece();

    private sealed record Part(string? Word, string? Slot);
}
