using System.Text.Json;
using Lintel.Design;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http.Answers;

/// <summary>How the decisions of one kind are told: what differs between an outcome, a promise and a page.</summary>
internal abstract class AnswerForm
{
    private static readonly OutcomeAnswer Outcome = new();
    private static readonly PromiseAnswer Promise = new();
    private static readonly PageAnswer Page = new();

    internal static AnswerForm Of(SystemVersion version) => version.Design.Decision.Kind switch
    {
        DecisionKind.Regression => Promise,
        DecisionKind.Ranking => Page,
        _ => Outcome,
    };

    /// <summary>What was decided, of a kind that decides one thing.</summary>
    internal abstract void WriteDecided(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version);

    /// <summary>What was shown, of a kind that shows items.</summary>
    internal virtual void WriteItems(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version, bool withFeatures) { }

    /// <summary>Why.</summary>
    internal virtual void WriteReasons(Utf8JsonWriter json, DecisionRecord decision, SystemVersion version) =>
        ReasonsJson.Write(json, decision, version, this);

    /// <summary>What stood in the place of a what-if.</summary>
    internal abstract void WriteBefore(Utf8JsonWriter json, DecisionRecord before);

    /// <summary>What one model said, or all of them together.</summary>
    /// <param name="probability">NaN: the kind has none.</param>
    internal abstract void WriteScore(Utf8JsonWriter json, double margin, double probability);
}
