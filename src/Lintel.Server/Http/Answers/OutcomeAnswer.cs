using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>Decisions of a classification: an outcome with its score.</summary>
internal sealed class OutcomeAnswer : AnswerForm
{
    internal override void WriteDecided(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version)
    {
        json.WriteString("decision"u8, decision.Outcome);
        Answer.WriteNumber(json, "score"u8, decision.Probability);
        Answer.WriteNumber(json, "margin"u8, decision.Margin);
        json.WriteString("rule"u8, decision.RuleText);
    }

    internal override void WriteBefore(Utf8JsonWriter json, DecisionRecord before)
    {
        json.WriteString("before"u8, before.Outcome);
        Answer.WriteNumber(json, "scoreBefore"u8, before.Probability);
        Answer.WriteNumber(json, "marginBefore"u8, before.Margin);
    }

    internal override void WriteScore(Utf8JsonWriter json, double margin, double probability)
    {
        Answer.WriteNumber(json, "margin"u8, margin);
        Answer.WriteNumber(json, "probability"u8, probability);
    }
}
