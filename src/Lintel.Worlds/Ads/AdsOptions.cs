namespace Lintel.Worlds.Ads;

/// <summary>Size and character of the ads world. The defaults are as small as they can be with at least 60,000 clicks in the
/// last fifth of the days, so that a tenth of a per cent of normalised entropy can be told from chance: about 640,000
/// requests and 2.6 million impressions.</summary>
public sealed record AdsOptions : WorldOptions
{
    public AdsOptions() : base(new(2025, 1, 1), 28) { }

    /// <summary>Ads, those among them that come and go while the world runs.</summary>
    public int Ads { get; init; } = 2_000;

    public int Users { get; init; } = 20_000;

    /// <summary>Mean number of a user's requests on a day; it differs by a factor of several between users.</summary>
    public double RequestRate { get; init; } = 1.35;

    /// <summary>Share of users who come for the first time while the world runs.</summary>
    public double Arriving { get; init; } = 0.3;

    /// <summary>Share of ads that are created while the world runs: at first nobody knows how often they are clicked.</summary>
    public double Created { get; init; } = 0.4;

    /// <summary>Share of a user's interests that the user does not tell.</summary>
    public double HiddenInterests { get; init; } = 0.12;

    /// <summary>Ads on a page.</summary>
    public int Places { get; init; } = 4;

    /// <summary>Share of pages whose pool stands in an order drawn uniformly: the declared exploration.</summary>
    public double Explored { get; init; } = 0.1;

    /// <summary>Ads among which such a page is drawn, new ones among them.</summary>
    public int Pool { get; init; } = 12;

    /// <summary>Most times that a user sees an ad within 24 hours.</summary>
    public int FrequencyCap { get; init; } = 3;

    /// <summary>Least price of a click.</summary>
    public double Reserve { get; init; } = 0.05;

    /// <summary>Share of clicks that are logged later than half an hour after their impression, up to a day.</summary>
    public double LateClicks { get; init; } = 0.025;

    /// <summary>When interest turns, as a share of the days; 1: never, and the world is stationary but for ads and users
    /// that come and go. Two categories are clicked more from then on and two less.</summary>
    public double DriftAt { get; init; } = 0.9;

    /// <summary>A click is logged at most so much later than its impression.</summary>
    internal override int SettleDays => 1 + (ClickDelays.Longest / 86_400);

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("ads world");
        faults.Expect(Days is >= 2 and <= 366, nameof(Days), Days, "2 to 366");
        faults.Expect(Ads is >= 200 and <= 20_000, nameof(Ads), Ads, "200 to 20,000");
        faults.Expect(Users is >= 1 and <= 1_000_000, nameof(Users), Users, "1 to 1,000,000");
        faults.Expect(RequestRate is > 0 and <= 20, nameof(RequestRate), RequestRate, "more than 0, at most 20 a day");
        faults.Expect(Arriving is >= 0 and <= 1, nameof(Arriving), Arriving, "0 to 1");
        faults.Expect(Created is >= 0 and <= 0.8, nameof(Created), Created, "0 to 0.8");
        faults.Expect(HiddenInterests is >= 0 and <= 1, nameof(HiddenInterests), HiddenInterests, "0 to 1");
        faults.Expect(Places is >= 1 and <= 10, nameof(Places), Places, "1 to 10");
        faults.Expect(Explored is >= 0 and <= 1, nameof(Explored), Explored, "0 to 1");
        faults.Expect(Pool > Places && Pool <= 30, nameof(Pool), Pool, "more than the number of places, at most 30");
        faults.Expect(FrequencyCap is >= 1 and <= 100, nameof(FrequencyCap), FrequencyCap, "1 to 100");
        faults.Expect(Reserve is >= 0 and <= 0.1, nameof(Reserve), Reserve, "0 to 0.1, the lowest bid");
        faults.Expect(LateClicks is >= 0 and <= 0.5, nameof(LateClicks), LateClicks, "0 to 0.5");
        faults.Expect(DriftAt is >= 0 and <= 1, nameof(DriftAt), DriftAt, "0 to 1, a share of the days");
        faults.Throw();
    }

    /// <summary>First day of the changed interest; <see cref="WorldOptions.Days"/>: never.</summary>
    internal int DriftDay => (int)(DriftAt * Days);
}
