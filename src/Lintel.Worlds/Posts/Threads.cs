using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>What there is to answer: the latest posts of each community, and of each language those about peoples.</summary>
internal sealed class Threads(PostLedger ledger, Community[] communities)
{
    private const int Kept = 60, RecentSeconds = 48 * 3_600;
    private const double Opened = 0.25;

    private readonly List<int>[] _latest = [.. communities.Select(static _ => new List<int>())];
    private readonly Dictionary<(string Language, bool IsAttack), List<int>> _aboutPeoples = [];
    private int _threads;

    /// <summary>The post that a post answers; −1: it opens a thread.</summary>
    public int Answered(int community, RandomStream random)
    {
        var latest = _latest[community];
        // the later a post, the likelier it is answered
        return random.NextDouble() < Opened || latest.Count == 0 ? -1 : latest[(int)(Math.Sqrt(random.NextDouble()) * latest.Count)];
    }

    /// <summary>A post of the last two days that attacks a people, or speaks well of one; −1: there is none.</summary>
    public int AboutPeople(int community, bool isAttack, int second, RandomStream random)
    {
        if (!_aboutPeoples.TryGetValue((communities[community].Language.Code, isAttack), out var posts)) { return -1; }
        posts.RemoveAll(p => second - ledger.Second[p] > RecentSeconds);
        return posts.Count == 0 ? -1 : random.Pick(posts);
    }

    /// <summary>The thread of a new post.</summary>
    public int ThreadOf(int parent) => parent < 0 ? _threads++ : ledger.Thread[parent];

    public void Add(int post)
    {
        var community = ledger.Community[post];
        var latest = _latest[community];
        if (latest.Count == Kept) { latest.RemoveAt(0); }
        latest.Add(post);
        var form = ledger.Form[post];
        if (!FormTable.IsAttack(form) && form is not (Form.Roles or Form.Quote)) { return; }
        var key = (communities[community].Language.Code, FormTable.IsAttack(form));
        if (!_aboutPeoples.TryGetValue(key, out var posts)) { _aboutPeoples[key] = posts = []; }
        posts.Add(post);
    }
}
