using Lintel.Worlds.Posts;

namespace Lintel.Bench.Worlds;

/// <summary>The posts world: how well its posts can be told apart at best, what removing late costs in views, how much of it the
/// platform's old way of moderation saved, and a post of each form.</summary>
internal static class PostsTruthBench
{
    public static int Run(string[] arguments)
    {
        var truth = PostsTruth.Of(new());
        int[] posts = [.. Enumerable.Range(0, truth.PostCount)];
        int[] violating = [.. posts.Where(truth.Violates)];
        Console.WriteLine(
            $"{posts.Length:N0} posts, {(double)violating.Length / posts.Length:0.00%} violate a policy; of views {truth.PrevalenceByViews(asLogged: false):0.00%} "
            + $"if all stood, {truth.PrevalenceByViews(asLogged: true):0.00%} as the platform removed");
        foreach (var policy in PostPolicies.All)
        {
            var (recall, precision) = BestRecall(posts, p => truth.BestScore(p, policy), p => truth.Violates(p, policy), 0.95);
            Console.WriteLine(
                $"{policy}: {posts.Count(p => truth.Violates(p, policy)):N0} posts; the best score's average precision {precision:0.000}, recall at 95% precision {recall:0.000}");
        }
        var all = violating.Sum(p => truth.ViewsFrom(p, 0));
        foreach (var hours in new[] { 0.1, 0.5, 1, 2, 4, 8, 24 })
        {
            Console.WriteLine($"violating posts removed after {hours,4} hours: {violating.Sum(p => truth.ViewsFrom(p, hours)) / all:0.0%} of their views saved");
        }
        foreach (var group in posts.GroupBy(truth.Dialect).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            int[] harmless = [.. group.Where(p => !truth.Violates(p, PostPolicy.Hate))];
            Console.WriteLine(
                $"{group.Key}: {group.Count():N0} posts, {(double)group.Count(truth.Violates) / group.Count():0.00%} violate; a reviewer who knows the dialect takes "
                + $"{harmless.Average(p => truth.ReviewerSays(p, PostPolicy.Hate, knowsDialect: true)):0.00%} of the harmless for hate, another "
                + $"{harmless.Average(p => truth.ReviewerSays(p, PostPolicy.Hate, knowsDialect: false)):0.00%}");
        }
        foreach (var form in posts.GroupBy(truth.Form).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{form.Key,-12} {form.Count(),7:N0} posts, {form.Count(truth.Violates),5:N0} violate, e.g. {truth.Text(form.First())}");
        }
        return 0;
    }

    /// <summary>Most recall at a precision, and average precision.</summary>
    private static (double Recall, double AveragePrecision) BestRecall(int[] posts, Func<int, double> score, Func<int, bool> isPositive, double precision)
    {
        var (found, recall, sum) = (0, 0, 0.0);
        int[] order = [.. posts.OrderByDescending(score)];
        for (var i = 0; i < order.Length; i++)
        {
            if (!isPositive(order[i])) { continue; }
            found++;
            sum += found / (i + 1.0);
            if (found >= precision * (i + 1)) { recall = found; }
        }
        return ((double)recall / found, sum / found);
    }
}
