using Lintel.Numerics.Random;

namespace Lintel.Worlds.Payments;

/// <summary>Scenario 4: a stolen card number is tried out. A burst of tiny payments, about a minute and a half apart, each at another
/// terminal drawn from those that the customer never pays at.</summary>
/// <remarks>Nothing in it resembles the other scenarios: the amounts are far below anybody's habit, the terminals are sound. Whoever
/// knows the customers' habits knows it at once (the terminal is out of reach), so the best possible score of such a payment is 1.
/// Card and day have a random sequence of their own: with and without it the other payments are the same.</remarks>
internal static class TestedCards
{
    public const byte Scenario = 4;

    private const double MeanSeconds = 90;
    private const int LeastCents = 50;
    private const int MostCents = 300;

    /// <param name="pay">Takes second of the day, terminal and cents of each payment.</param>
    public static void Try(PaymentsOptions options, Population population, int customer, int day, Action<int, int, int> pay)
    {
        var testing = options.CardTesting!;
        var reach = population.Reach[customer];
        var outside = options.Terminals - reach.Length;
        var random = new RandomStream(options.Seed, Streams.Of(Streams.CardTesting, customer, day));
        // a card that was never used has no habit, and a customer who goes everywhere has no strange terminal
        if (random.NextDouble() >= testing.Rate || reach.Length == 0 || outside == 0) { return; }
        var second = 86_400 * random.NextDouble();
        for (var left = Math.Max(1, random.NextPoisson(testing.MeanPayments)); left > 0 && second < 86_400; left--)
        {
            var terminal = Outside(reach, random.NextInt32(outside));
            pay((int)second, terminal, LeastCents + random.NextInt32(MostCents - LeastCents + 1));
            second -= MeanSeconds * Math.Log(1 - random.NextDouble());
        }
    }

    /// <summary>The n-th terminal that is not within reach.</summary>
    /// <param name="reach">Ascending.</param>
    private static int Outside(int[] reach, int n)
    {
        foreach (var terminal in reach)
        {
            if (terminal > n) { break; }
            n++;
        }
        return n;
    }
}
