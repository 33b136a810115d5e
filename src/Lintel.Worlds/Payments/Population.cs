using Lintel.Numerics.Random;

namespace Lintel.Worlds.Payments;

/// <summary>Who pays, and where: drawn once from the seed.</summary>
internal sealed class Population
{
    public required Customer[] Customers { get; init; }

    /// <summary>Terminals within reach of each customer, ascending; a customer without any never pays.</summary>
    public required int[][] Reach { get; init; }

    public static Population Draw(PaymentsOptions options)
    {
        var customers = new Customer[options.Customers];
        for (var c = 0; c < customers.Length; c++)
        {
            var random = new RandomStream(options.Seed, Streams.Of(Streams.Customer, c));
            customers[c] = new(
                X: 100 * random.NextDouble(),
                Y: 100 * random.NextDouble(),
                MeanAmount: 5 + (95 * random.NextDouble()),
                MeanPerDay: 4 * random.NextDouble());
        }
        var terminals = new (double X, double Y)[options.Terminals];
        for (var t = 0; t < terminals.Length; t++)
        {
            var random = new RandomStream(options.Seed, Streams.Of(Streams.Terminal, t));
            terminals[t] = (100 * random.NextDouble(), 100 * random.NextDouble());
        }
        return new Population
        {
            Customers = customers,
            Reach = [.. customers.Select(c => Within(c, terminals, options.Radius))],
        };
    }

    /// <summary>Whether the customer ever pays at a terminal by himself.</summary>
    public bool Reaches(int customer, int terminal) => Array.BinarySearch(Reach[customer], terminal) >= 0;

    private static int[] Within(in Customer customer, (double X, double Y)[] terminals, double radius)
    {
        List<int> near = [];
        for (var t = 0; t < terminals.Length; t++)
        {
            var (dx, dy) = (terminals[t].X - customer.X, terminals[t].Y - customer.Y);
            if ((dx * dx) + (dy * dy) < radius * radius) { near.Add(t); }
        }
        return [.. near];
    }
}

/// <param name="MeanAmount">Of one payment before drift; the standard deviation is half of it.</param>
/// <param name="MeanPerDay">Payments a day, the mean of a Poisson count.</param>
internal readonly record struct Customer(double X, double Y, double MeanAmount, double MeanPerDay);

/// <summary>Names of the independent random sequences of one seed, so that one part of the world does not move another.</summary>
internal static class Streams
{
    public const ulong Customer = 1, Terminal = 2, Day = 3, TerminalAttack = 4, CustomerAttack = 5, Report = 6, CardTesting = 7;

    public static ulong Of(ulong what, long which, int day = 0) =>
        RandomStream.Mix((what << 56) ^ ((ulong)which << 16) ^ (uint)day);
}
