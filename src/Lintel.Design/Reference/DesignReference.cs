using System.Text;
using Lintel.Design.Grammar;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Grammar.Steps;
using Lintel.Design.Kinds;

namespace Lintel.Design.Reference;

/// <summary>The reference page of the design file, made from the description that the binder reads by.</summary>
public static class DesignReference
{
    /// <summary>The page in Markdown for the kinds that a program knows, ending in a line feed.</summary>
    public static string Generate(KindRegistry kinds)
    {
        var page = new StringBuilder();
        page.Append("""
            # The design file

            *Generated from the grammar; `docs/reference/lintel.schema.json` says the same to editors, and
            [expressions.md](expressions.md) tells what stands after a feature's name.*

            A design is one YAML 1.2 document (core schema: `yes` and `off` are texts). Anchors, aliases and tags are refused, and so is
            the same key twice. Expressions stand in block style or in quotes; inside `{ }` and `[ ]` an expression with a comma,
            bracket or brace must be quoted, and comparisons in gates too. Every fault is reported at once, as
            `file:line:column: error CODE: what; got …; expected …; what to do`.

            | written | means |
            |---|---|
            | `10ms` `1s` `30m` `12h` `7d` `2w` | a duration (`m` is minutes; also `us`) |
            | `2000/s` `100/day` | a rate: per second, minute, hour, day or week |
            | `60%` | a share, 0.6 |
            | `2018-07-25..2018-07-31` | days, the first and the last included |
            | `n_{1d,7d}: count(payment) by card over {1d,7d}` | braces on both sides: one feature for each alternative |
            | `card_*` | every name that starts with `card_` |

            """.ReplaceLineEndings("\n"));
        var root = new DesignGrammar(kinds).Root;
        WriteSection(page, root, 2);
        foreach (var key in root.Keys)
        {
            foreach (var section in key.Form.Sections) { WriteTree(page, section); }
        }
        WriteKinds(page, kinds, KindFamily.Calibrator, "Calibrators");
        WriteKinds(page, kinds, KindFamily.Metric, "Metrics");
        WriteKinds(page, kinds, KindFamily.RankingMetric, "Metrics of rankings");
        WriteSteps(page, kinds, KindFamily.PolicyStep, "Steps of a ranking's policy");
        WriteSteps(page, kinds, KindFamily.PromiseStep, "Steps of a regression's policy");
        return page.ToString();
    }

    private static void WriteSteps(StringBuilder page, KindRegistry kinds, KindFamily family, string title)
    {
        page.Append($"\n### {title}\n\nWhat stands in brackets may be left out.\n\n| step | what it does | slots |\n|---|---|---|\n");
        foreach (var kind in kinds.Of(family))
        {
            var slots = new StepSentence(kind).Slots.Values.Select(static s => $"`{s.Name}`: {s.Expected}");
            page.Append($"| `{kind.Sentence}` | {Cell(kind.Summary)} | {Cell(string.Join("; ", slots))} |\n");
        }
    }

    private static void WriteTree(StringBuilder page, Section section)
    {
        WriteSection(page, section, 3);
        foreach (var inner in section.Keys.SelectMany(static k => k.Form.Sections)) { WriteTree(page, inner); }
    }

    private static void WriteSection(StringBuilder page, Section section, int level)
    {
        var title = char.ToUpperInvariant(section.Title[0]) + section.Title[1..];
        page.Append('\n').Append('#', level).Append(' ').Append(title).Append("\n\n");
        page.Append(section.Summary).Append("\n\n| key | value | meaning |\n|---|---|---|\n");
        foreach (var key in section.Keys)
        {
            var sections = key.Form.Sections.Select(static s => s.Title).ToList();
            var form = sections.Count switch
            {
                0 => key.Form.Expected,
                1 => $"see *{sections[0]}*",
                _ => "see each kind",
            };
            var required = key.Required ? " **required**" : "";
            var standard = key.Default is null ? "" : $" Default: {Cell(key.Default)}.";
            page.Append($"| `{key.Name}`{required} | {Cell(form)} | {Cell(key.Summary)}{standard} |\n");
        }
    }

    private static void WriteKinds(StringBuilder page, KindRegistry kinds, KindFamily family, string heading)
    {
        page.Append("\n### ").Append(heading).Append("\n\n| name | meaning |\n|---|---|\n");
        foreach (var kind in kinds.Of(family))
        {
            var isByKey = kind.Name.StartsWith("key-", StringComparison.Ordinal);
            var written = isByKey ? $"ENTITY-{kind.Name[4..]}" : kind.Name;
            page.Append("| `").Append(written).Append("` | ").Append(Cell(kind.Summary)).Append(" |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|").Replace("\n", " ");
}
