using Lintel.Worlds.Payments;

namespace Lintel.Worlds.Tests.Payments;

public sealed class BestScoreTests
{
    private static readonly PaymentsOptions Options = new() { Days = 140, Seed = 3 };

    private static readonly Population People = Population.Draw(Options);

    private static readonly PaymentLedger Ledger = PaymentsSimulator.Run(Options, People);

    private static readonly double[] Score = BestScore.Of(Ledger, People, Options);

    [Fact]
    public void Score_is_calibrated_in_every_bin()
    {
        // frauds of one attack hang together, so the spread is wider than binomial: 3 deviations of a design effect of 6
        double[] edges = [0, 1e-4, 1e-3, 1e-2, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0000001];
        for (var b = 1; b < edges.Length; b++)
        {
            var bin = Enumerable.Range(0, Ledger.Count).Where(i => Score[i] >= edges[b - 1] && Score[i] < edges[b]).ToArray();
            if (bin.Length == 0) { continue; }
            var expected = bin.Sum(i => Score[i]);
            var spread = Math.Sqrt(6 * bin.Sum(i => Score[i] * (1 - Score[i])));
            double got = bin.Count(Ledger.IsFraud);
            Math.Abs(got - expected).ShouldBeLessThan((3 * spread) + 1, $"scores from {edges[b - 1]} to {edges[b]}: {got} of {bin.Length}, expected {expected:0.0}");
        }
    }

    [Fact]
    public void Score_ranks_better_than_the_amount()
    {
        AveragePrecision(i => Score[i]).ShouldBeGreaterThan(0.7);
        AveragePrecision(Ledger.Amount).ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Score_knows_a_tested_card_at_once_and_is_not_moved_by_it()
    {
        var tested = Enumerable.Range(0, Ledger.Count).Where(i => Ledger.Scenario[i] == TestedCards.Scenario).ToArray();
        tested.Length.ShouldBeGreaterThan(100);
        tested.ShouldAllBe(i => Score[i] == 1);
        var without = Options with { CardTesting = null };
        var calm = BestScore.Of(PaymentsSimulator.Run(without, People), People, without);
        Enumerable.Range(0, Ledger.Count).Except(tested).Select(i => Score[i]).ShouldBe(calm);
    }

    [Fact]
    public void Score_without_delay_is_better()
    {
        var prompt = BestScore.Of(Ledger, People, Options with { VerdictDays = 0 });
        AveragePrecision(i => prompt[i]).ShouldBeGreaterThan(AveragePrecision(i => Score[i]) + 0.02);
    }

    [Fact]
    public void Score_does_not_know_verdicts_before_their_time()
    {
        // change every verdict of the last 7 days: no score may move
        var changed = PaymentsSimulator.Run(Options, People);
        var last = Ledger.Seconds[^1] - (7 * 86_400);
        for (var i = 0; i < changed.Count; i++) { if (changed.Seconds[i] >= last) { changed.Scenario[i] = 2; } }
        BestScore.Of(changed, People, Options).ShouldBe(Score);
    }

    [Fact]
    public void Filter_of_a_rate_alone_is_the_chance_of_any_fall_within_the_days()
    {
        var filter = new AttackFilter(28, static _ => 0.01);
        filter.MoveTo(-29 + 10);                   // attacks begin 28 days before the calendar
        filter.Held.ShouldBe(1 - Math.Pow(0.99, 10), 1e-12);
        filter.MoveTo(200);
        filter.Held.ShouldBe(1 - Math.Pow(0.99, 28), 1e-12);
    }

    [Fact]
    public void Filter_that_saw_an_attack_forgets_it_when_it_must_be_over()
    {
        var filter = new AttackFilter(28, static _ => 0.001);
        filter.MoveTo(50);
        filter.See(ifHeld: 0, ifFree: 1);
        filter.Held.ShouldBe(0, 1e-12);
        filter.MoveTo(51);
        filter.See(ifHeld: 1, ifFree: 0);          // fell on day 51, nothing else is possible
        filter.Held.ShouldBe(1, 1e-12);
        filter.MoveTo(78);
        filter.Held.ShouldBe(1, 1e-12);
        filter.MoveTo(79);
        filter.Held.ShouldBe(1 - Math.Pow(0.999, 28), 1e-9);
    }

    private static double AveragePrecision(Func<int, double> score)
    {
        var (found, sum, place) = (0, 0.0, 0);
        foreach (var i in Enumerable.Range(0, Ledger.Count).OrderByDescending(score))
        {
            place++;
            if (Ledger.IsFraud(i)) { sum += (double)++found / place; }
        }
        return sum / found;
    }
}
