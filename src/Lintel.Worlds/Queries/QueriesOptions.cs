namespace Lintel.Worlds.Queries;

/// <summary>How people go through a page.</summary>
public enum UserModel
{
    /// <summary>Each place is examined with a chance of its own, whatever stands above (Craswell et al., WSDM 2008), and high places are
    /// trusted: they are clicked more than they deserve (Agarwal et al., WWW 2019).</summary>
    PositionBased,
    /// <summary>From the top down until somebody is satisfied or gives up (Chapelle and Zhang, WWW 2009).</summary>
    Cascade,
}

/// <summary>Size and character of the search world. The defaults give about 200,000 searches for 20,000 documents by 5,000 distinct
/// queries in 45 days.</summary>
public sealed record QueriesOptions : WorldOptions
{
    public QueriesOptions() : base(new(2025, 5, 5), 45) { }

    /// <summary>Documents, those among them that are published while the world runs.</summary>
    public int Documents { get; init; } = 20_000;

    /// <summary>Distinct queries.</summary>
    public int Queries { get; init; } = 5_000;

    /// <summary>Mean number of searches on a day, reformulations included.</summary>
    public double Searches { get; init; } = 4_500;

    public int Users { get; init; } = 20_000;

    /// <summary>Share of documents that are published while the world runs.</summary>
    public double Published { get; init; } = 0.15;

    /// <summary>Share of documents that are variants of another one, in another size or colour.</summary>
    public double Variants { get; init; } = 0.25;

    /// <summary>Places of a page.</summary>
    public int Places { get; init; } = 10;

    /// <summary>Documents that the old ranker keeps for a query; the page is their beginning.</summary>
    public int Pool { get; init; } = 20;

    /// <summary>Share of pages in an order drawn uniformly from the pool.</summary>
    public double Explored { get; init; } = 0.1;

    public UserModel UserModel { get; init; }

    /// <summary>Chance that what is examined at the first place is clicked because it stands there; at place p, that over p.
    /// Position-based only.</summary>
    public double Trust { get; init; } = 0.06;

    /// <summary>When the mix of queries turns, as a share of the days; 1: never.</summary>
    public double DriftAt { get; init; } = 0.8;

    /// <summary>Purchases are over on the day after.</summary>
    internal override int SettleDays => 1;

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("search world");
        faults.Expect(Days is >= 2 and <= 730, nameof(Days), Days, "2 to 730");
        faults.Expect(Documents is >= 500 and <= 1_000_000, nameof(Documents), Documents, "500 to 1,000,000");
        faults.Expect(Queries is >= 50 and <= 100_000, nameof(Queries), Queries, "50 to 100,000");
        faults.Expect(Searches is > 0 and <= 1_000_000, nameof(Searches), Searches, "more than 0, at most 1,000,000 a day");
        faults.Expect(Users is >= 1 and <= 10_000_000, nameof(Users), Users, "1 to 10,000,000");
        faults.Expect(Published is >= 0 and <= 0.8, nameof(Published), Published, "0 to 0.8");
        faults.Expect(Variants is >= 0 and <= 0.8, nameof(Variants), Variants, "0 to 0.8");
        faults.Expect(Places is >= 1 and <= 20, nameof(Places), Places, "1 to 20");
        faults.Expect(Pool >= Places && Pool <= 100, nameof(Pool), Pool, "the number of places to 100");
        faults.Expect(Explored is >= 0 and <= 1, nameof(Explored), Explored, "0 to 1");
        faults.Expect(Trust is >= 0 and <= 0.3, nameof(Trust), Trust, "0 to 0.3");
        faults.Expect(DriftAt is >= 0 and <= 1, nameof(DriftAt), DriftAt, "0 to 1, a share of the days");
        faults.Throw();
    }

    /// <summary>First day of the other mix; <see cref="WorldOptions.Days"/>: never.</summary>
    internal int DriftDay => (int)(DriftAt * Days);
}
