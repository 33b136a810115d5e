using System.Globalization;
using System.IO.Compression;
using Lintel.Training.Ranking.OffPolicy;

namespace Lintel.Training.Tests.Ranking.OffPolicy;

/// <summary>Two policies ran side by side and logged their true propensities: what one log says of the other policy can
/// be held against what that one earned. Source: Open Bandit Dataset, women's campaign, small version (Saito et al.,
/// 2021).</summary>
public sealed class OpenBanditTests
{
    [SharedLogFact]
    public void The_random_log_tells_what_the_sampling_policy_earned()
    {
        var (random, sampled) = (Read("random"), Read("bts"));
        // the sampling policy's chances at each position, as it showed items
        var frequency = sampled.Positions.Zip(sampled.Items).GroupBy(static r => r)
            .ToDictionary(static g => g.Key, g => g.Count() / (double)sampled.Positions.Count(p => p == g.Key.First));
        var estimated = Evaluate(random, (position, item) => frequency.GetValueOrDefault((position, item)))
            .ShouldBeOfType<OffPolicyAnswer.Estimated>();
        var earned = sampled.Clicks.Average();
        var error = 1.96 * Math.Sqrt(earned * (1 - earned) / sampled.Clicks.Length);
        foreach (var estimate in estimated.Estimates)
        {
            // what it earned is a figure of 10,000 impressions itself: the two 95 % intervals must meet
            estimate.Interval.Low.ShouldBeLessThan(earned + error, estimate.Estimator);
            estimate.Interval.High.ShouldBeGreaterThan(earned - error, estimate.Estimator);
        }
        estimated.EffectiveCount.ShouldBeGreaterThan(300);
    }

    [SharedLogFact]
    public void The_sampling_log_is_refused_for_the_random_policy()
    {
        // it showed some items with a propensity of one in a million: single rows outweigh all others
        var answer = Evaluate(Read("bts"), static (_, _) => 1 / 46.0).ShouldBeOfType<OffPolicyAnswer.Refused>();
        answer.Why.ShouldBe(OffPolicyRefusal.TooFew);
        answer.Message.ShouldContain("10,000 shown items tell of this policy as much as 2 of its own would");
    }

    private static OffPolicyAnswer Evaluate(Log log, Func<int, int, double> chance) => OffPolicyEvaluator.Evaluate(
        new()
        {
            DecisionCount = log.Items.Length,
            Decisions = [.. Enumerable.Range(0, log.Items.Length)],
            Positions = log.Positions,
            Propensities = log.Propensities,
            Rewards = log.Clicks,
        },
        new() { Chances = [.. log.Positions.Zip(log.Items, chance)] });

    private static Log Read(string policy)
    {
        using var file = File.OpenRead(SharedLogFactAttribute.PathOf(policy)!);
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int item = Array.IndexOf(header, "item_id"), position = Array.IndexOf(header, "position");
        int click = Array.IndexOf(header, "click"), propensity = Array.IndexOf(header, "propensity_score");
        List<int> items = [], positions = [];
        List<double> clicks = [], propensities = [];
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            items.Add(int.Parse(cells[item], CultureInfo.InvariantCulture));
            positions.Add(int.Parse(cells[position], CultureInfo.InvariantCulture));
            clicks.Add(double.Parse(cells[click], CultureInfo.InvariantCulture));
            propensities.Add(double.Parse(cells[propensity], CultureInfo.InvariantCulture));
        }
        return new([.. items], [.. positions], [.. clicks], [.. propensities]);
    }

    private sealed record Log(int[] Items, int[] Positions, double[] Clicks, double[] Propensities);
}
