namespace Lintel.Worlds.Payments;

/// <summary>The best possible score of every payment: the true probability of fraud given the world's parameters, the customers'
/// habits, every payment up to and including this one, and the scenario of every earlier payment whose verdict is known by
/// then. No model that reads the events can rank better in expectation, for it knows less.</summary>
/// <remarks>Exact: given the scenarios of known verdicts, terminals and customers are independent hidden Markov chains
/// (<see cref="AttackFilter"/>). With T the belief that the terminal is held and L that the credentials are leaked,
/// amounts of density f₁ (own) and f₅(a) = f₁(a / 5) / 5, the credentials' part is
/// q = L/3 · f₅ / (L/3 · f₅ + (1 − L/3) · f₁), and P(fraud) = 1 − (1 − q)(1 − T); an amount above 220 is always fraud, and so is a
/// payment out of the customer's reach (<see cref="TestedCards"/>), which tells nothing of terminal and credentials.</remarks>
internal static class BestScore
{
    /// <returns>[ledger.Count], 0 to 1.</returns>
    public static double[] Of(PaymentLedger ledger, Population population, PaymentsOptions options)
    {
        var calendar = new PaymentsCalendar(options);
        var terminal = TerminalBeliefs(ledger, options, calendar);
        var strange = new bool[ledger.Count];
        for (var i = 0; i < strange.Length; i++) { strange[i] = !population.Reaches(ledger.Customer[i], ledger.Terminal[i]); }
        var leaked = LeakedParts(ledger, population, options, calendar, strange);
        var score = new double[ledger.Count];
        for (var i = 0; i < score.Length; i++)
        {
            var certain = strange[i] || ledger.Cents[i] > PaymentsSimulator.FraudAboveCents;
            score[i] = certain ? 1 : 1 - ((1 - leaked[i]) * (1 - terminal[i]));
        }
        return score;
    }

    private static double[] TerminalBeliefs(PaymentLedger ledger, PaymentsOptions options, PaymentsCalendar calendar)
    {
        var belief = new double[ledger.Count];
        var known = new AttackFilter(Attacks.TerminalDays, calendar.TerminalAttackRate);
        var now = new AttackFilter(Attacks.TerminalDays, calendar.TerminalAttackRate);
        foreach (var payments in Grouped(ledger.Terminal, options.Terminals))
        {
            known.Reset();
            var next = 0;
            foreach (var payment in payments)
            {
                for (; IsKnown(ledger, options, payments[next], payment); next++)
                {
                    known.MoveTo(ledger.Day(payments[next]));
                    // stolen cards hide what the terminal was
                    var scenario = ledger.Scenario[payments[next]];
                    if (scenario is not (3 or TestedCards.Scenario)) { known.See(ifHeld: scenario == 2 ? 1 : 0, ifFree: scenario == 2 ? 0 : 1); }
                }
                now.CopyFrom(known);
                now.MoveTo(ledger.Day(payment));
                belief[payment] = now.Held;
            }
        }
        return belief;
    }

    private static double[] LeakedParts(
        PaymentLedger ledger, Population population, PaymentsOptions options, PaymentsCalendar calendar, bool[] strange)
    {
        const double share = PaymentsSimulator.LeakedShare;
        var part = new double[ledger.Count];
        var known = new AttackFilter(Attacks.CustomerDays, calendar.CustomerAttackRate);
        var now = new AttackFilter(Attacks.CustomerDays, calendar.CustomerAttackRate);
        foreach (var payments in Grouped(ledger.Customer, options.Customers))
        {
            known.Reset();
            var next = 0;
            for (var p = 0; p < payments.Length; p++)
            {
                var payment = payments[p];
                for (; IsKnown(ledger, options, payments[next], payment); next++)
                {
                    if (strange[payments[next]]) { continue; }
                    var (own, fivefold) = Densities(payments[next]);
                    known.MoveTo(ledger.Day(payments[next]));
                    if (ledger.Scenario[payments[next]] == 3) { known.See(share * fivefold, 0); }
                    else { known.See((1 - share) * own, own); }
                }
                now.CopyFrom(known);
                for (var open = next; open < p; open++)              // no verdict yet, but the amount tells
                {
                    if (strange[payments[open]]) { continue; }
                    var (own, fivefold) = Densities(payments[open]);
                    now.MoveTo(ledger.Day(payments[open]));
                    now.See((share * fivefold) + ((1 - share) * own), own);
                }
                now.MoveTo(ledger.Day(payment));
                var (mine, stolen) = Densities(payment);
                var taken = now.Held * share * stolen;
                part[payment] = taken == 0 ? 0 : taken / (taken + ((1 - (now.Held * share)) * mine));
            }
        }
        return part;

        (double Own, double Fivefold) Densities(int payment)
        {
            var mean = population.Customers[ledger.Customer[payment]].MeanAmount * calendar.SpendingLevel(ledger.Day(payment));
            var amount = ledger.Amount(payment);
            const double factor = PaymentsSimulator.LeakedFactor;
            return (Density(amount, mean), Density(amount / factor, mean) / factor);
        }
    }

    /// <summary>Density of an amount: normal of mean m and deviation m/2; its negative part, Φ(−2), spread over 0 to 2m.</summary>
    private static double Density(double amount, double mean)
    {
        const double below = 0.022750131948179195;                   // Φ(−2)
        var z = (amount - mean) / (mean / 2);
        var normal = Math.Exp(-z * z / 2) / (Math.Sqrt(2 * Math.PI) * mean / 2);
        return amount <= 2 * mean ? normal + (below / (2 * mean)) : normal;
    }

    private static bool IsKnown(PaymentLedger ledger, PaymentsOptions options, int earlier, int payment) =>
        ledger.Seconds[earlier] + ((long)options.VerdictDays * 86_400) < ledger.Seconds[payment];

    /// <summary>Payments of each entity, in order of time.</summary>
    private static int[][] Grouped(int[] entity, int count)
    {
        var sizes = new int[count];
        foreach (var e in entity) { sizes[e]++; }
        var groups = new int[count][];
        for (var e = 0; e < count; e++) { groups[e] = new int[sizes[e]]; }
        Array.Clear(sizes);
        for (var i = 0; i < entity.Length; i++) { groups[entity[i]][sizes[entity[i]]++] = i; }
        return groups;
    }
}
