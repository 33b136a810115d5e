using Lintel.Design;

namespace Lintel.Training.DayReplays;

/// <summary>Compares a replayed day with what was decided.</summary>
internal static class DayComparison
{
    /// <param name="own">The version that is asked about.</param> <param name="other">What was decided.</param>
    public static DayReplayResult Of(DateOnly day, ReplayedDay own, IDayAnswers other, string against)
    {
        var design = own.Version.Design;
        var promises = own.Version.Estimate is not null;
        var pairs = new List<Pair>();
        var missing = 0;
        foreach (var row in own.Rows)
        {
            if (other.TryFind(row.Id, out var before)) { pairs.Add(new(row, before, row.Answer, promises)); }
            else { missing++; }
        }
        var same = pairs.Where(p => p.Before.Version == own.Version.Number && !p.Before.Failed).ToArray();
        var roles = new Roles(own);
        var differences = pairs.Where(static p => p.Differs)
            .GroupBy(static p => p.Change)
            .Select(g => Difference(g.Key.Item1, g.Key.Item2, [.. g], roles))
            .OrderByDescending(static d => d.Count).ThenBy(static d => d.From, StringComparer.Ordinal);
        return new(
            day.ToString("yyyy-MM-dd"), own.Version.Number, against, pairs.Count,
            pairs.Count(p => !p.Before.Failed && (p.Before.Version == own.Version.Number ? p.What is not null : p.Differs)),
            missing, pairs.Count(static p => p.Before.Failed),
            new(same.Length, same.Count(static p => p.What is not null), First(same)),
            [.. differences], Figures(pairs, roles),
            [.. design.Evaluate.Slices.Select((slice, s) =>
                new SliceFigures(slice.Name, Figures([.. pairs.Where(p => p.Row.Slices[s])], roles)))])
        {
            Promises = promises,
            ReviewCapacity = design.Requirements.ReviewersPerDay,
        };
    }

    private static string? First(Pair[] pairs) =>
        pairs.FirstOrDefault(static p => p.What is not null) is { } pair ? $"{pair.Row.Id}: {pair.What}" : null;

    private static OutcomeDifference Difference(string from, string to, Pair[] pairs, Roles roles)
    {
        var labelled = pairs.Where(static p => !float.IsNaN(p.Row.Label)).ToArray();
        return new(
            from, to, pairs.Length, labelled.Length, labelled.Count(static p => !p.IsPromise && p.Row.Label > 0),
            Sum(labelled, p => p.CostOf(p.After, roles) - p.CostOf(p.Before, roles)));
    }

    private static DayFigures Figures(List<Pair> pairs, Roles roles)
    {
        var labelled = pairs.Where(static p => !float.IsNaN(p.Row.Label)).ToArray();
        int Count(Func<Pair, string> outcome, OutcomeRole role) => pairs is [{ IsPromise: true }, ..] ? 0 : pairs.Count(p => roles.Of(outcome(p)).Role == role);
        return new(
            pairs.Count, pairs.Count(static p => p.Differs),
            Count(static p => p.Before.Outcome, OutcomeRole.Reviewed), Count(static p => p.After.Outcome, OutcomeRole.Reviewed),
            Count(static p => p.Before.Outcome, OutcomeRole.Refused), Count(static p => p.After.Outcome, OutcomeRole.Refused),
            labelled.Length,
            Sum(labelled, p => p.CostOf(p.Before, roles)),
            Sum(labelled, p => p.CostOf(p.After, roles)));
    }

    /// <summary>Decisions whose cost is missing are left out; null when nothing is left.</summary>
    private static double? Sum(Pair[] pairs, Func<Pair, double> cost)
    {
        var costs = pairs.Select(cost).Where(static c => !double.IsNaN(c)).ToArray();
        return costs.Length == 0 ? null : costs.Sum();
    }

    private sealed record Pair(ReplayedRow Row, DayAnswer Before, DayAnswer After, bool IsPromise)
    {
        internal bool Differs => Before.Outcome != After.Outcome || (IsPromise && !Before.Probability.Equals(After.Probability));

        /// <summary>From which answer to which.</summary>
        internal (string From, string To) Change => !IsPromise ? (Before.Outcome, After.Outcome)
            : ("promised", After.Probability > Before.Probability ? "later" : "sooner");

        /// <summary>What differs where the same version decided both; null: nothing.</summary>
        internal string? What =>
            IsPromise && Differs ? $"promise {Before.Probability:R}, replayed {After.Probability:R}"
            : Differs ? $"outcome {Before.Outcome}, replayed {After.Outcome}"
            : Before.LetThrough != After.LetThrough ? $"let through {Before.LetThrough}, replayed {After.LetThrough}"
            : Before.Rule != After.Rule ? $"rule {Before.Rule}, replayed {After.Rule}"
            : !Before.Margin.Equals(After.Margin) ? $"margin {Before.Margin:R}, replayed {After.Margin:R}"
            : !Before.Probability.Equals(After.Probability) ? $"probability {Before.Probability:R}, replayed {After.Probability:R}"
            : null;

        internal double CostOf(DayAnswer answer, Roles roles) =>
            IsPromise ? Row.CostOf(answer.Probability) : Row.CostOf(roles.Of(answer.Outcome));
    }

    /// <summary>Outcomes by name; one that the design does not have any more passes.</summary>
    private sealed class Roles(ReplayedDay own)
    {
        private static readonly OutcomeDesign Passing = new("", OutcomeRole.Passed);

        private readonly Dictionary<string, OutcomeDesign> _outcomes =
            own.Version.Design.OutcomeDesigns.ToDictionary(static o => o.Name, StringComparer.Ordinal);

        internal OutcomeDesign Of(string outcome) => _outcomes.GetValueOrDefault(outcome, Passing);
    }
}
