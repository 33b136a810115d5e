using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>Simulates posts in the order of time, who sees and reports them, and what reviewers do about them.</summary>
internal sealed class PostsSimulator
{
    private const double AtHome = 0.8;
    private const int BurstSeconds = 7_200;

    private readonly PostsOptions _options;
    private readonly Community[] _communities;
    private readonly Author[] _authors;
    private readonly FormTable _forms;
    private readonly PostLedger _ledger = new();
    private readonly Threads _threads;
    private readonly Wording _wording;
    private readonly Reports _reports;
    private readonly ReviewDesk _desk;
    private readonly Dictionary<string, (int[] Ids, WeightedChoice Sizes)> _ofLanguage;

    private PostsSimulator(PostsOptions options, Community[] communities, Author[] authors, Reviewer[] reviewers)
    {
        (_options, _communities, _authors, _forms) = (options, communities, authors, new(options.Prevalence));
        (_threads, _wording, _reports) = (new(_ledger, communities), new(options), new(options, authors, _forms));
        _desk = new(options, communities, _ledger, _forms, reviewers);
        _ofLanguage = communities.GroupBy(static c => c.Language.Code)
            .ToDictionary(static g => g.Key, static g => (g.Select(static c => c.Id).ToArray(), new WeightedChoice(g.Select(static c => c.Size))));
    }

    public static PostLedger Run(
        PostsOptions options, Community[] communities, Author[] authors, Reviewer[] reviewers, IProgress<double>? progress = null)
    {
        var simulator = new PostsSimulator(options, communities, authors, reviewers);
        var days = options.Days + options.SettleDays - 1;
        var (before, end) = (0, 0);
        for (var day = 0; day < days; day++)
        {
            var first = end;
            if (day < options.Days) { simulator.PostDay(day); }
            end = simulator._ledger.Posts;
            simulator._desk.RunDay(day, before, first);
            before = first;
            progress?.Report((day + 1.0) / days);
        }
        return simulator._ledger;
    }

    private void PostDay(int day)
    {
        List<(int Second, int Author, int Number, Form Form)> coming = [];
        foreach (var author in _authors)
        {
            if (day < author.Joined || _desk.IsSuspended(author.Id, day)) { continue; }
            var random = PostStreams.Open(_options, PostStreams.Posting, author.Id, day);
            for (var left = random.NextPoisson(author.Rate); left > 0; left--)
            {
                var form = _forms.Draw(author.Kind, random);
                var second = form == Form.Campaign ? BurstOf(author.Ring, day) + random.NextInt32(BurstSeconds) : DayTraffic.DrawSecond(random);
                coming.Add(((day * 86_400) + second, author.Id, left, form));
            }
        }
        coming.Sort();
        var first = _ledger.Posts;
        foreach (var (second, author, number, form) in coming) { Post(_authors[author], second, number, form); }
        foreach (var (post, reports) in _reports.Brigaded(_ledger, day, first, _ledger.Posts))
        {
            reports.AddRange(_ledger.Reports[post]);
            reports.Sort(static (a, b) => (a.Second, a.Reader).CompareTo((b.Second, b.Reader)));
            _ledger.Reports[post] = reports;
        }
        for (var post = first; post < _ledger.Posts; post++) { _desk.Expect(post); }
    }

    /// <summary>When on a day the members of a ring post.</summary>
    private int BurstOf(int ring, int day) =>
        (6 * 3_600) + PostStreams.Open(_options, PostStreams.Ring, ring, -1 - day).NextInt32(14 * 3_600);

    private void Post(Author author, int second, int number, Form drawn)
    {
        var random = PostStreams.Open(_options, PostStreams.Thread, author.Id, ((long)second << 8) | (uint)number);
        var (ids, sizes) = _ofLanguage[_communities[author.Home].Language.Code];
        var community = random.NextDouble() < AtHome ? author.Home : ids[sizes.Draw(random)];
        var people = random.NextInt32(Peoples.Names.Count);
        // a new slur is in fashion
        if (drawn is Form.Slur or Form.Evaded && _options.IsDrifted(second / 86_400) && random.NextInt32(2) == 0) { people = Peoples.NewSlurOf; }
        var (form, parent) = (drawn, -1);
        switch (drawn)
        {
            case Form.Sneer or Form.Praise:
                parent = _threads.AboutPeople(community, drawn == Form.Sneer, second, random);
                if (parent >= 0) { community = _ledger.Community[parent]; }
                else { form = Form.Chat; }
                break;
            case Form.Reclaimed when author.People < 0: form = Form.Chat; break;
            case Form.Reclaimed: people = author.People; break;
            case Form.Slur or Form.Evaded when people == author.People: people = (people + 1) % Peoples.Names.Count; break;
            case Form.Chat when _communities[community].Dialect.Homonym is not null && random.NextDouble() < 0.03: form = Form.Homonym; break;
        }
        if (parent < 0 && form is not (Form.Offer or Form.Campaign or Form.Pasta)) { parent = _threads.Answered(community, random); }
        var post = _ledger.Posts;
        var text = _wording.Write(
            form, _communities[community], people, author.Ring, second / 86_400,
            PostStreams.Open(_options, PostStreams.Text, author.Id, ((long)second << 8) | (uint)number));
        Add(author, second, community, parent, form, drawn, text, Judge(author, form, random));
        _threads.Add(post);
    }

    private void Add(Author author, int second, int community, int parent, Form form, Form drawn, string text, int violates)
    {
        var post = _ledger.Posts;
        var views = ViewCurve.Draw(author, form, PostStreams.Open(_options, PostStreams.Views, post));
        _ledger.Author.Add(author.Id);
        _ledger.Second.Add(second);
        _ledger.Community.Add(community);
        _ledger.Parent.Add(parent);
        _ledger.Thread.Add(_threads.ThreadOf(parent));
        _ledger.Form.Add(form);
        _ledger.Drawn.Add(drawn);
        _ledger.Text.Add(text);
        _ledger.Violates.Add(violates);
        _ledger.Views.Add(views);
        _ledger.Reports.Add(_reports.Of(post, second, form, violates, views));
        _ledger.Removed.Add(PostLedger.Never);
        _ledger.Restored.Add(PostLedger.Never);
    }

    /// <summary>The policies that it violates, as bits.</summary>
    private int Judge(Author author, Form form, RandomStream random)
    {
        if (_forms.PolicyOf(form) is not { } policy) { return 0; }
        var violates = random.NextDouble() < _forms.Violates(author.Kind, form) ? 1 << (int)policy : 0;
        if (form == Form.GroupThreat && random.NextDouble() < FormTable.AlsoHate) { violates |= 1 << (int)PostPolicy.Hate; }
        return violates;
    }
}
