using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>The platform's old way to moderate: a word filter and reports fill a queue that is worked off first come, first served, from
/// 8 to 20 o'clock; some of the day before is sampled; what reviewers find is removed, authors appeal, and three strikes suspend.</summary>
internal sealed class ReviewDesk
{
    /// <summary>So long a strike stands.</summary>
    public const int StrikeDays = 30;

    /// <summary>So many standing strikes suspend an author for <see cref="SuspendedDays"/> from the next midnight.</summary>
    public const int StrikesToSuspend = 3;

    public const int SuspendedDays = 7;

    private const int Opens = 8 * 3_600, Closes = 20 * 3_600;
    private const double SecondLook = 0.2, SecondLookIfFound = 0.5, Postponed = 0.1;

    private readonly PostsOptions _options;
    private readonly Community[] _communities;
    private readonly PostLedger _ledger;
    private readonly FormTable _forms;
    private readonly Reviewer[][] _reviewers;                   // by community
    private readonly HashSet<string> _filtered = [.. Peoples.Slurs.SelectMany(static s => s)];
    private readonly PriorityQueue<(int Post, ReviewSource Source, bool IsPostponed), (int Second, int Post)> _queue = new();
    private readonly Dictionary<int, List<Removal>> _removals = [];
    private readonly Dictionary<int, int> _suspended = [];

    public ReviewDesk(PostsOptions options, Community[] communities, PostLedger ledger, FormTable forms, Reviewer[] reviewers)
    {
        (_options, _communities, _ledger, _forms) = (options, communities, ledger, forms);
        _reviewers = [.. communities.Select(c => reviewers.Where(r => r.Language == c.Language).ToArray())];
    }

    /// <summary>Whether an author may not post on a day.</summary>
    public bool IsSuspended(int author, int day) => _suspended.TryGetValue(author, out var until) && day < until;

    /// <summary>A post comes to the queue when the filter finds a word of its list in it, else with its first report.</summary>
    public void Expect(int post)
    {
        var reports = _ledger.Reports[post];
        if (IsFiltered(_ledger.Text[post])) { _queue.Enqueue((post, ReviewSource.Filter, false), (_ledger.Second[post] + 1, post)); }
        else if (reports.Count > 0) { _queue.Enqueue((post, ReviewSource.Report, false), (reports[0].Second, post)); }
    }

    /// <summary>A day's reviews.</summary>
    /// <param name="first">First post of the day before, of which some are sampled.</param> <param name="end">The one behind the last.</param>
    public void RunDay(int day, int first, int end)
    {
        var random = PostStreams.Open(_options, PostStreams.Review, day);
        var sample = Enumerable.Range(first, end - first).ToArray();
        random.Shuffle<int>(sample);
        var sampled = Math.Min(sample.Length, (int)Math.Round(_options.Reviews * _options.Sampled));
        var (next, found) = (0, new SortedSet<int>());
        for (var slot = 0; slot < _options.Reviews; slot++)
        {
            var second = (day * 86_400) + Opens + (int)((long)(Closes - Opens) * slot / _options.Reviews);
            var due = (int)Math.Ceiling(sampled * (slot + 1.0) / _options.Reviews);
            if (next < due)
            {
                Review(sample[next], second, ReviewSource.Sample, (double)sampled / sample.Length, found);
                next++;
            }
            else if (_queue.TryPeek(out var item, out var when) && when.Second <= second)
            {
                _queue.Dequeue();
                // some are hard and wait for somebody who knows more
                if (!item.IsPostponed && random.NextDouble() < Postponed)
                {
                    _queue.Enqueue(item with { IsPostponed = true }, (second + 3_600 + random.NextInt32(47 * 3_600), item.Post));
                }
                else { Review(item.Post, second, item.Source, double.NaN, found); }
            }
        }
        Suspend(day, found);
    }

    private bool IsFiltered(string text)
    {
        var words = _filtered.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[16];
        foreach (var range in text.AsSpan().SplitAny(' ', '.', ',', '"'))
        {
            var word = text.AsSpan(range);
            if (word.Length is > 0 and <= 16 && words.Contains(lower[..word.ToLowerInvariant(lower)])) { return true; }
        }
        return false;
    }

    private void Review(int post, int second, ReviewSource source, double propensity, SortedSet<int> found)
    {
        var random = PostStreams.Open(_options, PostStreams.Verdict, post, second);
        var first = Look(1);
        var says = first;
        if (random.NextDouble() < (first != 0 ? SecondLookIfFound : SecondLook))
        {
            var other = Look(2);
            if (other != first)
            {
                // the majority of three, policy by policy
                var third = Look(3);
                says = (first & other) | (first & third) | (other & third);
            }
        }
        if (says != 0 && _ledger.Removed[post] == PostLedger.Never) { Remove(post, second + 1, says, random, found); }

        int Look(int look)
        {
            second += look == 1 ? 0 : 600 + random.NextInt32(3_000);
            var community = _communities[_ledger.Community[post]];
            var reviewer = random.Pick(_reviewers[community.Id]);
            var said = 0;
            foreach (var policy in PostPolicies.All)
            {
                if (random.NextDouble() < Says(post, policy, reviewer.Dialects.Contains(community.Dialect))) { said |= 1 << (int)policy; }
            }
            _ledger.Verdicts.Add(new(post, second, reviewer.Id, look, source, said, propensity));
            return said;
        }
    }

    private double Says(int post, PostPolicy policy, bool knowsDialect)
    {
        var form = _ledger.Form[post];
        return Reviewer.Says(policy, _ledger.IsViolating(post, policy), form, _forms.PolicyOf(form), knowsDialect);
    }

    private void Remove(int post, int second, int says, RandomStream random, SortedSet<int> found)
    {
        var policy = PostPolicies.All.Where(p => (says >> (int)p & 1) != 0).MaxBy(PostPolicies.Severity);
        var isWrong = (says & _ledger.Violates[post]) == 0;
        var (appealed, ruled, isOverturned) = (PostLedger.Never, PostLedger.Never, false);
        if (random.NextDouble() < (isWrong ? 0.4 : 0.1))
        {
            appealed = second + 300 + (int)Math.Min(86_400, random.LogNormal(6 * 3_600, 1));
            ruled = appealed + (12 * 3_600) + random.NextInt32(48 * 3_600);
            isOverturned = random.NextDouble() < (isWrong ? 0.9 : 0.05);
        }
        var removal = new Removal(post, second, policy, appealed, ruled, isOverturned);
        _ledger.Removed[post] = second;
        if (isOverturned) { _ledger.Restored[post] = ruled; }
        _ledger.Removals.Add(removal);
        var author = _ledger.Author[post];
        if (!_removals.TryGetValue(author, out var all)) { _removals[author] = all = []; }
        all.Add(removal);
        found.Add(author);
    }

    private void Suspend(int day, SortedSet<int> authors)
    {
        var midnight = (day + 1) * 86_400;
        foreach (var author in authors)
        {
            foreach (var removal in _removals[author]) { removal.Strikes = _removals[author].Count(r => r.StandsAt(removal.Second)); }
            if (_removals[author].Count(r => r.StandsAt(midnight)) >= StrikesToSuspend) { _suspended[author] = day + 1 + SuspendedDays; }
        }
    }
}
