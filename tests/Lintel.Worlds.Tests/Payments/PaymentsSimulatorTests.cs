using Lintel.Worlds.Payments;

namespace Lintel.Worlds.Tests.Payments;

public sealed class PaymentsSimulatorTests
{
    /// <summary>Large enough for rates, small enough for a second.</summary>
    private static readonly PaymentsOptions Steady = new() { Days = 120, Drift = null, CardTesting = null };

    private static readonly Population People = Population.Draw(Steady);

    private static readonly PaymentLedger Ledger = PaymentsSimulator.Run(Steady, People);

    [Fact]
    public void Payments_stand_in_order_of_time_within_their_days()
    {
        for (var i = 1; i < Ledger.Count; i++) { Ledger.Seconds[i].ShouldBeGreaterThanOrEqualTo(Ledger.Seconds[i - 1]); }
        Ledger.Day(Ledger.Count - 1).ShouldBe(Steady.Days - 1);
        Ledger.Cents.Min().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Time_of_day_is_normal_around_noon()
    {
        // N(43,200, 20,000) cut at the day's ends: deviation 20,000 · √(1 − 2aφ(a) / (2Φ(a) − 1)), a = 2.16: 18,193
        var times = Ledger.Seconds.Select(static s => s % 86_400.0).ToArray();
        var mean = times.Average();
        mean.ShouldBe(43_200, 200);
        Math.Sqrt(times.Average(t => (t - mean) * (t - mean))).ShouldBe(18_193, 100);
    }

    [Fact]
    public void Payments_a_day_follow_the_customer()
    {
        // share of the day's normal inside the day: 2Φ(2.16) − 1 = 0.9692
        for (var c = 0; c < 50; c++)
        {
            if (People.Reach[c].Length == 0) { continue; }
            var expected = 0.9692 * People.Customers[c].MeanPerDay * Steady.Days;
            var got = Ledger.Customer.Count(k => k == c);
            Math.Abs(got - expected).ShouldBeLessThan(4.5 * Math.Sqrt(expected) + 1, $"customer {c}");
        }
    }

    [Fact]
    public void Customers_pay_only_within_reach()
    {
        for (var i = 0; i < Ledger.Count; i++)
        {
            Array.BinarySearch(People.Reach[Ledger.Customer[i]], Ledger.Terminal[i]).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void Fraud_share_is_near_the_handbook()
    {
        // the Handbook's 183 days: 0.84 %, of it 6.7 % by amount, 61.9 % terminals, 31.4 % credentials
        var fraud = Enumerable.Range(0, Ledger.Count).Count(Ledger.IsFraud);
        ((double)fraud / Ledger.Count).ShouldBeInRange(0.006, 0.011);
        Share(1).ShouldBeInRange(0.03, 0.12);
        Share(2).ShouldBeInRange(0.48, 0.72);
        Share(3).ShouldBeInRange(0.22, 0.42);

        double Share(byte scenario) => Ledger.Scenario.Count(s => s == scenario) / (double)fraud;
    }

    [Fact]
    public void High_amounts_are_always_fraud_and_scenario_1_is_nothing_else()
    {
        for (var i = 0; i < Ledger.Count; i++)
        {
            if (Ledger.Cents[i] > PaymentsSimulator.FraudAboveCents) { Ledger.IsFraud(i).ShouldBeTrue(); }
            if (Ledger.Scenario[i] == 1) { Ledger.Cents[i].ShouldBeGreaterThan(PaymentsSimulator.FraudAboveCents); }
        }
    }

    [Fact]
    public void A_compromised_terminal_takes_only_frauds_on_that_day()
    {
        var held = Enumerable.Range(0, Ledger.Count).Where(i => Ledger.Scenario[i] == 2)
            .Select(i => (Ledger.Terminal[i], Ledger.Day(i))).ToHashSet();
        held.Count.ShouldBeGreaterThan(1_000);
        for (var i = 0; i < Ledger.Count; i++)
        {
            if (held.Contains((Ledger.Terminal[i], Ledger.Day(i)))) { Ledger.IsFraud(i).ShouldBeTrue(); }
        }
    }

    [Fact]
    public void Leaked_credentials_multiply_a_third_of_the_payments_by_five()
    {
        var ratios = Enumerable.Range(0, Ledger.Count).Where(i => Ledger.Scenario[i] == 3)
            .Select(i => Ledger.Amount(i) / People.Customers[Ledger.Customer[i]].MeanAmount).ToArray();
        ratios.Average().ShouldBe(5, 0.2);
        // cents betray nothing: multiples of 5 cents are a fifth of them, as anywhere
        var stolen = Enumerable.Range(0, Ledger.Count).Where(i => Ledger.Scenario[i] == 3).ToArray();
        (stolen.Count(i => Ledger.Cents[i] % 5 == 0) / (double)stolen.Length).ShouldBe(0.2, 0.06);
    }

    [Fact]
    public void Drift_raises_spending_and_turns_the_mix_at_the_stated_day()
    {
        var options = Steady with { Days = 160, Drift = new() { At = 0.5, SpendingLevel = 1.5, TerminalAttacks = 0, CustomerAttacks = 3 } };
        var ledger = PaymentsSimulator.Run(options, People);
        // of customers whose amounts stay far below 220, where scenario 1 would cut them off
        var honest = Enumerable.Range(0, ledger.Count)
            .Where(i => ledger.Scenario[i] == 0 && People.Customers[ledger.Customer[i]].MeanAmount < 40)
            .ToLookup(i => ledger.Day(i) < 80);
        (honest[false].Average(ledger.Amount) / honest[true].Average(ledger.Amount)).ShouldBe(1.5, 0.05);
        // terminals that fell before the drift stay so for 28 days, none falls after it
        Enumerable.Range(0, ledger.Count).Count(i => ledger.Scenario[i] == 2 && ledger.Day(i) >= 80 + Attacks.TerminalDays).ShouldBe(0);
        CountOf(3, 100, 160).ShouldBeGreaterThan(2 * CountOf(3, 20, 80));

        int CountOf(byte scenario, int from, int to) =>
            Enumerable.Range(0, ledger.Count).Count(i => ledger.Scenario[i] == scenario && ledger.Day(i) >= from && ledger.Day(i) < to);
    }

    [Fact]
    public void Days_before_a_change_stay_as_they_were()
    {
        var shorter = PaymentsSimulator.Run(Steady with { Days = 60 }, People);
        shorter.Cents.ShouldBe(Ledger.Cents[..shorter.Count]);
        shorter.Scenario.ShouldBe(Ledger.Scenario[..shorter.Count]);
    }

    [Fact]
    public void Unreported_frauds_are_hidden_from_the_verdict_only()
    {
        var ledger = PaymentsSimulator.Run(Steady with { Unreported = 0.25 }, People);
        ledger.Scenario.ShouldBe(Ledger.Scenario);
        var frauds = Enumerable.Range(0, ledger.Count).Where(ledger.IsFraud).ToArray();
        (frauds.Count(i => !ledger.Reported[i]) / (double)frauds.Length).ShouldBe(0.25, 0.04);
        Enumerable.Range(0, ledger.Count).Any(i => ledger.Reported[i] && !ledger.IsFraud(i)).ShouldBeFalse();
        Enumerable.Range(0, Ledger.Count).All(i => Ledger.Reported[i] == Ledger.IsFraud(i)).ShouldBeTrue();
    }

    [Fact]
    public void Tested_cards_come_on_top_of_a_world_that_stays_the_same()
    {
        var ledger = PaymentsSimulator.Run(Steady with { CardTesting = new() { At = 0.5 } }, People);
        int[] others = [.. Enumerable.Range(0, ledger.Count).Where(i => ledger.Scenario[i] != TestedCards.Scenario)];
        others.Select(i => ledger.Cents[i]).ShouldBe(Ledger.Cents);
        others.Select(i => ledger.Scenario[i]).ShouldBe(Ledger.Scenario);
    }

    [Fact]
    public void Tested_cards_pay_little_in_bursts_far_from_home_and_not_before_their_day()
    {
        var ledger = PaymentsSimulator.Run(Steady with { CardTesting = new() { At = 0.5 } }, People);
        int[] tested = [.. Enumerable.Range(0, ledger.Count).Where(i => ledger.Scenario[i] == TestedCards.Scenario)];
        // 60 days · 1,500 customers · 0.7/1,000 · 8 payments, less those cut off at midnight: 500, of 63 bursts
        tested.Length.ShouldBeInRange(350, 650);
        foreach (var i in tested)
        {
            ledger.Day(i).ShouldBeGreaterThanOrEqualTo(60);
            ledger.Cents[i].ShouldBeInRange(50, 300);
            People.Reaches(ledger.Customer[i], ledger.Terminal[i]).ShouldBeFalse();
        }
        var bursts = tested.GroupBy(i => (ledger.Customer[i], ledger.Day(i))).ToArray();
        bursts.Average(static b => b.Count()).ShouldBe(8, 1.2);
        bursts.Average(b => b.Select(i => ledger.Terminal[i]).Distinct().Count() / (double)b.Count()).ShouldBeGreaterThan(0.98);
        bursts.Max(b => ledger.Seconds[b.Max()] - ledger.Seconds[b.Min()]).ShouldBeLessThan(3_600);
    }
}
