using Lintel.Numerics.Random;
using Lintel.Training.Ranking.OffPolicy;

namespace Lintel.Training.Tests.Ranking.OffPolicy;

/// <summary>Pages of three places among six items for users of four sorts, whose chance to like each item is known. The
/// log draws a share of the pages in a uniform order, else by its own greedy order; the target does the same with
/// another order.</summary>
internal sealed class SimulatedLog
{
    public const int Sorts = 4, Items = 6, Places = 3;

    private static readonly double[] Examined = [1, 0.6, 0.4];
    private readonly double[,] _likes = new double[Sorts, Items];
    private readonly int[][] _logged = new int[Sorts][], _target = new int[Sorts][];

    public SimulatedLog(ulong seed)
    {
        var random = new RandomStream(seed);
        for (var s = 0; s < Sorts; s++)
        {
            for (var i = 0; i < Items; i++) { _likes[s, i] = 0.05 + (0.5 * random.NextDouble()); }
            _logged[s] = [.. Enumerable.Range(0, Items)];
            random.Shuffle<int>(_logged[s]);
            _target[s] = [.. Enumerable.Range(0, Items).OrderByDescending(i => _likes[s, i])];
        }
    }

    public double Explored { get; init; } = 0.4;

    public double TargetExplores { get; init; } = 0.2;

    /// <summary>The target's mean reward of a page, exactly: every sort of user is alike frequent.</summary>
    public double Truth => Enumerable.Range(0, Sorts).Average(s =>
        Enumerable.Range(0, Places).Sum(place => MeanLike(s, place) * Examined[place]));

    public double Model(int sort, int item, int place) => 0.7 * _likes[sort, item] * Examined[place];       // wrong on purpose

    public (LoggedExposures Log, TargetPolicy Target) Draw(int users, ulong seed)
    {
        var random = new RandomStream(seed, 1);
        List<int> keys = [], decisions = [], positions = [];
        List<double> propensities = [], rewards = [], chances = [], modelLogged = [], modelTarget = [];
        for (var user = 0; user < users; user++)
        {
            var sort = random.NextInt32(Sorts);
            for (var visits = 1 + random.NextInt32(3); visits > 0; visits--)
            {
                int[] page = [.. _logged[sort]];
                if (random.NextDouble() < Explored) { random.Shuffle<int>(page); }
                for (var place = 0; place < Places; place++)
                {
                    var item = page[place];
                    decisions.Add(keys.Count);
                    positions.Add(place + 1);
                    propensities.Add(Chance(Explored, _logged[sort][place] == item));
                    chances.Add(Chance(TargetExplores, _target[sort][place] == item));
                    rewards.Add(random.NextDouble() < _likes[sort, item] * Examined[place] ? 1 : 0);
                    modelLogged.Add(Model(sort, item, place));
                    modelTarget.Add(0.7 * MeanLike(sort, place) * Examined[place]);
                }
                keys.Add(user);
            }
        }
        return (
            new()
            {
                DecisionCount = keys.Count,
                Decisions = [.. decisions],
                Positions = [.. positions],
                Propensities = [.. propensities],
                Rewards = [.. rewards],
                Keys = [.. keys],
            },
            new() { Chances = [.. chances], ModelOfLogged = [.. modelLogged], ModelOfTarget = [.. modelTarget] });
    }

    private static double Chance(double explored, bool greedy) => (explored / Items) + (greedy ? 1 - explored : 0);

    private double MeanLike(int sort, int place) =>
        Enumerable.Range(0, Items).Sum(i => Chance(TargetExplores, _target[sort][place] == i) * _likes[sort, i]);
}
