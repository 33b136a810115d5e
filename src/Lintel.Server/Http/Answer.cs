using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http;

/// <summary>Decisions as JSON. A number that is missing is null.</summary>
internal static class Answer
{
    /// <summary>The compact answer to <c>decide</c>; the same for a repeat, to the byte.</summary>
    internal static void Write(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteStartObject();
        WriteHead(json, decision, version);
        if (decision.Page is { } page) { PageAnswer.WriteItems(json, page, version, withFeatures: false); }
        json.WriteEndObject();
    }

    /// <summary>The answer with every feature, as verification and curious clients read it.</summary>
    internal static void WriteWithFeatures(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteStartObject();
        WriteHead(json, decision, version);
        if (decision.Page is { } page) { PageAnswer.WriteItems(json, page, version, withFeatures: true); }
        WriteFeatures(json, decision, version);
        json.WriteEndObject();
    }

    /// <summary>The whole record with its reasons.</summary>
    /// <param name="accepted">The event as it was accepted; null where only the decision is told.</param>
    internal static void WriteExplained(
        Utf8JsonWriter json, DecisionRecord decision, SystemVersion version, IncomingRecord? accepted)
    {
        json.WriteStartObject();
        WriteHead(json, decision, version);
        json.WriteString("known"u8, Time(decision.Known));
        json.WriteNumber("propensity"u8, decision.Propensity);
        if (accepted is not null) { WriteEvent(json, accepted); }
        if (decision.Page is { } page)
        {
            PageAnswer.WriteItems(json, page, version, withFeatures: true);
            PageAnswer.WriteFunnel(json, FunnelView.Of(version, page));
        }
        else { WriteReasons(json, decision, version); }
        json.WriteEndObject();
    }

    /// <summary>An event that nobody asked to decide.</summary>
    internal static void WriteAccepted(Utf8JsonWriter json, LiveItem item)
    {
        json.WriteStartObject();
        json.WriteString("event"u8, item.Record.Event.Name);
        if (item.Record.HasId) { json.WriteString("id"u8, item.Record.Id); }
        if (item.Fate == LiveFate.Unanswered)
        {
            json.WriteBoolean("failed"u8, true);
            json.WriteString("because"u8, "time-out"u8);
        }
        else if (item.Fate == LiveFate.Repeated) { json.WriteBoolean("repeat"u8, true); }
        else { json.WriteNumber("place"u8, item.Place); }
        json.WriteEndObject();
    }

    internal static void WriteWhatIf(Utf8JsonWriter json, WhatIf whatIf, DecisionRecord before, SystemVersion version)
    {
        json.WriteStartObject();
        WriteHead(json, whatIf.Decision, version);
        if (version.Estimate is null)
        {
            json.WriteString("before"u8, before.Outcome);
            WriteNumber(json, "scoreBefore"u8, before.Probability);
            WriteNumber(json, "marginBefore"u8, before.Margin);
        }
        else
        {
            WriteNumber(json, "promiseBefore"u8, before.Promise);
            WriteNumber(json, "estimateBefore"u8, before.Margin);
        }
        json.WriteString("windows"u8, whatIf.WindowsAsRecorded ? "as recorded"u8 : "as of now"u8);
        WriteReasons(json, whatIf.Decision, version);
        json.WriteEndObject();
    }

    internal static string Time(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    internal static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) { json.WriteNumber(name, value); }
        else { json.WriteNull(name); }
    }

    internal static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value)) { json.WriteNumber(name, value); }
        else { json.WriteNull(name); }
    }

    private static void WriteEstimate(Utf8JsonWriter json, DecisionRecord decision, EstimateAnswer answer)
    {
        WritePromise(json, decision.Promise, decision.Margin);
        if (!decision.Failed) { WriteQuantiles(json, decision.Registers, answer); }
    }

    internal static void WritePromise(Utf8JsonWriter json, double promise, double estimate)
    {
        WriteNumber(json, "promise"u8, promise);
        WriteNumber(json, "estimate"u8, estimate);
    }

    internal static void WriteQuantiles(Utf8JsonWriter json, ReadOnlySpan<double> registers, EstimateAnswer answer)
    {
        if (answer.Quantiles.IsEmpty) { return; }
        json.WriteStartObject("quantiles"u8);
        foreach (var quantile in answer.Quantiles) { WriteNumber(json, quantile.Text, registers[quantile.Register]); }
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteString("id"u8, decision.IdUtf8);
        if (version.Estimate is { } answer) { WriteEstimate(json, decision, answer); }
        else if (decision.Page is null)
        {
            json.WriteString("decision"u8, decision.Outcome);
            WriteNumber(json, "score"u8, decision.Probability);
            WriteNumber(json, "margin"u8, decision.Margin);
            json.WriteString("rule"u8, decision.RuleText);
        }
        json.WriteNumber("version"u8, decision.Version);
        if (decision.EventPlace >= 0) { json.WriteNumber("place"u8, decision.EventPlace); }
        else { json.WriteNull("place"u8); }
        if (decision.LetThrough) { json.WriteBoolean("letThrough"u8, true); }
        if (decision.Failed)
        {
            json.WriteBoolean("failed"u8, true);
            json.WriteString("because"u8, decision.Late ? "time-out"u8 : "scoring failed"u8);
        }
        if (decision.Precomputed) { json.WriteBoolean("precomputed"u8, true); }
        if (decision.Recovered) { json.WriteBoolean("recovered"u8, true); }
    }

    private static void WriteReasons(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
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
        try { WriteExplanation(json, Explanation.Of(version, decision.Registers)); }
        catch (InvalidDataException fault) { json.WriteString("unexplained"u8, fault.Message); }
    }

    private static void WriteFeatures(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
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

    private static void WriteEvent(Utf8JsonWriter json, IncomingRecord accepted)
    {
        json.WriteStartObject("event"u8);
        json.WriteString("event"u8, accepted.Event.Name);
        RecordJson.Write(json, accepted);
        json.WriteEndObject();
    }

    private static void WriteExplanation(Utf8JsonWriter json, Explanation why)
    {
        json.WriteStartObject("explanation"u8);
        json.WriteNumber("base"u8, why.Base);
        var isEstimate = why.Quantiles is not null;
        WriteNumber(json, isEstimate ? "estimate"u8 : "margin"u8, why.Margin);
        if (!isEstimate) { WriteNumber(json, "probability"u8, why.Probability); }
        json.WriteStartArray("contributions"u8);
        foreach (var part in why.Contributions)
        {
            json.WriteStartObject();
            json.WriteString("feature"u8, part.Feature);
            WriteNumber(json, "value"u8, part.Value);
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
            WriteNumber(json, isEstimate ? "estimate"u8 : "margin"u8, score.Margin);
            if (!isEstimate) { WriteNumber(json, "probability"u8, score.Probability); }
            if (score.Position is { } position) { WriteNumber(json, "position"u8, position); }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("policy"u8);
        foreach (var rule in why.Policy) { WriteRule(json, rule); }
        foreach (var line in why.Promise ?? [])
        {
            json.WriteStartObject();
            json.WriteString("step"u8, line.Text);
            WriteNumber(json, "promise"u8, line.Promise);
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
            WriteNumber(json, "threshold"u8, threshold);
            json.WriteBoolean("off"u8, double.IsPositiveInfinity(threshold));
        }
        if (rule.Margin is { } margin) { WriteNumber(json, "margin"u8, margin); }
        if (rule.Segment is { } segment) { json.WriteString("segment"u8, segment); }
        if (rule.ExpectedCost is { } cost) { WriteNumber(json, "expectedCost"u8, cost); }
        json.WriteEndObject();
    }
}
