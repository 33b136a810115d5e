using Lintel.Numerics.Random;
using Lintel.Training.Ranking.OffPolicy;
using Lintel.Worlds.Movies;

namespace Lintel.Bench.Worlds;

/// <summary>The pools of the movies world's visits with the truth of each film, from which logs are drawn again and
/// again.</summary>
internal sealed class ExploredPages
{
    private readonly int _places, _pool;
    private readonly double _explored;
    // [visit · pool + place of the logging policy's own order]: chance that the film is liked when it is looked at; the model's idea of it
    private readonly double[] _like, _model;
    // likewise: place that the target gives it, from 0
    private readonly byte[] _targetPlace;
    private readonly double[] _examined;
    private readonly int[][] _visitsOf;

    public ExploredPages(MoviesTruth truth)
    {
        var options = truth.Options;
        (_places, _pool, _explored) = (options.Places, options.Pool, options.Explored);
        VisitCount = truth.VisitCount;
        (_like, _model) = (new double[VisitCount * _pool], new double[VisitCount * _pool]);
        _targetPlace = new byte[VisitCount * _pool];
        _examined = [.. Enumerable.Range(1, _places).Select(MoviesTruth.Examined)];
        _visitsOf = [.. Enumerable.Range(0, VisitCount).GroupBy(truth.User).Select(static g => g.ToArray())];
        for (var visit = 0; visit < VisitCount; visit++) { Fill(truth, visit); }
        Truth = Enumerable.Range(0, VisitCount).Average(TargetValue);
    }

    public int VisitCount { get; }

    public int UserCount => _visitsOf.Length;

    /// <summary>The target's mean number of liked films on a page, over all visits.</summary>
    public double Truth { get; }

    /// <summary>One log: so many users with replacement, each with all visits, that it has about as many as asked
    /// for.</summary>
    public (LoggedExposures Log, TargetPolicy Target) Draw(int visits, ulong seed)
    {
        var random = new RandomStream(seed, 0x0FF);
        List<int> drawn = [], keys = [];
        for (var user = 0; user < (long)visits * UserCount / VisitCount; user++)
        {
            foreach (var visit in _visitsOf[random.NextInt32(_visitsOf.Length)])
            {
                drawn.Add(visit);
                keys.Add(user);
            }
        }
        var rows = drawn.Count * _places;
        var (decisions, positions) = (new int[rows], new int[rows]);
        var (propensities, rewards, chances) = (new double[rows], new double[rows], new double[rows]);
        var (modelLogged, modelTarget) = (new double[rows], new double[rows]);
        Span<int> page = stackalloc int[_pool];
        for (var (d, row) = (0, 0); d < drawn.Count; d++)
        {
            for (var i = 0; i < _pool; i++) { page[i] = i; }
            if (random.NextDouble() < _explored) { random.Shuffle(page); }
            for (var place = 0; place < _places; place++, row++)
            {
                var at = (drawn[d] * _pool) + page[place];
                (decisions[row], positions[row]) = (d, place + 1);
                propensities[row] = Chance(page[place] == place);
                chances[row] = Chance(_targetPlace[at] == place);
                rewards[row] = random.NextDouble() < _examined[place] * _like[at] ? 1 : 0;
                modelLogged[row] = _examined[place] * _model[at];
                modelTarget[row] = _examined[place] * Mean(_model, drawn[d], place);
            }
        }
        return (
            new()
            {
                DecisionCount = drawn.Count,
                Decisions = decisions,
                Positions = positions,
                Propensities = propensities,
                Rewards = rewards,
                Keys = [.. keys],
            },
            new() { Chances = chances, ModelOfLogged = modelLogged, ModelOfTarget = modelTarget });
    }

    /// <summary>The target orders the pool by what each film's chance is, up to a guess; the model knows half of
    /// it.</summary>
    private void Fill(MoviesTruth truth, int visit)
    {
        var random = new RandomStream(1, (ulong)visit);
        var pool = truth.Greedy(visit);
        var guesses = new double[_pool];
        for (var i = 0; i < _pool; i++)
        {
            var like = truth.Like(visit, pool[i]);
            _like[(visit * _pool) + i] = like;
            guesses[i] = Math.Log(like) + (0.7 * random.NextNormal());
            _model[(visit * _pool) + i] = Math.Exp((0.5 * Math.Log(like)) - 1.4);
        }
        int[] order = [.. Enumerable.Range(0, _pool).OrderByDescending(i => guesses[i])];
        for (var place = 0; place < _pool; place++) { _targetPlace[(visit * _pool) + order[place]] = (byte)place; }
    }

    private double TargetValue(int visit)
    {
        double value = 0;
        for (var place = 0; place < _places; place++) { value += _examined[place] * Mean(_like, visit, place); }
        return value;
    }

    /// <summary>The mean over what the target shows at a place.</summary>
    private double Mean(double[] of, int visit, int place)
    {
        double mean = 0;
        for (var i = 0; i < _pool; i++)
        {
            var at = (visit * _pool) + i;
            mean += Chance(_targetPlace[at] == place) * of[at];
        }
        return mean;
    }

    /// <summary>As the logging policy explores.</summary>
    private double Chance(bool isOwn) => (_explored / _pool) + (isOwn ? 1 - _explored : 0);
}
