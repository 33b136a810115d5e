using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Detection by kind of positive: what the policy catches, and what each model would catch alone.</summary>
internal static class KindsSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Kinds is not { } found) { return; }
        KindResult[] rows = [.. found.Kinds, .. found.Known is { } known ? [known] : Array.Empty<KindResult>()];
        string[] models = [.. rows[0].Models.Keys];
        var withRule = rows[0].WithoutNovelty is not null;
        html.Add($"""<section id="kinds"><h2>Detection by kind</h2><p class="lead">{found.Says}</p>""");
        html.Add($"""<p>Share of each kind on the test part that is not simply let pass: by the whole policy{(withRule ? ", by the policy without its novelty rules (their decisions given to the supervised review rule)" : "")}, and by each model alone, ranking by its own margin. All look at the same {Figures.Load(found.PerDay)} decisions a day{(withRule ? $"; {Figures.Load(found.PerDay * found.NoveltyDecisions / Math.Max(1, found.Decisions))} of them the novelty rules'" : "")}. Bars are 95 % intervals, bootstrapped by key and day; <i class="k-mark"></i> policy, {(withRule ? HtmlWriter.Piece(static h => h.Add($"""<i class="k-hollow"></i> without novelty rules, """)) : new Markup(""))}<i class="k-base"></i> models alone.</p>""");
        html.Add($"""<div class="scroll"><table><thead><tr><th>kind<th class="n">train<th class="n">validation<th class="n">test<th class="n">policy<th class="strips">caught{(withRule ? new Markup("<th class=\"n\">without novelty rules") : new Markup(""))}""");
        foreach (var model in models) { html.Add($"""<th class="n">{model} alone"""); }
        html.Add($"</tr></thead><tbody>");
        foreach (var row in rows) { Row(html, row, models, row == found.Known); }
        html.Add($"</tbody></table></div></section>");
    }

    private static void Row(HtmlWriter html, KindResult row, string[] models, bool isTotal)
    {
        html.Add($"""<tr{(isTotal ? new Markup(" class=\"all\"") : new Markup(""))}><td class="name">{row.Kind}{(row.Judged ? new Markup("") : new Markup("<small>too few to judge</small>"))}""");
        html.Add($"""<td class="n">{(row.Train == 0 ? new Markup("<span class=\"badge fair\">never in training</span>") : HtmlWriter.Piece(h => h.Text(Figures.Count(row.Train))))}<td class="n">{Figures.Count(row.Validate)}<td class="n">{Figures.Count(row.Test)}""");
        html.Add($"""<td class="n big">{Figures.Percent(row.Policy.Recall)}<small>{Interval(row.Policy)}</small><td class="strips">{Strip(row)}""");
        if (row.WithoutNovelty is { } without) { Cell(html, without); }
        foreach (var model in models) { Cell(html, row.Models[model]); }
        html.Add($"</tr>");
    }

    private static void Cell(HtmlWriter html, RecallResult recall) =>
        html.Add($"""<td class="n">{Figures.Percent(recall.Recall)}<small>{Interval(recall)}</small>""");

    private static string Interval(RecallResult recall) =>
        recall.Interval is [{ } low, { } high] ? $"{Figures.Percent(low)} to {Figures.Percent(high)}" : "";

    private static Markup Strip(KindResult row) => IntervalStrip.Draw(
        row.Kind,
        new(
            row.Policy.Recall, row.WithoutNovelty?.Recall, row.Policy.Interval,
            new(row.Models.ToDictionary(static m => $"{m.Key} alone", static m => m.Value.Recall), StringComparer.Ordinal)),
        IntervalStrip.Shares, says: new("policy", "without novelty rules"));
}
