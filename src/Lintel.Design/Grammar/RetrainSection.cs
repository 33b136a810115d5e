using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>retrain:</c> when a new version is made, and what promotes it.</summary>
internal static class RetrainSection
{
    private const string RollbackForm = "calibration outside LOW..HIGH, such as calibration outside 0.95..1.05";
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
            ContinuousChecks.Check(values.AtOfKey(Continuous), models, decision, serve, context);
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
