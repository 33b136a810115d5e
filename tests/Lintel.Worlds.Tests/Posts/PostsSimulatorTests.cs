using Lintel.Worlds.Posts;
using Lintel.Worlds.Posts.Languages;

namespace Lintel.Worlds.Tests.Posts;

public sealed class PostsSimulatorTests
{
    private static PostLedger Ledger => SmallPosts.Ledger;

    private static IEnumerable<int> Posts => Enumerable.Range(0, Ledger.Posts);

    [Fact]
    public void Posts_answer_earlier_ones_of_their_thread_and_come_from_authors_who_may_post()
    {
        foreach (var post in Posts)
        {
            if (post > 0) { Ledger.Second[post].ShouldBeGreaterThanOrEqualTo(Ledger.Second[post - 1]); }
            Ledger.Day(post).ShouldBeGreaterThanOrEqualTo(SmallPosts.Authors[Ledger.Author[post]].Joined);
            if (Ledger.Parent[post] is not (>= 0 and var parent)) { continue; }
            parent.ShouldBeLessThan(post);
            Ledger.Thread[parent].ShouldBe(Ledger.Thread[post]);
            Ledger.Community[parent].ShouldBe(Ledger.Community[post]);
        }
    }

    [Fact]
    public void As_many_posts_violate_as_was_asked_for_and_each_policy_has_its_share()
    {
        ((double)Posts.Count(static p => Ledger.Violates[p] != 0) / Ledger.Posts)
            .ShouldBeInRange(0.6 * SmallPosts.Options.Prevalence, 1.1 * SmallPosts.Options.Prevalence);
        foreach (var policy in PostPolicies.All)
        {
            ((double)Posts.Count(p => Ledger.IsViolating(p, policy)) / Ledger.Posts).ShouldBeGreaterThan(0.1 * SmallPosts.Options.Prevalence);
        }
        Posts.Any(static p => Ledger.IsViolating(p, PostPolicy.Hate) && Ledger.IsViolating(p, PostPolicy.Threat)).ShouldBeTrue();
    }

    /// <summary>The harmless twin of an attack has the same words: no bag of words can tell them apart.</summary>
    [Theory, InlineData(Form.Attack, Form.Roles), InlineData(Form.Threat, Form.Promise)]
    internal void Twins_have_the_same_words_in_another_order(Form violating, Form harmless)
    {
        foreach (var language in Lexicon.All)
        {
            foreach (var (one, other) in language.Templates[violating].Zip(language.Templates[harmless]))
            {
                one.Order(StringComparer.Ordinal).ShouldBe(other.Order(StringComparer.Ordinal), string.Join(' ', one));
                one.ShouldNotBe(other);
            }
        }
    }

    [Fact]
    public void Every_slot_of_a_template_has_words()
    {
        string[] own = ["{n}", "{group}", "{slur}", "{homonym}"];
        foreach (var language in Lexicon.All)
        {
            foreach (var word in language.Templates.Values.SelectMany(static t => t).SelectMany(static t => t).Where(static w => w[0] == '{'))
            {
                (own.Contains(word) || language.Words.ContainsKey(word[1..^1])).ShouldBeTrue($"{language.Code} {word}");
            }
        }
        Posts.Any(static p => Ledger.Text[p].Contains('{')).ShouldBeFalse();
    }

    [Fact]
    public void New_slur_and_new_evasion_come_with_the_drift()
    {
        string[] backwards = [.. Peoples.Slurs.SelectMany(static s => s).Select(static s => string.Concat(s.Reverse()))];
        bool Has(string word, bool after) => Posts.Any(p => Ledger.Day(p) >= SmallPosts.Options.DriftDay == after && Ledger.Text[p].Contains(word, StringComparison.OrdinalIgnoreCase));
        Has(Peoples.NewSlur, after: false).ShouldBeFalse();
        Has(Peoples.NewSlur, after: true).ShouldBeTrue();
        backwards.Any(w => Has(w, after: false)).ShouldBeFalse();
        backwards.Any(w => Has(w, after: true)).ShouldBeTrue();
    }

    /// <summary>A few posts have most of the views, and hate spreads further than chat.</summary>
    [Fact]
    public void Views_have_a_heavy_tail()
    {
        int[] views = [.. Posts.Select(static p => Ledger.Views[p].Sum()).OrderDescending()];
        var top = views.Take(views.Length / 100).Sum(static v => (long)v);
        ((double)top / views.Sum(static v => (long)v)).ShouldBeGreaterThan(0.15);
        double Mean(Func<int, bool> of) => Posts.Where(of).Average(static p => Ledger.Views[p].Sum() / Math.Pow(SmallPosts.Authors[Ledger.Author[p]].Followers + 1, 0.7));
        Mean(static p => FormTable.IsAttack(Ledger.Form[p])).ShouldBeGreaterThan(1.1 * Mean(static p => Ledger.Form[p] == Form.Chat));
    }

    [Fact]
    public void Reviews_stay_within_what_reviewers_can_do_and_sampled_posts_are_drawn_from_the_day_before()
    {
        var firsts = Ledger.Verdicts.Where(static v => v.Look == 1).ToArray();
        firsts.GroupBy(static v => v.Second / 86_400).Max(static g => g.Count()).ShouldBeLessThanOrEqualTo(SmallPosts.Options.Reviews);
        foreach (var verdict in firsts)
        {
            verdict.Second.ShouldBeGreaterThan(Ledger.Second[verdict.Post]);
            if (verdict.Source == ReviewSource.Sample)
            {
                (verdict.Second / 86_400).ShouldBe(Ledger.Day(verdict.Post) + 1);
                verdict.Propensity.ShouldBeInRange(0.01, 1);
            }
        }
        // each third look settles what two did not agree on
        Ledger.Verdicts.GroupBy(static v => (v.Post, v.Source)).Where(static g => g.Count() == 3)
            .ShouldAllBe(static g => g.ElementAt(0).Says != g.ElementAt(1).Says);
    }

    [Fact]
    public void Appeals_are_ruled_on_strikes_stand_unless_overturned_and_three_suspend()
    {
        Ledger.Removals.Count(static r => r.Overturned).ShouldBeGreaterThan(5);
        foreach (var removal in Ledger.Removals)
        {
            Ledger.Removed[removal.Post].ShouldBe(removal.Second);
            if (removal.Appealed == PostLedger.Never) { removal.Overturned.ShouldBeFalse(); }
            else { (removal.Second < removal.Appealed && removal.Appealed < removal.Ruled).ShouldBeTrue(); }
            Ledger.Restored[removal.Post].ShouldBe(removal.Overturned ? removal.Ruled : PostLedger.Never);
        }
        foreach (var author in Ledger.Removals.GroupBy(static r => Ledger.Author[r.Post]))
        {
            foreach (var removal in author)
            {
                removal.Strikes.ShouldBe(author.Count(r => r.StandsAt(removal.Second)));
                if (removal.Strikes < ReviewDesk.StrikesToSuspend || author.Any(static r => r.Overturned)) { continue; }
                var day = removal.Second / 86_400;
                Posts.Any(p => Ledger.Author[p] == author.Key && Ledger.Day(p) > day && Ledger.Day(p) <= day + ReviewDesk.SuspendedDays).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Brigades_report_what_does_not_violate()
    {
        var brigaded = Posts.Where(static p => Ledger.Violates[p] == 0 && Ledger.Reports[p].Count(r => SmallPosts.Authors[r.Reader].Brigade >= 0) >= 3).ToArray();
        brigaded.Length.ShouldBeGreaterThan(20);
    }
}
