using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>How the version came to be: split, sampling ledger, search over settings, refit.</summary>
internal static class TrainingSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        html.Add($"""<section id="training"><h2>Training</h2><p class="lead">Train fits, validation chooses, test judges. Gaps of {manifest.Split.Gap} keep labels out that were not known yet.</p>{SplitTimeline.Draw(manifest.Split)}""");
        Parts(html, manifest);
        Ledger(html, manifest);
        Tuning(html, manifest);
        if (manifest.Refit is { } refit)
        {
            html.Add($"""<h3>Refit</h3><p>The same recipe, fitted on {Figures.Count(refit.Rows)} decisions from {Figures.Day(refit.TrainFrom)} to {Figures.Day(refit.TrainTo)}, serves.</p>""");
            if (manifest.Estimate is null)
            {
                html.Add($"""<p>In the last week it would not allow {Figures.Percent(refit.AlertsServed)} of decisions; the judged version {Figures.Percent(refit.AlertsJudged)}. {VerdictsSection.Badge(refit.Agrees ? Verdict.Holds : Verdict.Broken)}</p>""");
            }
        }
        html.Add($"</section>");
    }

    private static void Parts(HtmlWriter html, VersionManifest manifest)
    {
        var (rows, split) = (manifest.Rows, manifest.Split);
        if (FunnelSection.Has(manifest))
        {
            Requests(html, manifest);
            return;
        }
        var hasClasses = manifest.Estimate is null;
        html.Add($"""<div class="scroll"><table><thead><tr><th>part<th>from<th>to<th class="n">decisions{new Markup(hasClasses ? "<th class=\"n\">positives<th class=\"n\">base rate" : "")}</tr></thead><tbody>""");
        Row("train", split.TrainFrom, split.TrainTo, rows.Train, rows.TrainPositives);
        if (rows.Validate > 0) { Row("validate", split.ValidateFrom, split.ValidateTo, rows.Validate, rows.ValidatePositives); }
        Row("test", split.TestFrom, split.TestTo, rows.Test, rows.TestPositives);
        html.Add($"""</tbody></table></div><p class="small">{Figures.Count(rows.Unused)} decisions belong to no part: warm-up, gaps, labels that are not known yet. Split: {split.Kind}.</p>""");

        void Row(string name, string? from, string? to, int count, int positives) => html.Add(
            $"""<tr><td>{name}<td>{Figures.Day(from)}<td>{Figures.Day(to)}<td class="n">{Figures.Count(count)}{new Markup(hasClasses ? $"<td class=\"n\">{Figures.Count(positives)}<td class=\"n\">{Figures.Percent(count == 0 ? null : (double)positives / count)}" : "")}</tr>""");
    }

    /// <summary>A ranking has requests, each with many candidates: of training, the positives are examples.</summary>
    private static void Requests(HtmlWriter html, VersionManifest manifest)
    {
        var (rows, split) = (manifest.Rows, manifest.Split);
        html.Add($"""<div class="scroll"><table><thead><tr><th>part<th>from<th>to<th class="n">requests<th>of which</tr></thead><tbody>""");
        Row("train", split.TrainFrom, split.TrainTo, rows.Train, $"the ranker's, with {Figures.Count(rows.TrainPositives)} right ones among their candidates");
        if (rows.Validate > 0) { Row("validate", split.ValidateFrom, split.ValidateTo, rows.Validate, Found(rows.Validate, rows.ValidatePositives)); }
        Row("test", split.TestFrom, split.TestTo, rows.Test, Found(rows.Test, rows.TestPositives));
        html.Add($"""</tbody></table></div><p class="small">Sources are fitted on the first 80 % of train, the ranker on their candidates in the rest; then they are fitted again on all of train. Split: {split.Kind}.</p>""");

        void Row(string name, string? from, string? to, int count, string says) => html.Add(
            $"""<tr><td>{name}<td>{Figures.Day(from)}<td>{Figures.Day(to)}<td class="n">{Figures.Count(count)}<td>{says}</tr>""");
    }

    private static string Found(int requests, int positives) =>
        $"{Figures.Percent(requests == 0 ? null : (double)positives / requests)} had something right to find";

    private static void Ledger(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Ledger.Count == 0 || manifest.Estimate is not null) { return; }
        html.Add($"""<h3>Sampling ledger</h3><div class="scroll"><table><thead><tr><th>model<th class="n">negatives kept<th class="n">rows<th class="n">of<th class="n">positives<th class="n">correction<th class="n">seed</tr></thead><tbody>""");
        foreach (var e in manifest.Ledger)
        {
            html.Add($"""<tr><td>{e.Model}<td class="n">{Figures.Percent(e.KeptNegatives)}<td class="n">{Figures.Count(e.Rows)}<td class="n">{Figures.Count(e.RowsBefore)}<td class="n">{Figures.Count(e.Positives)}<td class="n">{Figures.Of(e.Offset)}<td class="n">{e.Seed.ToString()}</tr>""");
        }
        html.Add($"""</tbody></table></div><p class="small">The correction, ln(share kept), is added to the margin: probabilities are those of the natural population.</p>""");
    }

    private static void Tuning(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Tuning.Count == 0) { return; }
        html.Add($"""<h3>Search over settings</h3><div class="scroll"><table><thead><tr><th>model<th>settings<th>metric on validation<th class="n">value<th class="n">time<th></tr></thead><tbody>""");
        foreach (var t in manifest.Tuning)
        {
            html.Add($"""<tr{new Markup(t.Chosen ? " class=\"chosen\"" : "")}><td>{t.Model}<td>{t.Candidate}<td>{t.Metric}<td class="n">{Figures.Of(t.Value)}<td class="n">{Figures.Seconds(t.Seconds)}<td>{(t.Chosen ? "chosen" : "")}</tr>""");
        }
        html.Add($"</tbody></table></div>");
    }
}
