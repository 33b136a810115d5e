using System.Globalization;
using Lintel.Training.Ranking;
using Lintel.Training.Splits;
using Lintel.Worlds.Movies;

namespace Lintel.Bench.Worlds;

/// <summary>What the pages of a judged version were worth on its test days, by the truth of the movies world that it was trained on,
/// beside what each source alone would have shown. Arguments: the design file that <c>lintel up recommendations</c> ran, visits
/// that are looked at (1,000).</summary>
internal static class VersionRegretBench
{
    private const int Length = 10;

    public static int Run(string[] arguments)
    {
        var (version, prepared, training) = JudgedVersion.Of(arguments.Length > 0 ? arguments[0] : "systems/recommendations/design.yaml");
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1_000;
        var truth = MoviesTruth.Read(training.DataFolder!);
        var tests = prepared.Split.Rows(SplitPart.Test);
        HashSet<int> asked = [.. tests.Where((_, i) => i % Math.Max(1, tests.Length / count) == 0)];
        var ranking = prepared.Design.Decision.Ranking!;
        var names = version.Compiled.ItemNames;
        var regrets = new SortedDictionary<string, PageRegret>(StringComparer.Ordinal);
        var draw = new RequestDraw(prepared, version.Manifest!.Seed);
        RequestPass.Run(prepared, new("regret", 0, null, asked, AtEnd: false), version.Retriever!, (row, in record, request, engine) =>
        {
            var visit = int.Parse(prepared.Decided.Ids[row], CultureInfo.InvariantCulture);
            version.Rank(request, draw.Of(row));
            Add("shown by the logging policy", truth.Shown(visit));
            Add("the version's page", Films(request.Page.Order.ToArray().Select(c => request.Page.Items[c])));
            var final = Enumerable.Range(0, request.Page.CandidateCount)
                .OrderByDescending(c => version.FinalScore(request.Page.Registers(c))).Select(c => request.Page.Items[c]);
            Add("the last model's order, no rules", Films(final));
            for (var s = 0; s < ranking.Candidates.Length; s++)
            {
                var source = s;
                Add($"source {ranking.Candidates[s].Name}", Films(Enumerable.Range(0, request.Offered.Count)
                    .Where(c => request.Offered.Rank(c, source) > 0).OrderBy(c => request.Offered.Rank(c, source))
                    .Select(c => request.Offered.Items[c])));
            }

            void Add(string name, int[] page)
            {
                if (!regrets.TryGetValue(name, out var regret)) { regrets.Add(name, regret = new(truth)); }
                regret.Add(visit, page);
            }
        }, [], training.Progress, CancellationToken.None);
        foreach (var (name, regret) in regrets)
        {
            var results = regret.Results().ToDictionary(static r => r.Slice);
            var (all, cold) = (results["all"], results["visits of cold users"]);
            Console.WriteLine($"{name,-34} {all.Value:0.000} liked films a page of {all.Best:0.000}; cold users {cold.Value:0.000} of {cold.Best:0.000}; {all.Visits:N0} visits");
        }
        return 0;

        int[] Films(IEnumerable<int> items) => [.. items.Take(Length).Select(i => int.Parse(names[i], CultureInfo.InvariantCulture))];
    }
}
