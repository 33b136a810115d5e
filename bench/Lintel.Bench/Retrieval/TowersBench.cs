using System.Diagnostics;
using System.Globalization;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Towers;

namespace Lintel.Bench.Retrieval;

/// <summary>Two-tower source on the shared recommendation data: seconds of a fit, and how often the last item of a user is found, over
/// the full catalogue. Settings are chosen by the last but one.</summary>
internal static class TowersBench
{
    private const int Offered = 100;

    public static int Run(string[] arguments)
    {
        var name = arguments.Length > 0 ? arguments[0] : "ml-100k";
        var threads = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        var kept = arguments.Length > 2 && arguments[2] == "choose" ? 2 : 1;
        if (Histories.Read(name) is not { } histories)
        {
            Console.Error.WriteLine("towers: the shared recommendation data is not there");
            return 2;
        }
        var train = histories.Train(kept);
        Console.WriteLine($"{name}: {train.Interactions.Length:N0} interactions of {train.EntityCount:N0} users with {train.ItemCount:N0} items, {threads} threads");
        Judge("popular", histories, new Popular(train), kept);
        var settings = Settings(arguments);
        var processor = CpuClock.Start();
        var started = Stopwatch.GetTimestamp();
        var source = new TowerTrainer().Fit(settings, train, new(1, threads, null, CancellationToken.None));
        Console.WriteLine(
            $"fitted in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {processor.Seconds:0.0} s of processors ({settings})");
        Judge("two-tower", histories, source, kept);
        return 0;
    }

    /// <summary>Defaults, or those named: <c>epochs=20 dimensions=64</c>.</summary>
    private static TowerParameters Settings(string[] arguments)
    {
        var settings = new TowerParameters();
        foreach (var pair in arguments.Where(static a => a.Contains('=', StringComparison.Ordinal)).Select(static a => a.Split('=')))
        {
            var value = double.Parse(pair[1], CultureInfo.InvariantCulture);
            settings = pair[0] switch
            {
                "dimensions" => settings with { Dimensions = (int)value },
                "epochs" => settings with { Epochs = (int)value },
                "batch" => settings with { Batch = (int)value },
                "rate" => settings with { LearningRate = value },
                "temperature" => settings with { Temperature = value },
                "history" => settings with { History = (int)value },
                _ => throw new ArgumentException($"towers: no setting '{pair[0]}'"),
            };
        }
        return settings;
    }

    private static void Judge(string name, Histories histories, ICandidateSource source, int kept)
    {
        var best = new ScoredItem[Offered];
        var (hits, found, gain, judged, microseconds) = (0, 0, 0.0, 0, 0.0);
        for (var user = 0; user < histories.Users.Length; user++)
        {
            var request = histories.Request(user, kept);
            var wanted = histories.Users[user][^kept];
            var started = Stopwatch.GetTimestamp();
            var count = source.Retrieve(request, best);
            microseconds += Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            judged++;
            for (var rank = 0; rank < count; rank++)
            {
                if (best[rank].Item != wanted) { continue; }
                found++;
                if (rank < 10)
                {
                    hits++;
                    gain += 1 / Math.Log2(rank + 2);
                }
            }
        }
        Console.WriteLine($"{name,-10} hit-rate@10 {(double)hits / judged:0.0000}, ndcg@10 {gain / judged:0.0000}, recall@{Offered} {(double)found / judged:0.0000}, {microseconds / judged:0} µs a request");
    }

    /// <summary>Most interactions first.</summary>
    private sealed class Popular : ICandidateSource
    {
        private readonly int[] _order;

        public Popular(SourceExamples train)
        {
            var counts = new int[train.ItemCount];
            foreach (var interaction in train.Interactions) { counts[interaction.Item]++; }
            _order = [.. Enumerable.Range(0, counts.Length).OrderByDescending(i => counts[i])];
        }

        public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
        {
            var count = 0;
            foreach (var item in _order)
            {
                if (count < best.Length && request.MayOffer(item)) { best[count++] = new(item, -count); }
            }
            return count;
        }

        public void Write(BinaryWriter writer) => throw new NotSupportedException("a baseline of the bench is not kept");
    }
}
