using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar;

/// <summary>A source of candidates: its kind decides which keys it has.</summary>
internal sealed class CandidateForm(KindRegistry kinds) : Form<CandidateForm.Reading>
{
    public sealed record Reading(CandidateKeys Keys, SectionValues Values);

    private readonly IReadOnlyList<CandidateKeys> _kinds =
        [.. kinds.Of(KindFamily.CandidateSource).Select(static k => new CandidateKeys(k))];

    public override string Expected => "a map with 'kind' and that kind's keys, such as { kind: als, from: rating, take: 200 }";

    public override IEnumerable<Section> Sections => _kinds.Select(static k => k.Section);

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("kind", "take"),
        ["oneOf"] = new JsonArray([.. _kinds.Select(static k => (JsonNode)k.Section.Schema())]),
    };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out Reading value)
    {
        value = null;
        if (KindReader.Find(node, "a source of candidates", "source kind", _kinds, static k => k.Kind, this, diagnostics) is not { } keys
            || !keys.Section.TryRead(node, diagnostics, out SectionValues? values))
        {
            return false;
        }
        value = new(keys, values);
        return true;
    }
}

/// <summary>The keys of one kind of source: those of all sources, and its own parameters.</summary>
internal sealed class CandidateKeys
{
    public CandidateKeys(Kind kind)
    {
        Kind = kind;
        Parameters = new(kind);
        KindKey = new("kind", new ChoiceForm(kind.Name), kind.Summary, Required: true);
        From = new("from", new NameForm("an event"), "The event that tells who had to do with what.", Required: kind.Feed != FeedNeed.None);
        Key[] feed = kind.Feed == FeedNeed.None ? [] : [From, Where, Weight, For, Known];
        Key[] window = kind.Feed == FeedNeed.Windowed ? [Over, By] : [];
        Section = new($"candidate kind {kind.Name}", kind.Summary, [KindKey, Take, .. feed, .. window, .. Parameters.Keys]);
    }

    public Kind Kind { get; }

    public KindParameters Parameters { get; }

    public Section Section { get; }

    public Key<string> KindKey { get; }

    public Key<LocatedText> From { get; }

    public static readonly Key<double> Take =
        new("take", new NumberForm(1, 5_000, whole: true), "Quota: the most items that it offers to a request.", Required: true);

    public static readonly Key<LocatedText> Where = new("where", new ExpressionForm("a condition over the event's columns"),
        "Records that count.", Default: "all");

    public static readonly Key<LocatedText> Weight = new("weight", new ExpressionForm("a number over the event's columns"),
        "How much a record counts, above 0.", Default: "1");

    public static readonly Key<LocatedText> For = new("for", new NameForm("an entity"), "Whose interactions they are.",
        Default: "the first key of the decided event that the event has, too");

    public static readonly Key<string> Known = new("known", new ChoiceForm("left out", "offered"),
        "What happens to items that the one who asks had to do with already, by this very feed.", Default: "left out");

    public static readonly Key<TimeSpan> Over = new("over", new DurationForm(), "How far back it counts.", Default: "over all time");

    public static readonly Key<LocatedText> By = new("by", new NameForm("a key or field that the event and the decided event both have"),
        "Counts each value's records apart.", Default: "all together");
}
