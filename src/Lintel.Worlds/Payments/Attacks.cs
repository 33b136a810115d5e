using Lintel.Numerics.Random;

namespace Lintel.Worlds.Payments;

/// <summary>Which terminals and customers are in the hands of fraudsters on which day. Each falls on each day by chance, alone
/// and independently, and stays so for a fixed number of days; falling again starts the days anew.</summary>
internal sealed class Attacks
{
    public const int TerminalDays = 28;

    public const int CustomerDays = 14;

    // [entity][day]
    private readonly bool[][] _terminals;
    private readonly bool[][] _customers;

    private Attacks(bool[][] terminals, bool[][] customers) => (_terminals, _customers) = (terminals, customers);

    public static Attacks Draw(PaymentsOptions options, PaymentsCalendar calendar) => new(
        Draw(options, options.Terminals, Streams.TerminalAttack, TerminalDays, calendar.TerminalAttackRate),
        Draw(options, options.Customers, Streams.CustomerAttack, CustomerDays, calendar.CustomerAttackRate));

    public bool HoldsTerminal(int terminal, int day) => _terminals[terminal][day];

    public bool HoldsCustomer(int customer, int day) => _customers[customer][day];

    private static bool[][] Draw(PaymentsOptions options, int count, ulong stream, int days, Func<int, double> rate)
    {
        var held = new bool[count][];
        for (var i = 0; i < count; i++)
        {
            var random = new RandomStream(options.Seed, Streams.Of(stream, i));
            var row = held[i] = new bool[options.Days];
            var until = int.MinValue;
            // the world is older than its calendar: attacks are under way on the first day
            for (var day = -days; day < row.Length; day++)
            {
                if (random.NextDouble() < rate(day)) { until = day + days; }
                if (day >= 0) { row[day] = day < until; }
            }
        }
        return held;
    }
}
