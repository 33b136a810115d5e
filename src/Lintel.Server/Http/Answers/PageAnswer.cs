using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>Decisions of a ranking: a page of items, and how the candidates became it.</summary>
internal sealed class PageAnswer : AnswerForm
{
    internal override void WriteDecided(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version) { }

    /// <summary>What is shown, best first.</summary>
    internal override void WriteItems(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version, bool withFeatures)
    {
        if (decision.Page is not { } page) { return; }
        var sources = version.Design.Decision.Ranking!.Candidates;
        json.WriteStartArray("items"u8);
        for (var i = 0; i < page.Shown.Count; i++)
        {
            var item = page.Shown[i];
            json.WriteStartObject();
            json.WriteString("item"u8, item.Item);
            if (version.Compiled.ItemTitles.Of(item.Item) is { } title) { json.WriteString("title"u8, title); }
            json.WriteNumber("position"u8, i + 1);
            Answer.WriteNumber(json, "score"u8, item.Score);
            Answer.WriteNumber(json, "propensity"u8, item.Propensity);
            if (!double.IsNaN(item.Price)) { json.WriteNumber("price"u8, item.Price); }
            if (item.Row >= 0) { json.WriteString("row"u8, RowTitle(version, item.Row)); }
            json.WriteStartObject("sources"u8);
            for (var s = 0; s < item.Ranks.Length && s < sources.Length; s++)
            {
                if (item.Ranks[s] > 0) { json.WriteNumber(sources[s].Name, item.Ranks[s]); }
            }
            json.WriteEndObject();
            if (withFeatures) { WriteFeatures(json, item, version); }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal override void WriteReasons(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        WriteItems(json, decision, version, withFeatures: true);
        if (decision.Page is { } page) { WriteFunnel(json, FunnelView.Of(version, page)); }
    }

    internal override void WriteBefore(Utf8JsonWriter json, DecisionRecord before) =>
        throw new InvalidOperationException("a page is not asked what if");

    internal override void WriteScore(Utf8JsonWriter json, double margin, double probability) =>
        Answer.WriteNumber(json, "score"u8, margin);

    /// <summary>How many candidates each stage let through, and which line removed the others.</summary>
    private static void WriteFunnel(Utf8JsonWriter json, FunnelView funnel)
    {
        json.WriteStartObject("funnel"u8);
        json.WriteStartArray("sources"u8);
        foreach (var source in funnel.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, source.Source);
            json.WriteNumber("offered"u8, source.Offered);
            json.WriteNumber("alone"u8, source.Alone);
            json.WriteNumber("shown"u8, source.Shown);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("candidates"u8, funnel.Candidates);
        json.WriteStartArray("policy"u8);
        foreach (var line in funnel.Lines)
        {
            json.WriteStartObject();
            json.WriteString("line"u8, line.Text);
            json.WriteNumber("removed"u8, line.Removed);
            if (line.Infeasible) { json.WriteBoolean("infeasible"u8, true); }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("shown"u8, funnel.Shown);
        json.WriteEndObject();
    }

    /// <summary>Where one item was lost, or where it stands.</summary>
    internal static void WriteFate(Utf8JsonWriter json, ItemFate fate, SystemVersion version)
    {
        json.WriteStartObject();
        json.WriteString("item"u8, fate.Item);
        if (version.Compiled.ItemTitles.Of(fate.Item) is { } title) { json.WriteString("title"u8, title); }
        json.WriteString("stage"u8, fate.Stage);
        json.WriteString("why"u8, fate.Why);
        json.WriteStartObject("sources"u8);
        foreach (var (source, rank) in fate.Ranks) { json.WriteNumber(source, rank); }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFeatures(Utf8JsonWriter json, ShownItem item, SystemVersion version)
    {
        var names = version.Compiled.Plan.FeatureNames;
        json.WriteStartObject("features"u8);
        for (var f = 0; f < item.Features.Length && f < names.Length; f++) { Answer.WriteNumber(json, names[f], item.Features[f]); }
        json.WriteEndObject();
    }

    private static string RowTitle(SystemVersion version, int row)
    {
        var titles = version.Compiled.Page!.RowTitles;
        return row < titles.Count ? titles[row] : row.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
