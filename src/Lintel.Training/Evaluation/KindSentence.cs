using System.Globalization;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Evaluation;

/// <summary>What recall by kind comes to, in one plain sentence.</summary>
internal static class KindSentence
{
    public static string Of(double perDay, IReadOnlyList<KindResult> kinds)
    {
        var never = kinds.Where(static k => k.Train == 0 && k.Test > 0).MaxBy(static k => k.Test);
        if (never is null) { return $"Every kind of the test period was in training; the policy stops or looks at {Number(perDay)} decisions a day."; }
        var head = $"Of {never.Test.ToString("N0", CultureInfo.InvariantCulture)} positives of '{never.Kind}', which training never saw, "
            + $"the policy catches {Share(never.Policy)} with {Number(perDay)} decisions a day";
        if (never.WithoutNovelty is not { } without) { return head + "; it has no rule of a novelty model."; }
        var tail = $"; without its novelty rule, looking at as many, it would catch {Share(without)}";
        return head + tail + (never.Judged ? Judgement(without.BehindInterval) : " (too few to judge).");
    }

    private static string Judgement(double?[]? difference) => difference switch
    {
        [> 0, _] => ".",
        [_, < 0] => ": the rule costs more than it finds.",
        _ => ": a difference that the interval does not bear out.",
    };

    private static string Share(RecallResult recall) => recall.Interval is [{ } low, { } high]
        ? $"{Percent(recall.Recall)} [{Percent(low)}, {Percent(high)}]" : Percent(recall.Recall);

    private static string Percent(double? share) => share is { } s ? $"{(100 * s).ToString("0.0", CultureInfo.InvariantCulture)} %" : "none";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
