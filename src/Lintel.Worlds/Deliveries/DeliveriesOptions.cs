namespace Lintel.Worlds.Deliveries;

/// <summary>Size and character of the deliveries world. The defaults give about 120,000 orders and 400,000 asks, and a clock that is
/// put forward in between.</summary>
public sealed record DeliveriesOptions : WorldOptions
{
    public DeliveriesOptions() : base(new(2025, 2, 17), 35) { }

    /// <summary>Stores, those among them that open while the world runs.</summary>
    public int Stores { get; init; } = 300;

    /// <summary>Parts of the city; couriers and traffic are an area's own.</summary>
    public int Areas { get; init; } = 6;

    /// <summary>Mean number of orders on a weekday; it is higher at the weekend.</summary>
    public double Orders { get; init; } = 3_000;

    /// <summary>Share of stores that open while the world runs: at first nobody knows how long they cook.</summary>
    public double Opening { get; init; } = 0.15;

    /// <summary>Share of customers who ask again before the kitchen has accepted.</summary>
    public double AskedAgain { get; init; } = 0.35;

    /// <summary>Chance by minute that an order is cancelled while it is on time; it rises with lateness.</summary>
    public double Cancelled { get; init; } = 0.0015;

    /// <summary>When roadworks begin in one area, as a share of the days; 1: never.</summary>
    public double DriftAt { get; init; } = 0.9;

    /// <summary>Where the city lies, for its clock.</summary>
    public string Zone { get; init; } = "America/Los_Angeles";

    /// <summary>The last orders come on the day after.</summary>
    internal override int SettleDays => 1;

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("deliveries world");
        faults.Expect(Days is >= 2 and <= 366, nameof(Days), Days, "2 to 366");
        faults.Expect(Stores is >= 10 and <= 10_000, nameof(Stores), Stores, "10 to 10,000");
        faults.Expect(Areas is >= 1 and <= 50, nameof(Areas), Areas, "1 to 50");
        faults.Expect(Orders is > 0 and <= 200_000, nameof(Orders), Orders, "more than 0, at most 200,000 a day");
        faults.Expect(Opening is >= 0 and <= 0.8, nameof(Opening), Opening, "0 to 0.8");
        faults.Expect(AskedAgain is >= 0 and <= 1, nameof(AskedAgain), AskedAgain, "0 to 1");
        faults.Expect(Cancelled is >= 0 and <= 0.05, nameof(Cancelled), Cancelled, "0 to 0.05 a minute");
        faults.Expect(DriftAt is >= 0 and <= 1, nameof(DriftAt), DriftAt, "0 to 1, a share of the days");
        faults.Expect(TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _), nameof(Zone), Zone, "an IANA name such as Europe/Berlin");
        faults.Throw();
    }

    /// <summary>First day of the roadworks; <see cref="WorldOptions.Days"/>: never.</summary>
    internal int DriftDay => (int)(DriftAt * Days);
}
