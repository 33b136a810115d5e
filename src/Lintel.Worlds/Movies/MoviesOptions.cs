namespace Lintel.Worlds.Movies;

/// <summary>Size and character of the movies world. The defaults are small enough that a first run takes seconds: about
/// 43,000 visits and ten times as many shown films.</summary>
public sealed record MoviesOptions : WorldOptions
{
    public MoviesOptions() : base(new(2025, 1, 1), 60) { }

    /// <summary>Films, re-releases among them.</summary>
    public int Films { get; init; } = 2_000;

    public int Users { get; init; } = 5_000;

    /// <summary>Mean chance of a user to visit on a day; it differs by a factor of several between users.</summary>
    public double VisitRate { get; init; } = 0.16;

    /// <summary>Share of users who come for the first time while the world runs.</summary>
    public double Arriving { get; init; } = 0.25;

    /// <summary>Share of films released while the world runs.</summary>
    public double Released { get; init; } = 0.12;

    /// <summary>Share of films that are a re-release of another one, under nearly its title.</summary>
    public double Rereleased { get; init; } = 0.04;

    /// <summary>Films on a page.</summary>
    public int Places { get; init; } = 10;

    /// <summary>Share of pages whose pool stands in an order drawn uniformly: the declared exploration.</summary>
    public double Explored { get; init; } = 0.1;

    /// <summary>Films among which such a page is drawn.</summary>
    public int Pool { get; init; } = 15;

    /// <summary>When tastes turn, as a share of the days; 1: never. Two genres come into fashion then and two go out of
    /// it.</summary>
    public double DriftAt { get; init; } = 0.9;

    /// <summary>A play that began on the last day is over a day later.</summary>
    internal override int SettleDays => 1;

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("movies world");
        faults.Expect(Days is >= 2 and <= 3_660, nameof(Days), Days, "2 to 3,660");
        faults.Expect(Films is >= 100 and <= 3_000, nameof(Films), Films, "100 to 3,000");
        faults.Expect(Users is >= 1 and <= 1_000_000, nameof(Users), Users, "1 to 1,000,000");
        faults.Expect(VisitRate is > 0 and <= 0.5, nameof(VisitRate), VisitRate, "more than 0, at most 0.5 a day");
        faults.Expect(Arriving is >= 0 and <= 1, nameof(Arriving), Arriving, "0 to 1");
        faults.Expect(Released is >= 0 and <= 0.5, nameof(Released), Released, "0 to 0.5");
        faults.Expect(Rereleased is >= 0 and <= 0.3, nameof(Rereleased), Rereleased, "0 to 0.3");
        faults.Expect(Places is >= 1 and <= 20, nameof(Places), Places, "1 to 20");
        faults.Expect(Explored is >= 0 and <= 1, nameof(Explored), Explored, "0 to 1");
        faults.Expect(Pool >= Places && Pool <= 25, nameof(Pool), Pool, "the number of places to 25");
        faults.Expect(DriftAt is >= 0 and <= 1, nameof(DriftAt), DriftAt, "0 to 1, a share of the days");
        faults.Throw();
    }

    /// <summary>First day of the changed tastes; <see cref="WorldOptions.Days"/>: never.</summary>
    internal int DriftDay => (int)(DriftAt * Days);
}
