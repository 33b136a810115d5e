namespace Lintel.Worlds.Posts;

/// <summary>What only a judge may know of a posts world: which policies each post violates, the best possible score, who would have seen
/// it when, and how often reviewers err. Posts are told by the ids of the events. Made again from the options; the same options give the
/// same world.</summary>
public sealed class PostsTruth
{
    private readonly PostLedger _ledger;
    private readonly Author[] _authors;
    private readonly Community[] _communities;
    private readonly FormTable _forms;
    private readonly double[] _best;

    internal PostsTruth(PostsOptions options, Community[] communities, Author[] authors, PostLedger ledger)
    {
        (Options, _communities, _authors, _ledger) = (options, communities, authors, ledger);
        (_forms, _best) = (new(options.Prevalence), BestScores.Of(options, ledger, authors.Length));
    }

    public static PostsTruth Of(PostsOptions options)
    {
        options.Check();
        var (communities, reviewers) = (Community.Draw(options), Reviewer.Draw(options));
        var authors = Author.Draw(options, communities);
        return new(options, communities, authors, PostsSimulator.Run(options, communities, authors, reviewers));
    }

    /// <summary>Of the files in a folder.</summary>
    /// <exception cref="InvalidDataException">The folder holds no posts world of this release.</exception>
    public static PostsTruth Read(string folder) => PostsWorld.ReadDescription(folder) is { } there
        ? Of(there.Options)
        : throw new InvalidDataException($"{folder} holds no posts world; 'lintel up moderation' makes one");

    public PostsOptions Options { get; }

    public int PostCount => _ledger.Posts;

    public string Text(int post) => _ledger.Text[post];

    /// <summary>The post that it answers; −1: it opens its thread.</summary>
    public int ReplyTo(int post) => _ledger.Parent[post];

    /// <summary>By <c>author_id</c>.</summary>
    public int AuthorOf(int post) => _ledger.Author[post];

    /// <summary>As the author's profile says; null: nothing.</summary>
    public string? PeopleOf(int post) => _authors[_ledger.Author[post]].People is >= 0 and var people ? Peoples.Names[people] : null;

    /// <summary>What the post does with its words, e.g. <c>attack</c>.</summary>
    public string Form(int post) => _ledger.Form[post].ToString().ToLowerInvariant();

    /// <summary>Language and dialect of its community, e.g. <c>en harbour</c>.</summary>
    public string Dialect(int post)
    {
        var community = _communities[_ledger.Community[post]];
        return $"{community.Language.Code} {community.Dialect.Name}";
    }

    /// <summary>From 0.</summary>
    public int Day(int post) => _ledger.Day(post);

    /// <summary>First day of the new slur and evasion.</summary>
    public int DriftDay => Options.DriftDay;

    public bool Violates(int post, PostPolicy policy) => _ledger.IsViolating(post, policy);

    /// <summary>Whether it violates any policy.</summary>
    public bool Violates(int post) => _ledger.Violates[post] != 0;

    /// <summary>The best possible probability that it violates a policy, from its text, its thread and its author's earlier posts: 0 to
    /// 1.</summary>
    public double BestScore(int post, PostPolicy policy) => _best[(post * PostPolicies.All.Count) + (int)policy];

    /// <summary>Views had it stood, from so many hours after it was posted on: what acting then would save.</summary>
    /// <param name="hours">A part of an hour counts in proportion.</param>
    public double ViewsFrom(int post, double hours)
    {
        var views = _ledger.Views[post];
        double sum = 0;
        for (var hour = (int)hours; hour < views.Length; hour++) { sum += views[hour] * Math.Min(1, hour + 1 - hours); }
        return sum;
    }

    /// <summary>Views of one hour after it was posted, had it stood.</summary>
    public int Views(int post, int hour) => hour < _ledger.Views[post].Length ? _ledger.Views[post][hour] : 0;

    /// <summary>Share of all views that went to violating posts: as logged, with what the platform removed, or had everything
    /// stood.</summary>
    public double PrevalenceByViews(bool asLogged)
    {
        var (all, violating) = (0.0, 0.0);
        for (var post = 0; post < PostCount; post++)
        {
            var (removed, restored) = (Hours(post, _ledger.Removed[post]), Hours(post, _ledger.Restored[post]));
            var views = ViewsFrom(post, 0) - (asLogged ? ViewsFrom(post, removed) - ViewsFrom(post, restored) : 0);
            all += views;
            violating += Violates(post) ? views : 0;
        }
        return violating / all;
    }

    /// <summary>Chance that a reviewer says that a post violates a policy: known beyond what they said.</summary>
    /// <param name="knowsDialect">Whether the reviewer knows the dialect of the post's community.</param>
    public double ReviewerSays(int post, PostPolicy policy, bool knowsDialect) =>
        Reviewer.Says(policy, Violates(post, policy), _ledger.Form[post], _forms.PolicyOf(_ledger.Form[post]), knowsDialect);

    private double Hours(int post, int second) => second == PostLedger.Never ? ViewCurve.Hours : Math.Min(ViewCurve.Hours, (second - _ledger.Second[post]) / 3_600d);
}
