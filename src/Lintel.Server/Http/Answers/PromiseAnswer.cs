using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>Decisions of a regression: a promise in its range.</summary>
internal sealed class PromiseAnswer : AnswerForm
{
    internal override void WriteDecided(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        WritePromise(json, decision.Promise, decision.Margin);
        if (!decision.Failed) { WriteQuantiles(json, decision.Registers, version.Estimate!); }
    }

    internal static void WritePromise(Utf8JsonWriter json, double promise, double estimate)
    {
        Answer.WriteNumber(json, "promise"u8, promise);
        Answer.WriteNumber(json, "estimate"u8, estimate);
    }

    internal static void WriteQuantiles(Utf8JsonWriter json, ReadOnlySpan<double> registers, EstimateAnswer answer)
    {
        if (answer.Quantiles.IsEmpty) { return; }
        json.WriteStartObject("quantiles"u8);
        foreach (var quantile in answer.Quantiles) { Answer.WriteNumber(json, quantile.Text, registers[quantile.Register]); }
        json.WriteEndObject();
    }

    internal override void WriteBefore(Utf8JsonWriter json, DecisionRecord before)
    {
        Answer.WriteNumber(json, "promiseBefore"u8, before.Promise);
        Answer.WriteNumber(json, "estimateBefore"u8, before.Margin);
    }

    internal override void WriteScore(Utf8JsonWriter json, double margin, double probability) =>
        Answer.WriteNumber(json, "estimate"u8, margin);
}
