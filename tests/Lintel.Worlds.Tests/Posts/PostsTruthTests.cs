using Lintel.Worlds.Posts;

namespace Lintel.Worlds.Tests.Posts;

public sealed class PostsTruthTests
{
    private static PostsTruth Truth => SmallPosts.Truth;

    private static PostLedger Ledger => SmallPosts.Ledger;

    /// <summary>Of posts with about one best score so many violate: in every bin, of every policy.</summary>
    [Fact]
    public void Best_score_is_calibrated_for_every_policy()
    {
        foreach (var policy in PostPolicies.All)
        {
            foreach (var bin in Enumerable.Range(0, Truth.PostCount).Where(p => Truth.BestScore(p, policy) > 0)
                .GroupBy(p => Math.Min(5, (int)(6 * Truth.BestScore(p, policy)))))
            {
                var expected = bin.Sum(p => Truth.BestScore(p, policy));
                var spread = Math.Sqrt(bin.Sum(p => Truth.BestScore(p, policy) * (1 - Truth.BestScore(p, policy))));
                var got = bin.Count(p => Truth.Violates(p, policy));
                Math.Abs(got - expected).ShouldBeLessThan(3.5 * Math.Max(spread, 0.5), $"{policy}, bin {bin.Key}: {got}, expected {expected:0.0} ± {spread:0.0}");
            }
            Enumerable.Range(0, Truth.PostCount).Where(p => Truth.BestScore(p, policy) == 0).Any(p => Truth.Violates(p, policy)).ShouldBeFalse();
        }
    }

    /// <summary>What authors wrote before tells what an ambiguous post means.</summary>
    [Fact]
    public void Best_score_of_a_hint_depends_on_its_authors_past()
    {
        int[] hints = [.. Enumerable.Range(0, Truth.PostCount).Where(p => Truth.Form(p) == "hint")];
        hints.Length.ShouldBeGreaterThan(40);
        (hints.Max(p => Truth.BestScore(p, PostPolicy.Threat)) - hints.Min(p => Truth.BestScore(p, PostPolicy.Threat))).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Views_from_an_hour_on_are_the_sum_of_what_follows()
    {
        for (var post = 0; post < Truth.PostCount; post += 97)
        {
            var all = Truth.ViewsFrom(post, 0);
            all.ShouldBe(Enumerable.Range(0, ViewCurve.Hours).Sum(h => Truth.Views(post, h)));
            Truth.ViewsFrom(post, 1.5).ShouldBe(all - Truth.Views(post, 0) - (0.5 * Truth.Views(post, 1)), 1e-9);
            Truth.ViewsFrom(post, ViewCurve.Hours).ShouldBe(0);
        }
    }

    /// <summary>Sampled posts, each weighed by 1/propensity, tell how many violate; what the queue found tells much too many.</summary>
    [Fact]
    public void Sampled_reviews_tell_the_prevalence_and_queued_ones_do_not()
    {
        Verdict[] firsts = [.. Ledger.Verdicts.Where(static v => v.Look == 1)], sampled = [.. firsts.Where(static v => v.Source == ReviewSource.Sample)];
        var weight = sampled.Sum(static v => 1 / v.Propensity);
        var share = sampled.Sum(static v => (Truth.Violates(v.Post) ? 1 : 0) / v.Propensity) / weight;
        var error = Math.Sqrt(sampled.Sum(v => Math.Pow(((Truth.Violates(v.Post) ? 1 : 0) - share) / v.Propensity, 2))) / weight;
        var all = Enumerable.Range(0, Truth.PostCount).Average(static p => Truth.Violates(p) ? 1.0 : 0);
        Math.Abs(share - all).ShouldBeLessThan(3.3 * error);
        firsts.Where(static v => v.Source != ReviewSource.Sample).Average(static v => Truth.Violates(v.Post) ? 1.0 : 0).ShouldBeGreaterThan(5 * all);
    }

    [Fact]
    public void Removals_lower_the_prevalence_that_is_seen()
    {
        var (logged, standing) = (Truth.PrevalenceByViews(asLogged: true), Truth.PrevalenceByViews(asLogged: false));
        logged.ShouldBeLessThan(standing);
        standing.ShouldBeInRange(0.01, 0.06);
    }

    /// <summary>Reviewers err as often as the truth says, where they know the dialect and where they do not.</summary>
    [Fact]
    public void Reviewers_err_as_the_truth_says()
    {
        foreach (var policy in PostPolicies.All)
        {
            foreach (var group in Ledger.Verdicts.GroupBy(v => (Truth.Violates(v.Post, policy), Truth.Dialect(v.Post) is "en harbour" or "en upland")))
            {
                var (expected, variance, got) = (0.0, 0.0, 0);
                foreach (var verdict in group)
                {
                    var community = SmallPosts.Communities[Ledger.Community[verdict.Post]];
                    var says = Truth.ReviewerSays(verdict.Post, policy, SmallPosts.Reviewers[verdict.Reviewer].Dialects.Contains(community.Dialect));
                    (expected, variance) = (expected + says, variance + (says * (1 - says)));
                    got += verdict.Says >> (int)policy & 1;
                }
                Math.Abs(got - expected).ShouldBeLessThan(3.5 * Math.Sqrt(variance) + 0.5, $"{policy} {group.Key}");
            }
        }
    }

    [Fact]
    public void Truth_is_made_again_from_the_options()
    {
        var again = PostsTruth.Of(SmallPosts.Options);
        again.PostCount.ShouldBe(Truth.PostCount);
        for (var post = 0; post < Truth.PostCount; post += 113)
        {
            again.Text(post).ShouldBe(Truth.Text(post));
            again.BestScore(post, PostPolicy.Hate).ShouldBe(Truth.BestScore(post, PostPolicy.Hate));
        }
    }
}
