using Lintel.Worlds.Posts.Languages;

namespace Lintel.Worlds.Posts;

/// <summary>One reviewer: what they know, and how often they err.</summary>
/// <remarks><para>A violation is missed with chance 0.14 (hate), 0.10 (threat) or 0.05 (spam), 0.10 more where only word order or context
/// tells it, 0.06 more in a dialect that they do not know. A violation is seen where there is none with chance 0.003; in a delicate post,
/// of its own policy, with 0.06, and three times as often in a dialect that they do not know or where a people's own slur is a
/// jest.</para><para>Errors of reviewers are independent given the post, so that a third look mends what two disagree on.</para></remarks>
internal sealed record Reviewer(int Id, Lexicon Language, IReadOnlyList<Dialect> Dialects)
{
    private static readonly double[] Missed = [0.14, 0.10, 0.05];

    public static Reviewer[] Draw(PostsOptions options) => [.. Enumerable.Range(0, options.Reviewers).Select(id =>
    {
        var random = PostStreams.Open(options, PostStreams.Reviewer, id);
        var language = Lexicon.All[(id % 6) switch { 4 => 1, 5 => 2, _ => 0 }];
        return new Reviewer(id, language, [.. language.Dialects.Where(d => d == Dialect.Standard || random.NextDouble() < 0.3)]);
    })];

    /// <summary>Chance that they say that a post violates a policy.</summary>
    public static double Says(PostPolicy policy, bool violates, Form form, PostPolicy? ofForm, bool knowsDialect)
    {
        if (violates)
        {
            var isHidden = form is Form.Attack or Form.Sneer or Form.Threat or Form.Hint;
            return 1 - Missed[(int)policy] - (isHidden ? 0.1 : 0) - (knowsDialect ? 0 : 0.06);
        }
        if (!FormTable.IsDelicate(form) || policy != (ofForm ?? PostPolicy.Hate)) { return 0.003; }
        return 0.06 * (!knowsDialect || form == Form.Reclaimed ? 3 : 1);
    }
}
