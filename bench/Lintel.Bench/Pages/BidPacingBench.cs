using System.Globalization;
using System.IO.Compression;
using Lintel.Decisions.Pages.Steps;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Pages;

/// <summary>The chance of the <c>pace</c> step over 100,000 real bid requests of iPinYou's campaign 1458, which know the price that would have
/// won and whether a click came: with the budget that the published control spent, beside spending it as it goes.</summary>
internal static class BidPacingBench
{
    private const string Name = "data/ads/ipinyou_rtbcontrol_1458/test.txt.gz";

    /// <summary>What the published run, which holds the cost per click near 40,000, spent after 40 rounds: for 16 clicks.</summary>
    private const double Budget = 684_411, Reference = 40_000;

    private const int Draws = 20;

    public static int Run(string[] arguments)
    {
        if (SharedFiles.Find(Name) is not { } path)
        {
            Console.Error.WriteLine($"there is no shared/{Name} beside a folder above this program");
            return 2;
        }
        var bids = Read(path);
        Console.WriteLine($"{bids.Length:N0} requests, {bids.Sum(static b => b.Click)} clicks, budget {Budget:N0}; published control: 16 clicks for 684,411, 42,776 each");
        Console.WriteLine("| bid, of p x 40,000 | | clicks | cost | per click | spent by 25 / 50 / 75 % of the requests | out of money at |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var factor in new[] { 1.0, 2, 4, 8 })
        {
            Measure(bids, factor, null);
            foreach (var share in new[] { 0.5, 0.0 }) { Measure(bids, factor, share); }
        }
        return 0;
    }

    /// <param name="share">Of the budget that is spent freely; null: all of it.</param>
    private static void Measure((int Click, double Price, double Chance)[] bids, double factor, double? share)
    {
        var (clicks, cost, draws) = (0.0, 0.0, share is null ? 1 : Draws);
        var (quarters, end) = (new double[3], 0.0);
        for (var draw = 0; draw < draws; draw++)
        {
            var random = new RandomStream((ulong)draw);
            var (spent, last) = (0.0, 0);
            for (var i = 0; i < bids.Length; i++)
            {
                for (var q = 0; q < quarters.Length; q++)
                {
                    if (i == (q + 1) * bids.Length / 4) { quarters[q] += spent / Budget / draws; }
                }
                var (click, price, chance) = bids[i];
                var used = spent / Budget;
                if (chance * Reference * factor <= price || random.NextDouble() >= (share is { } s ? Pace.TakesPart(used, s) : used < 1 ? 1 : 0)) { continue; }
                spent += price;
                clicks += (double)click / draws;
                last = i;
            }
            cost += spent / draws;
            end += (spent >= Budget ? (double)last / bids.Length : 1) / draws;
        }
        Console.WriteLine($"| {factor} | {(share is { } free ? $"paced from {100 * free:0} %" : "as it goes")} | {clicks:F1} | {cost:N0} | {cost / clicks:N0} "
            + $"| {100 * quarters[0]:0} / {100 * quarters[1]:0} / {100 * quarters[2]:0} % | {(end < 1 ? $"{100 * end:0} %" : "-")} |");
    }

    private static (int Click, double Price, double Chance)[] Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var bids = new List<(int, double, double)>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t', ' ');
            bids.Add((int.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture)));
        }
        return [.. bids];
    }
}
