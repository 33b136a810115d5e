using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>Why one decision came out as it did, or why nobody can say.</summary>
internal static class ReasonsJson
{
    internal static void Write(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version, AnswerForm form)
    {
        if (decision.Failed)
        {
            json.WriteString("unexplained"u8, decision.Late
                ? "the time-out had passed; the outcome is what the design says on failure"u8
                : "scoring failed; the outcome is what the design says on failure"u8);
            WriteFeatures(json, decision, version);
            return;
        }
        if (version.Number != decision.Version)
        {
            json.WriteString("unexplained"u8, $"version {decision.Version} learned on the stream and is not kept any more");
            WriteFeatures(json, decision, version);
            return;
        }
        try { WriteExplanation(json, Explanation.Of(version, decision.Registers), form); }
        catch (InvalidDataException fault) { json.WriteString("unexplained"u8, fault.Message); }
    }

    internal static void WriteFeatures(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        var plan = version.Compiled.Plan;
        json.WriteStartObject("features"u8);
        if (decision.Registers.Length == plan.RegisterCount)
        {
            for (var f = 0; f < plan.FeatureCount; f++)
            {
                var value = decision.Registers[plan.FeatureStart + f];
                if (double.IsFinite(value)) { json.WriteNumber(plan.FeatureNames[f], value); }
                else { json.WriteNull(plan.FeatureNames[f]); }
            }
        }
        json.WriteEndObject();
    }

    private static void WriteExplanation(Utf8JsonWriter json, Explanation why, AnswerForm form)
    {
        json.WriteStartObject("explanation"u8);
        json.WriteNumber("base"u8, why.Base);
        form.WriteScore(json, why.Margin, why.Probability);
        json.WriteStartArray("contributions"u8);
        foreach (var part in why.Contributions)
        {
            json.WriteStartObject();
            json.WriteString("feature"u8, part.Feature);
            Answer.WriteNumber(json, "value"u8, part.Value);
            if (part.Text is { } text) { json.WriteString("text"u8, text); }
            json.WriteNumber("contribution"u8, part.Added);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("models"u8);
        foreach (var score in why.Scores)
        {
            json.WriteStartObject();
            json.WriteString("model"u8, score.Model);
            form.WriteScore(json, score.Margin, score.Probability);
            if (score.Position is { } position) { Answer.WriteNumber(json, "position"u8, position); }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("policy"u8);
        foreach (var rule in why.Policy) { WriteRule(json, rule); }
        foreach (var line in why.Promise ?? [])
        {
            json.WriteStartObject();
            json.WriteString("step"u8, line.Text);
            Answer.WriteNumber(json, "promise"u8, line.Promise);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleTrace rule)
    {
        json.WriteStartObject();
        json.WriteString("rule"u8, rule.Text);
        json.WriteString("outcome"u8, rule.Outcome);
        json.WriteBoolean("matched"u8, rule.Matched);
        json.WriteBoolean("acted"u8, rule.Acted);
        if (rule.Threshold is { } threshold)
        {
            Answer.WriteNumber(json, "threshold"u8, threshold);
            json.WriteBoolean("off"u8, double.IsPositiveInfinity(threshold));
        }
        if (rule.Margin is { } margin) { Answer.WriteNumber(json, "margin"u8, margin); }
        if (rule.Segment is { } segment) { json.WriteString("segment"u8, segment); }
        if (rule.ExpectedCost is { } cost) { Answer.WriteNumber(json, "expectedCost"u8, cost); }
        json.WriteEndObject();
    }
}
