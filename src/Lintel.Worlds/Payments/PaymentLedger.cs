namespace Lintel.Worlds.Payments;

/// <summary>Every payment of the world in the order of time, in columns; a payment's number is its place.</summary>
internal sealed class PaymentLedger(int count)
{
    /// <summary>What the verdict calls each scenario: 0 none, 1 a high amount, 2 a compromised terminal, 3 leaked credentials, 4 a
    /// card that is tried out.</summary>
    public static IReadOnlyList<string?> Kinds { get; } = [null, "high amount", "terminal", "credentials", "card testing"];

    public int Count { get; } = count;

    /// <summary>Seconds since the first midnight, [count].</summary>
    public int[] Seconds { get; } = new int[count];

    public int[] Customer { get; } = new int[count];

    public int[] Terminal { get; } = new int[count];

    /// <summary>Cents, so that equal amounts are equal bits.</summary>
    public int[] Cents { get; } = new int[count];

    /// <summary>Which attack it belongs to, an index into <see cref="Kinds"/>.</summary>
    public byte[] Scenario { get; } = new byte[count];

    /// <summary>Whether the verdict says fraud; differs from <see cref="IsFraud"/> only where a fraud went unreported.</summary>
    public bool[] Reported { get; } = new bool[count];

    public bool IsFraud(int payment) => Scenario[payment] != 0;

    public int Day(int payment) => Seconds[payment] / 86_400;

    public double Amount(int payment) => Cents[payment] / 100.0;
}
