using Lintel.Design;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics;

public sealed class BudgetMetricTests
{
    [Fact]
    public void Recall_at_a_share_takes_the_tied_group_at_the_cut_in_proportion()
    {
        // ten rows, a budget of 30 %: the highest, then two of the four that tie; one of these four is positive
        double[] margins = [9, 5, 5, 5, 5, 1, 1, 1, 1, 1];
        float[] labels = [1, 1, 0, 0, 0, 1, 0, 0, 0, 0];
        JudgedRows.Evaluate("recall@30%", JudgedRows.Of(margins, labels)).ShouldBe((1 + 0.5) / 3, 1e-12);
        JudgedRows.Evaluate("precision@30%", JudgedRows.Of(margins, labels)).ShouldBe((1 + 0.5) / 3, 1e-12);
    }

    [Fact]
    public void Precision_by_day_is_the_mean_over_days_and_short_days_count_what_they_have()
    {
        // day 1: the two highest are 1 positive of 2; day 2 has one row, positive
        double[] margins = [3, 2, 1, 4];
        float[] labels = [1, 0, 1, 1];
        JudgedRows.Evaluate("precision@2", JudgedRows.Of(margins, labels, [1, 1, 1, 2])).ShouldBe((0.5 + 1) / 2, 1e-12);
        JudgedRows.Evaluate("recall@2", JudgedRows.Of(margins, labels, [1, 1, 1, 2])).ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public void Key_precision_removes_found_keys_and_ranks_by_highest_score()
    {
        // day 1, k = 2: card 7 (.9, fraud in its other payment) and card 8 (.8): one found. Day 2: card 7 has left, so 9 and 8; both frauds.
        double[] margins = [0.9, 0.1, 0.8, 0.7, /* day 2 */ 0.99, 0.5, 0.4, 0.3];
        float[] labels = [0, 1, 0, 1, 1, 1, 1, 0];
        int[] cards = [7, 7, 8, 9, 7, 9, 8, 10];
        int[] days = [1, 1, 1, 1, 2, 2, 2, 2];
        JudgedRows.Evaluate("card-precision@2", JudgedRows.Of(margins, labels, days, cards)).ShouldBe((0.5 + 1) / 2, 1e-12);
    }

    [Fact]
    public void Key_precision_breaks_ties_by_key_and_divides_by_k_on_short_days()
    {
        double[] margins = [1, 1, 1];
        float[] labels = [1, 0, 0];
        JudgedRows.Evaluate("card-precision@2", JudgedRows.Of(margins, labels, cards: [5, 4, 3])).ShouldBe(0, 1e-12);
        JudgedRows.Evaluate("card-precision@10", JudgedRows.Of(margins, labels, cards: [5, 4, 3])).ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void Key_precision_equals_the_handbooks_procedure()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var rows = JudgedRows.Random(300, seed, days: 6, cards: 40);
            JudgedRows.Evaluate("card-precision@7", rows).ShouldBe(Handbook(rows, 7), 1e-12);
        }
    }

    [Fact]
    public void Cost_charges_by_outcome_and_truth()
    {
        var rows = new Judged
        {
            Margins = [6, 5, 4, 3, 2, 1],
            Labels = [1, 0, 1, 0, 1, 0],
            Days = new int[6],
            Consequences = new()
            {
                Roles = [OutcomeRole.Refused, OutcomeRole.Refused, OutcomeRole.Reviewed, OutcomeRole.Reviewed, OutcomeRole.Passed, OutcomeRole.Passed],
                Missed = [10, 20, 30, 40, 50, 60],
                Blocked = [1, 2, 3, 4, 5, 6],
                Review = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            },
        };
        JudgedRows.Evaluate("cost", rows).ShouldBe((0 + 2 + 0.5 + 0.5 + 50 + 0) / 6, 1e-12);
        JudgedRows.Evaluate("value-recall@50%", rows).ShouldBe((10.0 + 30) / 90, 1e-12);
    }

    [Fact]
    public void A_challenge_costs_itself_and_what_it_does_not_stop()
    {
        var rows = new Judged
        {
            Margins = [3, 2, 1],
            Labels = [1, 0, 1],
            Days = new int[3],
            Consequences = new()
            {
                Roles = [OutcomeRole.Challenged, OutcomeRole.Challenged, OutcomeRole.Passed],
                Stops = [0.9, 0.9, 0],
                Missed = [100, 200, 300],
                Challenge = [0.5, 0.25, 7],
            },
        };
        JudgedRows.Evaluate("cost", rows).ShouldBe(((0.5 + (0.1 * 100)) + 0.25 + 300) / 3, 1e-12);
    }

    [Fact]
    public void Cost_of_a_competitor_gives_out_as_many_outcomes_by_its_own_order()
    {
        var rows = JudgedRows.Random(500, 3);
        var other = rows.WithScores([.. rows.Margins.Select(static m => -m)], null);
        foreach (var role in Enum.GetValues<OutcomeRole>())
        {
            other.Consequences!.Roles.Count(r => r == role).ShouldBe(rows.Consequences!.Roles.Count(r => r == role));
        }
        var refusedLowest = Enumerable.Range(0, rows.Count).Where(i => other.Consequences!.Roles[i] == OutcomeRole.Refused).Max(i => rows.Margins[i]);
        var passedLowest = Enumerable.Range(0, rows.Count).Where(i => other.Consequences!.Roles[i] == OutcomeRole.Passed).Min(i => rows.Margins[i]);
        refusedLowest.ShouldBeLessThanOrEqualTo(passedLowest);
    }

    /// <summary>Card Precision top-k as chapter 4 of the Handbook spells it out: group, sort, head, remove.</summary>
    private static double Handbook(Judged rows, int k)
    {
        var found = new HashSet<int>();
        var precisions = new List<double>();
        foreach (var day in rows.Days.Distinct().Order())
        {
            var checkedCards = Enumerable.Range(0, rows.Count)
                .Where(i => rows.Days[i] == day && !found.Contains(rows.Keys["card"][i]))
                .GroupBy(i => rows.Keys["card"][i])
                .Select(g => (Card: g.Key, Score: g.Max(i => rows.Margins[i]), Fraud: g.Max(i => rows.Labels[i])))
                .OrderByDescending(static c => c.Score).ThenBy(static c => c.Card)
                .Take(k).ToList();
            precisions.Add((double)checkedCards.Count(static c => c.Fraud == 1) / k);
            found.UnionWith(checkedCards.Where(static c => c.Fraud == 1).Select(static c => c.Card));
        }
        return precisions.Average();
    }
}
