using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>Judges the pages of test requests by what was shown to the same requests: an item counts where it would stand at the position
/// at which it was logged. Needs a shown event with the fields <c>position</c> and <c>propensity</c>.</summary>
internal static class LoggedPages
{
    private const string Position = "position", Propensity = "propensity";

    /// <returns>Null: the design logs no positions with propensities.</returns>
    public static OffPolicyResult? Judge(Preparation prepared, JudgedRequests judged)
    {
        var history = prepared.History;
        var ranking = history.Design.Decision.Ranking!;
        if (ranking.Shown is not { } shown || Column(shown, Position) is not (>= 0 and var position)
            || Column(shown, Propensity) is not (>= 0 and var propensity))
        {
            return null;
        }
        var requests = judged.Rows.Select((row, place) => (row, place)).ToDictionary(static r => r.row, static r => r.place);
        var (table, item) = (history.Tables[shown.Number], shown.FindKey(ranking.Of.Name));
        var (decisions, positions) = (new List<int>(), new List<int>());
        var (propensities, rewards, chances) = (new List<double>(), new List<double>(), new List<double>());
        var scratch = new double[shown.Columns.Length];
        var taken = new HashSet<(int, int)>();
        for (var row = 0; row < table.RowCount; row++)
        {
            if (!requests.TryGetValue(PairLabels.RequestOf(history, shown, row), out var place)) { continue; }
            var values = history.Read(new(table.KnownOf(row), shown.Number, row), scratch).Values;
            if (!(values[position] >= 1) || double.IsNaN(values[item]) || !taken.Add((place, (int)values[position]))) { continue; }
            var (at, page) = ((int)values[position], judged.Policy[place]);
            decisions.Add(place);
            positions.Add(at);
            propensities.Add(values[propensity]);
            rewards.Add(prepared.Pairs!.Gain(judged.Rows[place], (int)values[item], label: 0));
            chances.Add(at <= page.Length && page[at - 1] == (int)values[item] ? 1 : 0);
        }
        var log = new LoggedExposures
        {
            DecisionCount = judged.Rows.Count,
            Decisions = [.. decisions],
            Positions = [.. positions],
            Propensities = [.. propensities],
            Rewards = [.. rewards],
            Keys = KeysOf(prepared, judged),
        };
        var logged = rewards.Sum() / Math.Max(1, judged.Rows.Count);
        return OffPolicyEvaluator.Evaluate(log, new() { Chances = [.. chances] }) switch
        {
            OffPolicyAnswer.Estimated e => new(
                logged, log.Count, e.EffectiveCount,
                [.. e.Estimates.Select(static x => new EstimateResult(x.Estimator, x.Value, [x.Interval.Low, x.Interval.High]))], null),
            OffPolicyAnswer.Refused refused => new(logged, log.Count, null, [], refused.Message),
            var other => throw new InvalidOperationException($"no such answer: {other}"),
        };
    }

    private static int Column(EventDesign shown, string field) =>
        shown.Columns.Select(static (c, i) => (c.Name, Index: i)).Where(c => c.Name == field).Select(static c => c.Index).DefaultIfEmpty(-1).First();

    /// <summary>Whom each request was for; a missing one is by itself.</summary>
    private static int[]? KeysOf(Preparation prepared, JudgedRequests judged)
    {
        if (prepared.Keys().Values.FirstOrDefault() is not { } keys) { return null; }
        return [.. judged.Rows.Select((row, place) => keys[row] >= 0 ? keys[row] : -2 - place)];
    }
}
