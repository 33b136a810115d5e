using Lintel.Worlds.Posts;
using Xunit.Abstractions;

namespace Lintel.Worlds.Tests.Posts;

/// <summary>A heavy model is worth its cost here: word order and context tell what a bag of words cannot, and a bag of words knows
/// which few posts to ask it about.</summary>
public sealed class LightAndHeavyTests(ITestOutputHelper output)
{
    [Fact]
    public void Light_model_alone_loses_recall_and_the_cascade_does_not()
    {
        var truth = PostsTruth.Of(new());
        int[] posts = [.. Enumerable.Range(0, truth.PostCount).Where(p => truth.Day(p) < truth.DriftDay)];
        int[] train = [.. posts.Where(static p => p % 10 < 7)], test = [.. posts.Where(static p => p % 10 >= 7)];
        var light = WordsFit.Of(truth, train);
        var heavy = WordsFit.Of(truth, train, light);
        double[] lights = [.. test.Select(light.Score)], heavies = [.. test.Select(heavy.Score)];
        double[] best = [.. test.Select(p => PostPolicies.All.Max(policy => truth.BestScore(p, policy)))];
        var (ofLight, ofHeavy, ofBest) = (RecallAt(lights), RecallAt(heavies), RecallAt(best));
        output.WriteLine($"{test.Length:N0} posts: recall at 90% precision: light {ofLight:0.000}, heavy {ofHeavy:0.000}, best possible {ofBest:0.000}");
        double[] Cascade(double share)
        {
            var threshold = lights.OrderDescending().ElementAt((int)(share * lights.Length));
            return [.. lights.Select((score, i) => score > threshold ? heavies[i] : double.NegativeInfinity)];
        }
        foreach (var share in new[] { 0.02, 0.05, 0.1, 0.2 }) { output.WriteLine($"heavy on {share:0%}: {RecallAt(Cascade(share)):0.000}"); }
        foreach (var form in test.GroupBy(truth.Form).OrderBy(static g => g.Key))
        {
            var (violating, ofLights, ofHeavies) = (form.Where(truth.Violates).ToArray(), ThresholdAt(lights), ThresholdAt(heavies));
            output.WriteLine(
                $"{form.Key,-12} {form.Count(),6} posts, {violating.Length,4} violate, light finds {violating.Count(p => light.Score(p) >= ofLights),4}, "
                + $"heavy {violating.Count(p => heavy.Score(p) >= ofHeavies),4}");
        }
        // what was learned before the drift knows neither the new slur nor the old ones from behind
        string[] unknown = [Peoples.NewSlur, .. Peoples.Slurs.SelectMany(static s => s).Append(Peoples.NewSlur).Select(static s => string.Concat(s.Reverse()))];
        bool IsSlur(int post) => truth.Violates(post) && truth.Form(post) is "slur" or "evaded";
        bool IsNew(int post) => unknown.Any(w => truth.Text(post).Contains(w, StringComparison.OrdinalIgnoreCase));
        int[] old = [.. test.Where(IsSlur)], fresh = [.. Enumerable.Range(0, truth.PostCount).Where(p => truth.Day(p) >= truth.DriftDay && IsSlur(p) && IsNew(p))];
        var (ofOld, ofFresh) = (old.Average(light.Score), fresh.Average(light.Score));
        output.WriteLine($"light model's mean log odds of slurs: {ofOld:0.00} before the drift ({old.Length} posts), {ofFresh:0.00} of new ones after it ({fresh.Length})");
        ofFresh.ShouldBeLessThan(ofOld - 1);
        ofBest.ShouldBeGreaterThan(0.9);
        ofHeavy.ShouldBeInRange(0.6, ofBest);
        ofLight.ShouldBeLessThan(ofHeavy - 0.15);
        RecallAt(Cascade(0.05)).ShouldBeGreaterThan(ofHeavy - 0.01);

        double RecallAt(double[] scores) => Operating(scores).Recall;

        double ThresholdAt(double[] scores) => Operating(scores).Threshold;

        (double Recall, double Threshold) Operating(double[] scores)
        {
            var (found, recall, threshold) = (0, 0.0, 0.0);
            int[] order = [.. Enumerable.Range(0, test.Length).OrderByDescending(i => scores[i])];
            for (var i = 0; i < order.Length && !double.IsNegativeInfinity(scores[order[i]]); i++)
            {
                if (!truth.Violates(test[order[i]])) { continue; }
                found++;
                if (found >= 0.9 * (i + 1)) { (recall, threshold) = (found, scores[order[i]]); }
            }
            return (recall / test.Count(truth.Violates), threshold);
        }
    }
}
