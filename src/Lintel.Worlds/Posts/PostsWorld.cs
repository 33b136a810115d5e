namespace Lintel.Worlds.Posts;

/// <summary>Writes the posts world: <c>authors.parquet</c>, <c>communities.parquet</c>, <c>banned.parquet</c> and, by week,
/// <c>posts/</c>, <c>views/</c> (by post and hour), <c>reports/</c>, <c>verdicts/</c> (one row a look), <c>removals/</c> (with the strikes that
/// stand), <c>appeals/</c> and <c>rulings/</c> for designs to read; under <c>truth/</c> what only a judge may know: what each post violates
/// and the best possible score (<c>posts.parquet</c>), its views had it stood (<c>views.parquet</c>), authors as they are, and
/// <c>world.json</c> with the options, the reviewers' errors and the drift, from which <see cref="PostsTruth"/> makes the world
/// again.</summary>
/// <remarks>Peoples, slurs and dialects are inventions. About four posts of 100 are what a bag of words must suspect; one violates. Most
/// violations against persons and peoples can be told from their harmless twins only by the order of words, the post answered or the
/// author's own people: that is what a heavy model is for.</remarks>
public static class PostsWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    private static readonly WorldMaker<PostsOptions, PostsDescription> Maker = new(Generation, PostFiles.Folders, Write);

    public static World World { get; } = new(
        "moderation",
        "Authors of a platform, some rude, some who violate again and again, rings of spammers; posts in three languages and two dialects with "
        + "slurs that are made up, harmless twins and evasions; views, reports, brigades, late and erring reviewers, appeals, strikes; late a "
        + "new slur and a new evasion.",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, PostsOptions options, IProgress<double>? progress = null) => Maker.Make(folder, options, progress);

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static PostsDescription? ReadDescription(string folder) => Maker.Read(folder);

    private static PostsDescription Write(string folder, string truth, PostsOptions options, IProgress<double>? progress)
    {
        var (communities, reviewers) = (Community.Draw(options), Reviewer.Draw(options));
        var authors = Author.Draw(options, communities);
        var ledger = PostsSimulator.Run(options, communities, authors, reviewers, progress);
        PostFiles.Write(folder, options, communities, authors, ledger);
        PostFiles.WriteTruth(truth, options, authors, ledger);
        return Describe(options, communities, reviewers, ledger);
    }

    private static PostsDescription Describe(PostsOptions options, Community[] communities, Reviewer[] reviewers, PostLedger ledger)
    {
        List<DriftMoment> drifts = [];
        if (options.DriftDay < options.Days)
        {
            var day = options.FirstDay.AddDays(options.DriftDay);
            drifts.Add(new(day, DriftKind.NewKind, "post.text", $"a new slur against the {Peoples.Names[Peoples.NewSlurOf]}: {Peoples.NewSlur}"));
            drifts.Add(new(day, DriftKind.NewKind, "post.text", "a new evasion: slurs are written backwards"));
        }
        return new(
            Generation, options, ledger.Posts, ledger.Violates.Count(static v => v != 0), ledger.Verdicts.Count, ledger.Removals.Count,
            ReviewError.Of(options, communities, reviewers, ledger), drifts);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Violating">Posts that violate a policy.</param> <param name="Verdicts">Looks by reviewers.</param>
public sealed record PostsDescription(
    int Generation, PostsOptions Options, int Posts, int Violating, int Verdicts, int Removals, IReadOnlyList<ReviewError> Errors,
    IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<PostsOptions>(Generation, Options, Drifts)
{
    internal override long Records => (long)Posts + Verdicts + Removals;

    internal override string Summary =>
        $"{Posts:N0} posts of {Options.Authors:N0} authors, {(double)Violating / Math.Max(1, Posts):0.00%} violate a policy, {Verdicts:N0} "
        + $"verdicts, {Removals:N0} removed, {Calendar}";
}
