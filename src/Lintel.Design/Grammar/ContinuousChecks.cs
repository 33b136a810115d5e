using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary>What <c>retrain: continuous</c> asks of a design: something must be able to learn, and the label of what it learns must become
/// known while the record is remembered that it speaks of.</summary>
internal static class ContinuousChecks
{
    private const int DaysRemembered = 90;

    public static void Check(
        SourceSpan at, IReadOnlyList<ModelDesign> models, DecisionDesign? decision, ServeDesign serve, BindingContext context)
    {
        CheckModels(at, models, decision, context);
        var label = decision switch
        {
            { Kind: DecisionKind.Classification } => Decided(at, decision, context),
            { Ranking: { } ranking } => Shown(at, decision, ranking, context),
            _ => [],
        };
        if (decision?.Kind == DecisionKind.Regression)
        {
            context.Error(FaultCodes.Conflict, at, "a regression does not learn while it serves", "kind: regression",
                "kind: classification | ranking", "remove 'continuous', and train by a scheduler");
        }
        var remembered = serve.Remember ?? TimeSpan.FromDays(DaysRemembered);
        foreach (var source in label)
        {
            if (source.Within is not { } within || within < remembered) { continue; }
            context.Error(FaultCodes.Conflict, at, "a label is known only when its record is forgotten", $"within {within.TotalDays:0.##}d",
                $"less than {remembered.TotalDays:0.##}d", "raise 'serve: remember', or allow the label less time");
        }
    }

    /// <summary>Of a ranking's labels the first is learned.</summary>
    private static void CheckModels(SourceSpan at, IReadOnlyList<ModelDesign> models, DecisionDesign? decision, BindingContext context)
    {
        var first = decision?.Ranking?.Labels is [var label, ..] ? label.Name : null;
        var kinds = context.Kinds.Of(KindFamily.Model).Where(static k => k.LearnsOnline).Select(static k => k.Name).ToList();
        if (models.Count == 0 || models.Any(m => kinds.Contains(m.Kind) && (m.Label is null || m.Label == first))) { return; }
        context.Error(FaultCodes.Conflict, at,
            models.Any(m => kinds.Contains(m.Kind)) ? $"no model of '{first}' can go on learning" : "no model can go on learning",
            string.Join(", ", models.Select(static m => m.Kind).Distinct()), string.Join(" | ", kinds),
            "use one of these kinds, or remove 'continuous'");
    }

    private static ImmutableArray<LabelSource> Decided(SourceSpan at, DecisionDesign decision, BindingContext context)
    {
        if (decision.Label.All(static source => source.Value is null && source.Within is null))
        {
            context.Error(FaultCodes.Conflict, at, "a negative is never known: the label only happens", null, "label: … within 7d",
                "say within which time it happens");
        }
        return decision.Label;
    }

    /// <summary>What nobody saw teaches nothing; of what was shown, only silence is a no.</summary>
    private static ImmutableArray<LabelSource> Shown(SourceSpan at, DecisionDesign decision, RankingDesign ranking, BindingContext context)
    {
        if (ranking.Shown is not { } shown)
        {
            context.Error(FaultCodes.Conflict, at, "what was shown is not known, and only that is learned", "no 'shown' in 'decision'",
                "shown: EVENT", "name the event that says what was shown, or remove 'continuous'");
            return [];
        }
        if (shown.About?.Event != decision.Each)
        {
            context.Error(FaultCodes.Conflict, at, $"'{shown.Name}' does not say of which {decision.Each.Name} it is", null,
                $"{shown.Name}: {{ about: {decision.Each.Name} by … }}", "declare what it is about, or remove 'continuous'");
        }
        var label = ranking.Labels[0].Sources;
        foreach (var source in label)
        {
            if (source.Event.About?.Event != shown)
            {
                context.Error(FaultCodes.Conflict, at, $"'{source.Event.Name}' does not say which {shown.Name} it is about", null,
                    $"{source.Event.Name}: {{ about: {shown.Name} by … }}", "declare what it is about, or remove 'continuous'");
            }
            if (source.Within is null)
            {
                context.Error(FaultCodes.Conflict, at, "a negative is never known: the label only happens", null,
                    $"label: {source.Event.Name} within 30m", "say within which time it happens");
            }
        }
        return label;
    }
}
