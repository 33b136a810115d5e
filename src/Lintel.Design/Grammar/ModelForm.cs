using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar;

/// <summary>A model entry: its kind decides which keys it has.</summary>
internal sealed class ModelForm(KindRegistry kinds) : Form<ModelForm.Reading>
{
    /// <summary>What an entry said, read by its kind's keys.</summary>
    public sealed record Reading(KindKeys Keys, SectionValues Values);

    private readonly IReadOnlyList<KindKeys> _kinds =
        [.. new[] { KindFamily.Model, KindFamily.Combiner }.SelectMany(kinds.Of).Select(static k => new KindKeys(k))];

    public override string Expected => "a map with 'kind' and that kind's keys, such as { kind: xgboost, trees: 300 }";

    public override IEnumerable<Section> Sections => _kinds.Select(static k => k.Section);

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("kind"),
        ["oneOf"] = new JsonArray([.. _kinds.Select(static k => (JsonNode)k.Section.Schema())]),
    };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out Reading value)
    {
        value = null;
        if (KindReader.Find(node, "a model", "model kind", _kinds, static k => k.Kind, this, diagnostics) is not { } keys
            || !keys.Section.TryRead(node, diagnostics, out SectionValues? values))
        {
            return false;
        }
        value = new(keys, values);
        return true;
    }
}

/// <summary>The keys of one model kind: those of all models, and its own parameters.</summary>
internal sealed class KindKeys
{
    private static readonly ListForm<LocatedText> Names = new(new TextForm("a name; * stands for any letters"));

    public KindKeys(Kind kind)
    {
        Kind = kind;
        Parameters = new(kind);
        KindKey = new("kind", new ChoiceForm(kind.Name), kind.Summary, Required: true);
        Tune = new("tune",
            new Section($"tune of {kind.Name}",
                "A search over settings, judged on the validation days: every combination of the candidates.",
            [TuneMetric, .. Parameters.Lists]), "A small search over settings on the validation days.");
        Section = new($"model kind {kind.Name}", kind.Summary,
            [KindKey, kind.Family == KindFamily.Model
                ? Features
                : Models, Label, Calibrate, Sample, Tune, .. ValueKeys(kind), .. Parameters.Keys]);
    }

    /// <summary>What only models of values have.</summary>
    private static IEnumerable<Key> ValueKeys(Kind kind)
    {
        if (kind.CoversRanges)
        {
            yield return Cover;
            yield return SliceBy;
        }
        if (kind.Family != KindFamily.Model || !kind.For.HasFlag(DecisionUse.Regression)) { yield break; }
        yield return ResidualOver;
        if (kind.AtQuantile is not null) { yield return Quantiles; }
    }

    public Kind Kind { get; }

    public KindParameters Parameters { get; }

    public Section Section { get; }

    public Key<string> KindKey { get; }

    public Key<SectionValues> Tune { get; }

    public static readonly Key<ImmutableArray<LocatedText>> Features = new("uses", Names,
        "Features that it reads; * stands for any letters.", Default: "all that its kind reads: numbers, conditions and durations; of kinds that read ids, texts and keys too");

    public static readonly Key<ImmutableArray<LocatedText>> Models =
        new("of", Names, "Models whose scores it combines.", Required: true);

    public static readonly Key<LocatedText> ResidualOver = new("residual over", new NameForm("an earlier model or a feature"),
        "Of a regression: it learns what this leaves over, out-of-fold scores of a model or the value of a feature, and its score adds it again.",
        Default: "nothing: it learns the label itself");

    public static readonly Key<ImmutableArray<double>> Quantiles = new("quantiles", new ListForm<double>(new ShareForm(0.001, 0.999)),
        "Of a regression: quantiles of the label, ascending, with 50% among them; each is a fit of its own, and they are put in order, so " +
        "that they never cross. The 50 % one bears the entry's name, the others are told as NAME@10%.",
        Default: "none: one estimate");

    public static readonly Key<ImmutableArray<double>> Cover = new("cover", new ListForm<double>(new ShareForm(0.01, 0.999)),
        "Shares of the outcomes that its ranges hold: 80% lies between the 10 % and the 90 % quantile, which the model it is of must give.",
        Required: true);

    public static readonly Key<LocatedText> SliceBy = new("by", new NameForm("a feature"),
        "A feature by whose value ranges follow outcomes of their own, where there are enough: an id, a condition or a whole number.",
        Default: "all outcomes together");

    public static readonly Key<LocatedText> Label = new("label", new NameForm("a name under 'labels'"),
        "Which of a ranking's labels it learns.", Default: "the first");

    public static readonly Key<LocatedText> Calibrate =
        new("calibrate", new TextForm("the name of a calibrator, such as isotonic"),
        "Turns the score into a probability that keeps its word.");

    public static readonly Key<double> Negatives = new("negatives", new ShareForm(0.0001, 1),
        "Share of the negatives that is kept when fitting; the ledger inverts it in the probability.", Required: true);

    public static readonly Key<SectionValues> Sample =
        new("sample", new Section("sample", "Which rows are kept when fitting.", Negatives),
        "Down-sampling of the training rows.", Default: "all rows");

    public static readonly Key<LocatedText> TuneMetric =
        new("metric", new TextForm("a metric, such as average-precision"),
        "What the candidates are compared by.", Required: true);
}
