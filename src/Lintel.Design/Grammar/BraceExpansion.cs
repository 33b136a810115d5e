using Lintel.Design.Diagnostics;

namespace Lintel.Design.Grammar;

/// <summary>Expands braces on both sides of a feature: <c>n_{1d,7d}: count(x) by k over {1d,7d}</c> is two
/// features.</summary>
/// <remarks>One pair of braces in the name goes through its alternatives together with every pair in the expression;
/// with several pairs in the name, each goes with the pair of the same position in the expression, and all combinations
/// are made.</remarks>
internal static class BraceExpansion
{
    private const int Limit = 500;

    public static IEnumerable<(LocatedText Name, LocatedText Value)> Expand(LocatedText name, LocatedText value,
        DiagnosticBag diagnostics)
    {
        if (!name.Text.Contains('{') && !name.Text.Contains('}') && !HasBraces(value.Text)) { return [(name, value)]; }
        if (Cut(name, diagnostics) is not { } names || Cut(value, diagnostics) is not { } values) { return []; }
        var nameGroups = names.Where(static p => p.Alternatives is not null).ToList();
        var valueGroups = values.Where(static p => p.Alternatives is not null).ToList();
        if (!Match(name, value, nameGroups, valueGroups, diagnostics)) { return []; }
        var total = nameGroups.Aggregate(1L, static (n, g) => Math.Min(n * g.Alternatives!.Count, Limit + 1));
        if (total > Limit)
        {
            diagnostics.Error(FaultCodes.TooMany, name.At, "the braces make too many features", null,
                $"at most {Limit}");
            return [];
        }
        return Enumerable.Range(0, (int)total)
            .Select(i => (Pick(names, nameGroups, i, false), Pick(values, nameGroups, i, nameGroups.Count == 1)));
    }

    /// <summary>The names alone; nothing where their braces have a fault.</summary>
    public static IEnumerable<string> Names(LocatedText name)
    {
        var parts = Cut(name, new DiagnosticBag());
        var groups = parts?.Where(static p => p.Alternatives is not null).ToList() ?? [];
        var total = groups.Aggregate(1L, static (n, g) => Math.Min(n * g.Alternatives!.Count, Limit + 1));
        return parts is null || total > Limit
            ? []
            : Enumerable.Range(0, (int)total).Select(i => Pick(parts, groups, i, false).Text);
    }

    private sealed record Part(LocatedText Text, List<LocatedText>? Alternatives);

    private static bool HasBraces(string text) => Outside(text).Any(static i => i.Char is '{' or '}');

    /// <summary>Characters outside quotes.</summary>
    private static IEnumerable<(int Index, char Char)> Outside(string text)
    {
        char quote = default;
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != default) { quote = text[i] == quote ? default : quote; }
            else if (text[i] is '"' or '\'') { quote = text[i]; }
            else { yield return (i, text[i]); }
        }
    }

    private static List<Part>? Cut(LocatedText text, DiagnosticBag diagnostics)
    {
        var parts = new List<Part>();
        var (from, open) = (0, -1);
        var commas = new List<int>();
        foreach (var (i, c) in Outside(text.Text))
        {
            if (c == '{' && open < 0)
            {
                parts.Add(new(text.Slice(from, i), null));
                open = i;
                commas = [i];
            }
            else if (c == ',' && open >= 0) { commas.Add(i); }
            else if (c == '}' && open >= 0)
            {
                commas.Add(i);
                var alternatives = commas.Zip(commas.Skip(1), (a, b) => text.Slice(a + 1, b).Trim()).ToList();
                if (alternatives.Exists(static a => a.Text.Length == 0))
                {
                    return Fail(text, open, "an alternative between braces is empty", diagnostics);
                }
                parts.Add(new(text.Slice(open, i + 1), alternatives));
                (open, from) = (-1, i + 1);
            }
            else if (c is '{' or '}') { return Fail(text, i, "braces do not nest and come in pairs", diagnostics); }
        }
        if (open >= 0) { return Fail(text, open, "a brace is opened and never closed", diagnostics); }
        parts.Add(new(text.Slice(from, text.Text.Length), null));
        return parts;
    }

    private static List<Part>? Fail(LocatedText text, int at, string message, DiagnosticBag diagnostics)
    {
        diagnostics.Error(FaultCodes.Braces, text.SpanOf(at, at + 1), message, null,
            "alternatives such as {1d,7d,30d}");
        return null;
    }

    private static bool Match(LocatedText name, LocatedText value, List<Part> names, List<Part> values,
        DiagnosticBag diagnostics)
    {
        var counts = names.ConvertAll(static g => g.Alternatives!.Count);
        var fits = names.Count switch
        {
            0 => false,
            1 => values.Count > 0 && values.TrueForAll(g => g.Alternatives!.Count == counts[0]),
            _ => values.Count == names.Count && values.Select(static g => g.Alternatives!.Count).SequenceEqual(counts),
        };
        if (fits) { return true; }
        diagnostics.Error(FaultCodes.Braces, values.Count > 0 ? values[0].Text.At : name.At,
            "the braces on the two sides do not match",
            $"{Say(names)} in the name, {Say(values)} in the expression",
            "the same number of alternatives on both sides",
            names.Count == 0 ? "put braces into the name too, so that each feature has one" : null);
        return false;
    }

    private static string Say(List<Part> groups) =>
        groups.Count == 0 ? "none" : string.Join(" and ", groups.Select(static g => g.Alternatives!.Count));

    /// <summary>The i-th combination; the last pair of braces turns fastest.</summary>
    private static LocatedText Pick(List<Part> parts, List<Part> nameGroups, int combination, bool together)
    {
        var picks = new int[nameGroups.Count];
        for (var g = picks.Length - 1; g >= 0; g--)
        {
            (combination, picks[g]) = Math.DivRem(combination, nameGroups[g].Alternatives!.Count);
        }
        var group = 0;
        return LocatedText.Concat(
            parts.ConvertAll(p => p.Alternatives is null ? p.Text : p.Alternatives[picks[together ? 0 : group++]]));
    }
}
