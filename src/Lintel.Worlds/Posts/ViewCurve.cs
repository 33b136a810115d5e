using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>How many see a post, hour by hour, as long as it stands.</summary>
/// <remarks>The mean of all views is 2 · followers^0.7 · c · e^z, z standard normal and c by form (what is rude or hateful spreads
/// further), at most 50,000: a heavy tail. It falls off exponentially, with a half-life of about 5 hours (log-normal, 0.5), and
/// each hour's views are a Poisson draw.</remarks>
internal static class ViewCurve
{
    /// <summary>After so many hours nobody looks any more.</summary>
    public const int Hours = 72;

    private const double Most = 50_000, Negligible = 0.03;

    /// <returns>By hour from the post on; shorter where nothing follows.</returns>
    public static int[] Draw(Author author, Form form, RandomStream random)
    {
        var mean = Math.Min(Most, 2 * Math.Pow(author.Followers + 1, 0.7) * Content(form) * Math.Exp(random.NextNormal()));
        var kept = Math.Pow(0.5, 1 / Math.Clamp(random.LogNormal(5, 0.5), 1, 24));
        Span<int> views = stackalloc int[Hours];
        var length = 0;
        for (var hour = 0; hour < Hours && mean > Negligible; hour++, mean *= kept)
        {
            views[hour] = random.NextPoisson(mean * (1 - kept));
            if (views[hour] > 0) { length = hour + 1; }
        }
        return views[..length].ToArray();
    }

    private static double Content(Form form) => form switch
    {
        Form.Rude or Form.Hint => 1.3,
        Form.Pasta => 2,
        Form.Offer or Form.Campaign => 0.6,
        _ => FormTable.IsAttack(form) ? 1.5 : 1,
    };
}
