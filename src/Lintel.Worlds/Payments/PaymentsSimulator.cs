using Lintel.Numerics.Random;

namespace Lintel.Worlds.Payments;

/// <summary>Simulates card payments and three attacks on them.</summary>
/// <remarks>Source: Le Borgne, Siblini, Lebichot, Bontempi, <i>Reproducible Machine Learning for Credit Card Fraud Detection</i>
/// (2022), chapter 3 "Transaction data simulator": customers pay a Poisson number of times a day at N(12 h, 20,000 s), outside
/// the day left out, an amount of N(m, m / 2) (negative: uniform in 0 to 2m). Scenario 1: an amount above 220 is fraud; 2: every
/// payment at a compromised terminal; 3: a third of the payments with leaked credentials, at five times the amount. Scenario 4 is
/// not the Handbook's: <see cref="TestedCards"/>. Three things
/// differ, so that the best possible score can be computed exactly: entities fall independently instead of a fixed number a
/// day, each payment with leaked credentials is fraud by its own chance of 1/3, and amounts are rounded after the factor (before
/// it, every multiple of 5 cents would betray the fraud).</remarks>
internal static class PaymentsSimulator
{
    public const int FraudAboveCents = 22_000;

    public const double LeakedShare = 1 / 3.0;

    public const double LeakedFactor = 5;

    private readonly record struct Payment(int Seconds, int Customer, int Terminal, int Cents, byte Scenario);

    public static PaymentLedger Run(PaymentsOptions options, Population population, IProgress<double>? progress = null)
    {
        var calendar = new PaymentsCalendar(options);
        var attacks = Attacks.Draw(options, calendar);
        List<Payment> day = [];
        List<Payment> all = [];
        for (var d = 0; d < options.Days; d++)
        {
            day.Clear();
            for (var c = 0; c < population.Customers.Length; c++)
            {
                Pay(c, d);
                if (d >= calendar.TestingDay)
                {
                    TestedCards.Try(options, population, c, d, (second, terminal, cents) =>
                        day.Add(new((d * 86_400) + second, c, terminal, cents, TestedCards.Scenario)));
                }
            }
            // ties in time keep the customers' order, whatever the sort does
            day.Sort(static (a, b) => (a.Seconds, a.Customer, a.Terminal, a.Cents).CompareTo((b.Seconds, b.Customer, b.Terminal, b.Cents)));
            all.AddRange(day);
            progress?.Report((d + 1.0) / options.Days);
        }
        return Columns(options, all);

        void Pay(int c, int d)
        {
            var customer = population.Customers[c];
            var reach = population.Reach[c];
            if (reach.Length == 0) { return; }
            var random = new RandomStream(options.Seed, Streams.Of(Streams.Day, c, d));
            var mean = customer.MeanAmount * calendar.SpendingLevel(d);
            for (var left = random.NextPoisson(customer.MeanPerDay); left > 0; left--)
            {
                var second = (int)Math.Floor(43_200 + (20_000 * random.NextNormal()));
                var amount = mean + (mean / 2 * random.NextNormal());
                if (amount < 0) { amount = 2 * mean * random.NextDouble(); }
                var terminal = reach[random.NextInt32(reach.Length)];
                var leaked = random.NextDouble() < LeakedShare && attacks.HoldsCustomer(c, d);
                if (second is <= 0 or >= 86_400) { continue; }
                var cents = (int)Math.Round(100 * amount * (leaked ? LeakedFactor : 1));
                var scenario = leaked ? 3 : attacks.HoldsTerminal(terminal, d) ? 2 : cents > FraudAboveCents ? 1 : 0;
                day.Add(new((d * 86_400) + second, c, terminal, cents, (byte)scenario));
            }
        }
    }

    private static PaymentLedger Columns(PaymentsOptions options, List<Payment> all)
    {
        var ledger = new PaymentLedger(all.Count);
        var random = new RandomStream(options.Seed, Streams.Of(Streams.Report, 0));
        for (var i = 0; i < all.Count; i++)
        {
            var payment = all[i];
            ledger.Seconds[i] = payment.Seconds;
            ledger.Customer[i] = payment.Customer;
            ledger.Terminal[i] = payment.Terminal;
            ledger.Cents[i] = payment.Cents;
            ledger.Scenario[i] = payment.Scenario;
            ledger.Reported[i] = payment.Scenario != 0 && random.NextDouble() >= options.Unreported;
        }
        return ledger;
    }
}
