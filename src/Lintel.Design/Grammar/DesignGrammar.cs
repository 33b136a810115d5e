using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Grammar.Steps;
using Lintel.Design.Kinds;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar;

/// <summary>The whole grammar of a design file, with the kinds that this program knows: described once, read by the
/// binder, the JSON Schema and the reference page.</summary>
internal sealed class DesignGrammar
{
    /// <summary>The grammar that this program reads.</summary>
    public const int Version = 1;

    private static readonly Key<double> Lintel = new("lintel", new NumberForm(1, whole: true),
        $"The grammar that the file is written in; this is {Version}.", Required: true);

    private static readonly Key<LocatedText> SystemName =
        new("system", new TextForm("a name such as fraud"), "The system's name.", Required: true);

    private static readonly Key<LocatedText> Goal =
        new("goal", new TextForm("a sentence"), "What the system is for, in one sentence.", Required: true);

    private static readonly Key<LocatedText> TimeZone =
        new("timezone", new TextForm("an IANA time zone such as Europe/Berlin"),
        "Where calendar functions such as hour(time) are meant.", Default: "UTC");

    private static readonly Key<SectionValues> Requirements =
        new("requirements", RequirementsSection.Section, RequirementsSection.Section.Summary);

    private static readonly Key<NamedEntries<SectionValues>> Catalogues = new("catalogues", CataloguesSection.Form,
        "What is known of things, by their keys: of those that a ranking chooses from, and of those who ask.");

    private static readonly Key<NamedEntries<SectionValues>> Events = new("events", EventsSection.Form,
        "What happens, and when it becomes known. A label is an event too.", Required: true);

    private static readonly Key<SectionValues> Decision =
        new("decision", DecisionSection.Section, DecisionSection.Section.Summary, Required: true);

    private static readonly Key<SectionValues> Split =
        new("split", SplitSection.Section, SplitSection.Section.Summary, Required: true);

    private static readonly Key<NamedEntries<LocatedText>> Features = new("features", FeaturesSection.Form,
        "One expression each; see the expression reference. Braces expand on both sides: n_{1d,7d}: " +
        "count(payment) by card over {1d,7d}.", Required: true);

    private static readonly Key<SectionValues> Evaluate =
        new("evaluate", EvaluateSection.Section, EvaluateSection.Section.Summary, Required: true);

    private static readonly Key<ImmutableArray<OutcomesForm.Entry>> Outcomes = new("outcomes", new OutcomesForm(),
        "What can be decided, from the mildest to the hardest. Required for classification. In a map each says its role: " +
        "pass, challenge, review or refuse; in a list the name tells: one that says review or challenge is that, the " +
        "first of the others passes, the rest refuse.");

    private static readonly Key<ImmutableArray<LocatedText>> Policy = new("policy", PolicySection.PolicyForm,
        "Rules in order; the first that matches decides, and the last one always matches. Required with outcomes. Of a ranking: " +
        "steps in order, each a sentence of its kind; required, and the last is take COUNT. Of a regression: steps that make the promise of " +
        "the estimate; without any the estimate is promised.");

    private static readonly Key<SectionValues> Reviews =
        new("reviews", ReviewsSection.Section, ReviewsSection.Section.Summary);

    private static readonly Key<SectionValues> Serve = new("serve", ServeSection.Section, ServeSection.Section.Summary);

    private static readonly Key<SectionValues> Monitor =
        new("monitor", MonitorSection.Section, MonitorSection.Section.Summary);

    private static readonly Key<SectionValues> Retrain =
        new("retrain", RetrainSection.Section, RetrainSection.Section.Summary);

    private readonly Key<NamedEntries<ModelForm.Reading>> _models;
    private readonly Key<NamedEntries<CandidateForm.Reading>> _candidates;
    private readonly KindRegistry _kinds;

    public DesignGrammar(KindRegistry kinds)
    {
        _kinds = kinds;
        _models = new("models", new NamedForm<ModelForm.Reading>("a model", new ModelForm(kinds)),
            "Every model's score has a name. The last one that no other combines decides.", Required: true);
        _candidates = new("candidates", new NamedForm<CandidateForm.Reading>("a source", new CandidateForm(kinds)),
            "Sources of a ranking's candidates, each with its quota; required for a ranking.");
        Root = new("the design", "One YAML document, in the order of the six steps.",
            Lintel, SystemName, Goal, TimeZone, Requirements, Catalogues, Events, Decision, Split, _candidates, Features,
            _models, Evaluate,
            Outcomes, Policy,
            Reviews, Serve, Monitor, Retrain);
    }

    public Section Root { get; }

    /// <summary>Reads and checks a text; null when a diagnostic is an error.</summary>
    public SystemDesign? Bind(string path, string text, DiagnosticBag diagnostics)
    {
        var file = path;
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        if (new YamlReader(file, lines, diagnostics).Read() is not { } root) { return null; }
        if (!IsOurs(root, file, diagnostics) || !Root.TryRead(root, diagnostics, out SectionValues? values))
        {
            return null;
        }
        var context = new BindingContext(file, _kinds, diagnostics);
        var design = Bind(values, context, path, text, lines);
        return diagnostics.HasErrors ? null : design;
    }

    /// <summary>A file of a newer grammar is told by its first key, before its unknown keys are.</summary>
    private static bool IsOurs(YamlNode root, string file, DiagnosticBag diagnostics)
    {
        if (root is not YamlNode.Map map)
        {
            diagnostics.Error(FaultCodes.WrongForm, root.At, "the file is no design", root.Description,
                "a map of keys that starts with 'lintel: 1'");
            return false;
        }
        var version = map.Entries.FirstOrDefault(static e => e.Key.Text == Lintel.Name)?.Value;
        if (version is not YamlNode.Scalar { Core: CoreType.Number } scalar
            || !double.TryParse(scalar.Text, out var number) || number <= Version)
        {
            return true;
        }
        diagnostics.Error(FaultCodes.NewerGrammar, scalar.At, "the design is made for a newer grammar",
            $"lintel: {scalar.Text}",
            $"lintel: {Version}", "update Lintel, or write the design in this grammar");
        return false;
    }

    private SystemDesign Bind(SectionValues values, BindingContext context, string path, string text, string lines)
    {
        context.Zone = BindZone(values, context);
        EventsSection.Bind(values.Get(Events, NamedEntries<SectionValues>.None), context);
        context.Catalogues = CataloguesSection.Bind(values.Get(Catalogues, NamedEntries<SectionValues>.None), context);
        context.Decides = DecisionSection.KindOf(Section(values, Decision));
        var decision = BindCandidates(DecisionSection.Bind(Section(values, Decision), context), values, context);
        if (decision is not null) { SourceLeaks.Check(decision, context); }
        var split = SplitSection.Bind(Section(values, Split), context);
        context.FeatureOrder = FeaturesSection.Bind(values.Get(Features, NamedEntries<LocatedText>.None), context);
        var requirements = RequirementsSection.Bind(Section(values, Requirements), context);
        var models = ModelsSection.Bind(values.Get(_models, NamedEntries<ModelForm.Reading>.None), decision, context);
        var evaluate = EvaluateSection.Bind(Section(values, Evaluate), values.At, context);
        context.SingleModels = [.. models.Where(static m => m.Quantile is null).Select(static m => m.Name)];
        context.FinalModel = models.FirstOrDefault(static m => m.IsFinal)?.Name;
        var outcomes = PolicySection.BindOutcomes(values.Get(Outcomes, []), context);
        context.Outcomes = [.. outcomes.Select(static o => o.Name)];
        CheckPolicy(values, decision, context);
        var policy = context switch
        {
            { Ranking: { } ranking } => new StepGrammar(context, requirements, ranking).Bind(values.Get(Policy, [])),
            { IsRanking: true } => [],
            { Decides: DecisionKind.Regression } => new StepGrammar(context, requirements).Bind(values.Get(Policy, [])),
            _ => PolicySection.Bind(values.Get(Policy, []), values.AtOfKey(Policy), outcomes, requirements, context),
        };
        var serve = ServeSection.Bind(Section(values, Serve), values.At, context);
        return new()
        {
            Path = path,
            Text = text,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))),
            System = values.Text(SystemName)?.Text ?? "",
            Goal = values.Text(Goal)?.Text ?? "",
            TimeZone = context.Zone,
            Requirements = requirements,
            Events = policy.Any(static r => r.ReadsDecisions) ? context.EventsAndDecision : context.Events,
            Catalogues = context.Catalogues,
            Decision = decision!,
            Split = split!,
            Features = context.FeatureOrder,
            Models = models,
            Range = context.Range,
            Evaluate = evaluate,
            Outcomes = context.Outcomes,
            OutcomeDesigns = outcomes,
            Policy = policy,
            Reviews = ReviewsSection.Bind(Section(values, Reviews), outcomes, context),
            Serve = serve,
            Monitor = MonitorSection.Bind(Section(values, Monitor), values.At, context),
            Retrain = RetrainSection.Bind(Section(values, Retrain), values.At, models, decision, serve, context),
            Remarks = [.. context.Diagnostics.All],
        };
    }

    /// <summary>A ranking's sources, and the row that its expressions read.</summary>
    private DecisionDesign? BindCandidates(DecisionDesign? decision, SectionValues values, BindingContext context)
    {
        if (decision?.Ranking is not { } ranking)
        {
            if (values.Has(_candidates) && decision is not null)
            {
                context.Error(FaultCodes.Conflict, values.AtOfKey(_candidates), "only a ranking has candidates", $"kind: {decision.Kind}",
                    "kind: ranking", "remove 'candidates', or rank");
            }
            return decision;
        }
        if (!values.Has(_candidates))
        {
            context.Error(FaultCodes.MissingKey, values.At, "a ranking lacks 'candidates'", null,
                $"candidates: {_candidates.Form.Expected}", "add it: where the things that are ranked come from");
        }
        var named = values.Get(_candidates, NamedEntries<CandidateForm.Reading>.None);
        ranking = ranking with { Candidates = CandidatesSection.Bind(named, ranking.Of, decision.Each, context) };
        var bound = ranking.Candidates.Select(static c => c.Name).ToHashSet(StringComparer.Ordinal);
        context.BrokenSources =
            [.. named.Entries.Select(static e => e.Name).Concat(named.Faulty).Select(static n => n.Text).Where(n => !bound.Contains(n))];
        ranking = CandidateRow.Lay(ranking, decision.Each, context);
        (context.CandidateRow, context.Ranking) = (ranking.Row, ranking);
        return decision with { Ranking = ranking };
    }

    /// <summary>A classification has outcomes and rules; a ranking has steps, and its outcome is the page; a regression may have steps that
    /// make its promise.</summary>
    private static void CheckPolicy(SectionValues values, DecisionDesign? decision, BindingContext context)
    {
        if (context.Decides == DecisionKind.Regression)
        {
            if (!values.Has(Outcomes)) { return; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(Outcomes), "a regression has no 'outcomes': what it decides is a promise", null,
                "a policy of steps such as 'round to 5', or none: the estimate is promised", "remove 'outcomes'");
            return;
        }
        if (!context.IsRanking && decision is null) { return; }
        foreach (var key in context.IsRanking ? [Policy] : new Key[] { Outcomes, Policy })
        {
            if (values.Has(key)) { continue; }
            context.Error(FaultCodes.MissingKey, values.At, $"a {(context.IsRanking ? "ranking" : "classification")} lacks '{key.Name}'", null,
                $"{key.Name}: {key.Form.Expected}", $"add it: {key.Summary}");
        }
        if (!context.IsRanking || !values.Has(Outcomes)) { return; }
        context.Error(FaultCodes.Conflict, values.AtOfKey(Outcomes), "a ranking has no outcomes: what it decides is a page", null,
            "a policy of steps that ends with 'take COUNT'", "remove 'outcomes'");
    }

    private static SectionValues? Section(SectionValues values, Key<SectionValues> key) =>
        values.TryGet(key, out var section) ? section : null;

    private static TimeZoneInfo BindZone(SectionValues values, BindingContext context)
    {
        if (values.Text(TimeZone) is not { } zone || zone.Text is "UTC" or "Etc/UTC") { return TimeZoneInfo.Utc; }
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out var found) && !Path.IsPathRooted(zone.Text))
        {
            return found;
        }
        var near = Suggestion.Nearest(zone.Text, TimeZoneInfo.GetSystemTimeZones().Select(static z => z.Id));
        context.Error(FaultCodes.Undeclared, zone.At, $"there is no time zone '{zone.Text}'", null,
            "an IANA name such as Europe/Berlin",
            near is null ? null : $"did you mean '{near}'?");
        return TimeZoneInfo.Utc;
    }
}
