using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary><c>retrain:</c> when a new version is made, and what promotes it.</summary>
internal static class RetrainSection
{
    private const string RollbackForm = "calibration outside LOW..HIGH, such as calibration outside 0.95..1.05";
    private const int DaysRemembered = 90;
    private const string DefaultPromote = "when no gate is broken and no slice is worse";

    private static readonly Key<TimeSpan> Every =
        new("every", new DurationForm(), "How often a new version is trained.", Default: "on demand");

    private static readonly Key<string> Refit = new("refit", new ChoiceForm("now", "never"),
        "now: after judging, the same recipe is fitted on all that is known, and that is served. never: the " +
        "judged model is served.", Default: "never");

    private static readonly Key<TimeSpan> Calibrate = new("calibrate", new DurationForm(),
        "How often the calibration is to be fitted anew on what matured meanwhile: lintel recalibrate does it, by your scheduler.",
        Default: "with a new version");

    private static readonly Key<TimeSpan> Continuous = new("continuous", new DurationForm(),
        "Models that can go on learning do so while the system serves; this often, what they have learned becomes a version.",
        Default: "models stay as they were fitted");

    private static readonly Key<LocatedText> Rollback = new("rollback", new TextForm(RollbackForm),
        "Positives promised over positives seen, of what is being learned: outside the band, learning and the live version go back.",
        Default: "never");

    private static readonly Key<LocatedText> Promote =
        new("promote", new TextForm("a sentence"), "When a version goes live.", Default: DefaultPromote);

    public static readonly Section Section =
        new("retrain", "When a new version is made, and what promotes it.", Every, Refit, Calibrate, Continuous, Rollback, Promote);

    public static RetrainDesign Bind(
        SectionValues? values, SourceSpan at, IReadOnlyList<ModelDesign> models, DecisionDesign? decision, ServeDesign serve, BindingContext context)
    {
        if (values is null) { return new(null, false, DefaultPromote, at); }
        if (values.TryGet(Continuous, out var continuous))
        {
            Bounds.AboveZero(continuous > TimeSpan.Zero, values, Continuous, context);
            CheckContinuous(values, models, decision, serve, context);
        }
        else if (values.Has(Rollback))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(Rollback), "'rollback' is said of continuous learning", null, "continuous: 5m",
                "add 'continuous', or remove it");
        }
        return new(values.TryGet(Every, out var every) ? every : null, values.Get(Refit, "never") == "now",
            values.Text(Promote)?.Text.Trim() ?? DefaultPromote, values.At)
        {
            Calibrate = values.TryGet(Calibrate, out var calibrate) ? calibrate : null,
            Continuous = values.Has(Continuous) ? continuous : null,
            Rollback = values.Text(Rollback) is { } band ? Band(band, context) : null,
        };
    }

    /// <summary>Something must be able to learn, and what a record's label is must become known while the record is.</summary>
    private static void CheckContinuous(
        SectionValues values, IReadOnlyList<ModelDesign> models, DecisionDesign? decision, ServeDesign serve, BindingContext context)
    {
        var at = values.AtOfKey(Continuous);
        var kinds = context.Kinds.Of(KindFamily.Model).Where(static k => k.LearnsOnline).Select(static k => k.Name).ToList();
        if (models.Count > 0 && !models.Any(m => kinds.Contains(m.Kind)))
        {
            context.Error(FaultCodes.Conflict, at, "no model can go on learning", string.Join(", ", models.Select(static m => m.Kind).Distinct()),
                string.Join(" | ", kinds), "use one of these kinds, or remove 'continuous'");
        }
        if (context.IsRanking || decision?.Kind == DecisionKind.Regression)
        {
            context.Error(FaultCodes.Conflict, at, "only classifications learn while they serve",
                $"kind: {(context.IsRanking ? "ranking" : "regression")}", "kind: classification",
                "remove 'continuous', and train by a scheduler");
        }
        if (decision is not { Kind: DecisionKind.Classification, Label: var label }) { return; }
        if (label.All(static source => source.Value is null && source.Within is null))
        {
            context.Error(FaultCodes.Conflict, at, "a negative is never known: the label only happens", null, "label: … within 7d",
                "say within which time it happens");
        }
        var remembered = serve.Remember ?? TimeSpan.FromDays(DaysRemembered);
        foreach (var source in label)
        {
            if (source.Within is not { } within || within < remembered) { continue; }
            context.Error(FaultCodes.Conflict, at, "a label is known only when its record is forgotten", $"within {within.TotalDays:0.##}d",
                $"less than {remembered.TotalDays:0.##}d", "raise 'serve: remember', or allow the label less time");
        }
    }

    private static RollbackBand? Band(LocatedText text, BindingContext context)
    {
        if (text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["calibration", "outside", var range]
            && range.Split("..") is [var from, var to]
            && double.TryParse(from, NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(to, NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            && low is >= 0 and <= 1 && high >= 1 && low < high)
        {
            return new(low, high);
        }
        context.Error(FaultCodes.WrongForm, text.At, "'rollback' says a band with 1 inside", text.Text, RollbackForm);
        return null;
    }
}
