namespace Lintel.Worlds.Posts;

/// <param name="Reason">What the reader says it violates.</param>
internal readonly record struct Report(int Second, int Reader, PostPolicy Reason);

/// <summary>Readers' reports: of each view with a chance that depends on what the post is, and of brigades, who report harmless posts of
/// authors they dislike, within the hour.</summary>
internal sealed class Reports(PostsOptions options, Author[] authors, FormTable forms)
{
    private const int Most = 200;

    private readonly int[][] _brigades =
        [.. Enumerable.Range(0, Author.Brigades).Select(b => authors.Where(a => a.Brigade == b).Select(static a => a.Id).ToArray())];

    /// <summary>What readers report of a post if it stands, in order of time.</summary>
    /// <param name="violates">By policy, as bits.</param>
    public List<Report> Of(int post, int second, Form form, int violates, int[] views)
    {
        var random = PostStreams.Open(options, PostStreams.Reports, post);
        List<Report> reports = [];
        var rate = Rate(form, violates != 0);
        for (var hour = 0; hour < views.Length; hour++)
        {
            if (views[hour] == 0) { continue; }
            for (var left = Math.Min(Most - reports.Count, random.NextPoisson(rate * views[hour])); left > 0; left--)
            {
                var reason = random.NextDouble() < 0.85 && forms.PolicyOf(form) is { } policy ? policy : random.Pick(PostPolicies.All);
                reports.Add(new(second + (hour * 3_600) + random.NextInt32(3_600), random.NextInt32(authors.Length), reason));
            }
        }
        reports.Sort(static (a, b) => (a.Second, a.Reader).CompareTo((b.Second, b.Reader)));
        return reports;
    }

    /// <summary>Which of a day's posts brigades fall upon, and their reports.</summary>
    /// <param name="first">First post of the day.</param> <param name="end">The one behind the last.</param>
    public IEnumerable<(int Post, List<Report> Reports)> Brigaded(PostLedger ledger, int day, int first, int end)
    {
        if (end == first) { yield break; }
        for (var brigade = 0; brigade < _brigades.Length; brigade++)
        {
            var random = PostStreams.Open(options, PostStreams.Brigade, brigade, day);
            var post = first + random.NextInt32(end - first);
            if (random.NextDouble() < 0.3 || ledger.Violates[post] != 0) { continue; }
            var start = ledger.Second[post] + 300 + random.NextInt32(3_600);
            List<Report> reports = [.. _brigades[brigade].Where(_ => random.NextDouble() < 0.7)
                .Select(reader => new Report(start + random.NextInt32(2_400), reader, (PostPolicy)(brigade % 2)))];
            yield return (post, reports);
        }
    }

    /// <summary>Reports of a view.</summary>
    private static double Rate(Form form, bool violates) => (form, violates) switch
    {
        (Form.Slur or Form.Threat or Form.GroupThreat or Form.Chant, true) => 0.012,
        (Form.Offer or Form.Campaign, true) => 0.005,
        (_, true) => 0.006,
        _ => FormTable.IsDelicate(form) ? 0.0005 : 0.00002,
    };
}
