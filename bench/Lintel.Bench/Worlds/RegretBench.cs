using Lintel.Numerics.Random;
using Lintel.Worlds.Movies;

namespace Lintel.Bench.Worlds;

/// <summary>What pages of the movies world were worth beside the best possible ones, by slice: those that were shown,
/// the logging policy's own order, and pages drawn at random. Arguments: visits that are looked at (2,000 of the last
/// fifth of the days).</summary>
internal static class RegretBench
{
    private const int Length = 10;

    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 2_000;
        var truth = MoviesTruth.Of(new());
        var shown = Enumerable.Range(0, truth.VisitCount).SelectMany(truth.Shown).CountBy(static film => film).ToArray();
        Console.WriteLine(
            $"{truth.VisitCount:N0} visits; {shown.Length:N0} of {truth.FilmCount:N0} films shown, {shown.Count(static f => f.Value >= 50):N0} fifty times, "
            + $"the tenth that is shown most has {shown.Select(static f => f.Value).OrderDescending().Take(truth.FilmCount / 10).Sum() / (10.0 * truth.VisitCount):0%}");
        var random = new RandomStream(1);
        var late = Enumerable.Range(0, truth.VisitCount).Where(v => truth.Day(v) >= 0.8 * truth.Options.Days).ToArray();
        random.Shuffle<int>(late);
        var visits = late.Take(count).Order().ToArray();
        Report("shown, with its exploration", truth, visits, truth.Shown);
        Report("the logging policy's own order", truth, visits, visit => truth.Greedy(visit)[..Length]);
        Report("random", truth, visits, visit => Random(truth, random, visit));
        return 0;
    }

    private static void Report(string name, MoviesTruth truth, int[] visits, Func<int, int[]> page)
    {
        var regret = new PageRegret(truth);
        foreach (var visit in visits) { regret.Add(visit, page(visit)); }
        Console.WriteLine($"{name}: liked films a page");
        foreach (var slice in regret.Results())
        {
            Console.WriteLine($"  {slice.Slice,-24} {slice.Visits,7:N0} visits  {slice.Value:0.000} of {slice.Best:0.000}, regret {slice.Regret:0.000}");
        }
    }

    private static int[] Random(MoviesTruth truth, RandomStream random, int visit)
    {
        List<int> page = [];
        while (page.Count < Length)
        {
            var film = random.NextInt32(truth.FilmCount);
            if (truth.CanShow(visit, film) && !page.Contains(film)) { page.Add(film); }
        }
        return [.. page];
    }
}
