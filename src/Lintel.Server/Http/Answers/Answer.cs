using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>Decisions as JSON. A number that is missing is null.</summary>
internal static class Answer
{
    /// <summary>The compact answer to <c>decide</c>; the same for a repeat, to the byte.</summary>
    internal static void Write(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteStartObject();
        WriteHead(json, decision, version);
        AnswerForm.Of(version).WriteItems(json, decision, version, withFeatures: false);
        json.WriteEndObject();
    }

    /// <summary>The answer with every feature, as verification and curious clients read it.</summary>
    internal static void WriteWithFeatures(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteStartObject();
        WriteHead(json, decision, version);
        AnswerForm.Of(version).WriteItems(json, decision, version, withFeatures: true);
        ReasonsJson.WriteFeatures(json, decision, version);
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
        AnswerForm.Of(version).WriteReasons(json, decision, version);
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
        var form = AnswerForm.Of(version);
        form.WriteBefore(json, before);
        json.WriteString("windows"u8, whatIf.WindowsAsRecorded ? "as recorded"u8 : "as of now"u8);
        form.WriteReasons(json, whatIf.Decision, version);
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

    private static void WriteHead(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteString("id"u8, decision.IdUtf8);
        AnswerForm.Of(version).WriteDecided(json, decision, version);
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

    private static void WriteEvent(Utf8JsonWriter json, IncomingRecord accepted)
    {
        json.WriteStartObject("event"u8);
        json.WriteString("event"u8, accepted.Event.Name);
        RecordJson.Write(json, accepted);
        json.WriteEndObject();
    }
}
