namespace Lintel.Worlds.Payments;

/// <summary>Size and character of the payments world. The defaults keep the Fraud Detection Handbook's ratios (two terminals for
/// each customer, 2 of 10,000 terminals and 3 of 5,000 customers attacked each day) at a third of its customers, so that a first
/// run takes seconds: about 410,000 payments.</summary>
public sealed record PaymentsOptions : WorldOptions
{
    public PaymentsOptions() : base(new(2025, 1, 1), 140) { }

    public int Customers { get; init; } = 1_500;

    public int Terminals { get; init; } = 3_000;

    /// <summary>A customer pays at terminals no further than this, in the units of a 100 × 100 map.</summary>
    public double Radius { get; init; } = 5;

    /// <summary>Share of terminals that fall to fraudsters each day, for 28 days.</summary>
    public double TerminalAttackRate { get; init; } = 2 / 10_000.0;

    /// <summary>Share of customers whose credentials leak each day, for 14 days.</summary>
    public double CustomerAttackRate { get; init; } = 3 / 5_000.0;

    /// <summary>What changes once, and when; null: the world stays as it is.</summary>
    public PaymentsDrift? Drift { get; init; } = new();

    /// <summary>The attack that nobody saw before; null: there is none.</summary>
    public CardTesting? CardTesting { get; init; } = new();

    /// <summary>Share of frauds that nobody reports: their events say no fraud, the truth keeps it. 0 by default.</summary>
    public double Unreported { get; init; }

    /// <summary>Days until a payment's verdict is known; the best possible score knows no verdict earlier.</summary>
    public int VerdictDays { get; init; } = 7;

    /// <summary>Every verdict is known.</summary>
    internal override int SettleDays => VerdictDays;

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("payments world");
        faults.Expect(Days is >= 1 and <= 3_660, nameof(Days), Days, "1 to 3,660");
        faults.Expect(Customers is >= 1 and <= 1_000_000, nameof(Customers), Customers, "1 to 1,000,000");
        faults.Expect(Terminals is >= 1 and <= 1_000_000, nameof(Terminals), Terminals, "1 to 1,000,000");
        faults.Expect(Radius is > 0 and <= 142, nameof(Radius), Radius, "more than 0, at most 142");
        faults.Expect(TerminalAttackRate is >= 0 and <= 0.1, nameof(TerminalAttackRate), TerminalAttackRate, "0 to 0.1 a day");
        faults.Expect(CustomerAttackRate is >= 0 and <= 0.1, nameof(CustomerAttackRate), CustomerAttackRate, "0 to 0.1 a day");
        faults.Expect(Unreported is >= 0 and <= 1, nameof(Unreported), Unreported, "0 to 1");
        faults.Expect(VerdictDays is >= 0 and <= 365, nameof(VerdictDays), VerdictDays, "0 to 365");
        if (Drift is { } drift)
        {
            faults.Expect(drift.At is >= 0 and <= 1, "Drift.At", drift.At, "0 to 1, a share of the days");
            faults.Expect(drift.SpendingLevel > 0, "Drift.SpendingLevel", drift.SpendingLevel, "more than 0");
            faults.Expect(drift.TerminalAttacks is >= 0 and <= 10, "Drift.TerminalAttacks", drift.TerminalAttacks, "0 to 10");
            faults.Expect(drift.CustomerAttacks is >= 0 and <= 10, "Drift.CustomerAttacks", drift.CustomerAttacks, "0 to 10");
        }
        if (CardTesting is { } testing)
        {
            faults.Expect(testing.At is >= 0 and <= 1, "CardTesting.At", testing.At, "0 to 1, a share of the days");
            faults.Expect(testing.Rate is >= 0 and <= 0.1, "CardTesting.Rate", testing.Rate, "0 to 0.1 a day");
            faults.Expect(testing.MeanPayments is > 0 and <= 1_000, "CardTesting.MeanPayments", testing.MeanPayments, "more than 0, at most 1,000");
        }
        faults.Throw();
    }
}

/// <summary>One step in the world: customers spend at another level, and fraudsters turn from terminals to credentials.</summary>
public sealed record PaymentsDrift
{
    /// <summary>Share of the days before it: it comes at the start of day ⌊At · Days⌋.</summary>
    public double At { get; init; } = 0.4;

    /// <summary>Factor on every amount from then on.</summary>
    public double SpendingLevel { get; init; } = 1.15;

    /// <summary>Factor on <see cref="PaymentsOptions.TerminalAttackRate"/>.</summary>
    public double TerminalAttacks { get; init; } = 0.5;

    /// <summary>Factor on <see cref="PaymentsOptions.CustomerAttackRate"/>.</summary>
    public double CustomerAttacks { get; init; } = 2;
}

/// <summary>A kind of fraud that first occurs late: stolen card numbers are tried out in bursts of tiny payments, a minute or two
/// apart, at terminals all over the map where the customer never pays. In the defaults of the fraud design it begins after the days
/// that train and validate, so that no label of it was ever learnt from.</summary>
public sealed record CardTesting
{
    /// <summary>When it begins, as a share of the days. 0.83: of 140 days the 116th, between validate and test.</summary>
    public double At { get; init; } = 0.83;

    /// <summary>Share of customers whose card is tried out on a day, one burst each.</summary>
    public double Rate { get; init; } = 0.7 / 1_000;

    /// <summary>Payments of a burst, the mean of a Poisson count, at least one.</summary>
    public double MeanPayments { get; init; } = 8;
}

/// <summary>What the options mean on one day.</summary>
internal sealed class PaymentsCalendar(PaymentsOptions options)
{
    /// <summary>First day of the changed world; <see cref="WorldOptions.Days"/> or later: never.</summary>
    public int DriftDay { get; } = options.Drift is { } drift ? (int)(drift.At * options.Days) : int.MaxValue;

    /// <summary>First day on which cards are tried out; <see cref="WorldOptions.Days"/> or later: never.</summary>
    public int TestingDay { get; } = options.CardTesting is { Rate: > 0 } testing ? (int)(testing.At * options.Days) : int.MaxValue;

    public double SpendingLevel(int day) => day < DriftDay ? 1 : options.Drift!.SpendingLevel;

    public double TerminalAttackRate(int day) =>
        options.TerminalAttackRate * (day < DriftDay ? 1 : options.Drift!.TerminalAttacks);

    public double CustomerAttackRate(int day) =>
        options.CustomerAttackRate * (day < DriftDay ? 1 : options.Drift!.CustomerAttacks);
}
