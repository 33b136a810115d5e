namespace Lintel.Worlds.Posts;

/// <summary>Size and character of the posts world. The defaults give about 200,000 posts in 60 days, 1 of 100 of which violates a
/// policy, and 400 reviews a day.</summary>
public sealed record PostsOptions : WorldOptions
{
    public PostsOptions() : base(new(2025, 3, 3), 60) { }

    public int Authors { get; init; } = 6_000;

    /// <summary>Mean number of posts on a day.</summary>
    public double Posts { get; init; } = 3_400;

    public int Communities { get; init; } = 40;

    /// <summary>Share of posts that violate a policy if nobody is suspended; who violates is suspended more often.</summary>
    public double Prevalence { get; init; } = 0.01;

    /// <summary>Share of authors who join while the world runs.</summary>
    public double Joining { get; init; } = 0.2;

    public int Reviewers { get; init; } = 30;

    /// <summary>Posts that reviewers look at on a day.</summary>
    public int Reviews { get; init; } = 400;

    /// <summary>Share of the reviews that go to posts of the day before, drawn at random: the rest goes to what was reported or what the
    /// old word filter found.</summary>
    public double Sampled { get; init; } = 0.5;

    /// <summary>When the new slur and the new evasion come up, as a share of the days; 1: never.</summary>
    public double DriftAt { get; init; } = 0.85;

    /// <summary>Views, reports, reviews and rulings on the last posts are over by then.</summary>
    internal override int SettleDays => 7;

    /// <inheritdoc/>
    public override void Check()
    {
        var faults = new OptionFaults("posts world");
        faults.Expect(Days is >= 2 and <= 730, nameof(Days), Days, "2 to 730");
        faults.Expect(Authors is >= 100 and <= 1_000_000, nameof(Authors), Authors, "100 to 1,000,000");
        faults.Expect(Posts is > 0 and <= 500_000, nameof(Posts), Posts, "more than 0, at most 500,000 a day");
        faults.Expect(Communities is >= 8 and <= 10_000, nameof(Communities), Communities, "8 to 10,000");
        faults.Expect(Prevalence is >= 0.002 and <= 0.05, nameof(Prevalence), Prevalence, "0.002 to 0.05");
        faults.Expect(Joining is >= 0 and <= 0.9, nameof(Joining), Joining, "0 to 0.9");
        faults.Expect(Reviewers is >= 6 and <= 10_000, nameof(Reviewers), Reviewers, "6 to 10,000");
        faults.Expect(Reviews is >= 1 and <= 100_000, nameof(Reviews), Reviews, "1 to 100,000 a day");
        faults.Expect(Sampled is >= 0 and <= 1, nameof(Sampled), Sampled, "0 to 1");
        faults.Expect(DriftAt is >= 0 and <= 1, nameof(DriftAt), DriftAt, "0 to 1, a share of the days");
        faults.Throw();
    }

    /// <summary>First day of the new slur and evasion; <see cref="WorldOptions.Days"/>: never.</summary>
    internal int DriftDay => (int)(DriftAt * Days);

    internal bool IsDrifted(int day) => day >= DriftDay;
}
