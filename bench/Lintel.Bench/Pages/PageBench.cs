using System.Diagnostics;
using Lintel.Decisions.Tests.Pages;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Pages;

/// <summary>A policy of six steps over the candidates of one request: 500 films in, a page of 20 out. Scoring is not in
/// it.</summary>
internal static class PageBench
{
    private const int Requests = 20_000, WarmUps = 2_000;

    private static readonly Expression IsNew = PageUnderTest.If("movie.year", BinaryOperator.GreaterOrEqual, 2015);

    private static readonly PolicyRule.Step Take = PageUnderTest.Line("take", ("count", 20));

    private static readonly PolicyRule.Step[] Policy =
    [
        PageUnderTest.Line("drop if", ("condition", PageUnderTest.If("movie.year", BinaryOperator.Less, 1992))),
        PageUnderTest.Line("drop duplicates", ("column", "movie.title"), ("similarity", 0.8)),
        PageUnderTest.Line("at most", ("count", 2), ("column", "movie.franchise")),
        PageUnderTest.Line("boost", ("factor", 1.1), ("condition", IsNew)),
        PageUnderTest.Line("diversify", ("column", "movie.genres"), ("lambda", 0.3)),
        Take,
    ];

    private static readonly PolicyRule.Step[] Others =
    [
        PageUnderTest.Line("rank by", ("value", PageUnderTest.Value("movie.affinity"))),
        PageUnderTest.Line("at least", ("count", 3), ("source", "fresh"), ("first", 10)),
        PageUnderTest.Line("at most", ("count", 1), ("column", "movie.franchise"), ("first", 10)),
        PageUnderTest.Line("calibrate", ("column", "movie.genres"), ("value", PageUnderTest.Value("movie.affinity")),
            ("lambda", 0.5)),
        PageUnderTest.Line("explore", ("share", 0.05), ("pool", 50)),
    ];

    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 500;
        Measure($"six steps over {count:N0} candidates", count, Policy);
        foreach (var line in Policy.Concat(Others))
        {
            Measure($"  '{line.Kind}' alone, with the sort", count, line, line == Take ? null : Take);
        }
        return 0;
    }

    private static void Measure(string name, int count, params PolicyRule.Step?[] policy)
    {
        var test = new PageUnderTest(PageUnderTest.Random(count), [.. policy.OfType<PolicyRule.Step>()]);
        test.Begin();
        var times = new Timings(Requests);
        var scores = new double[16, count];
        var random = new RandomStream(3);
        for (var i = 0; i < scores.Length; i++) { scores[i / count, i % count] = random.NextNormal(); }
        var allocated = 0L;
        for (var i = -WarmUps; i < Requests; i++)
        {
            // other scores each time: an order that the processor knows already is sorted in no time
            test.Page.Restart();
            for (var c = 0; c < count; c++) { test.Page.Scores[c] = scores[i & 15, c]; }
            test.Page.Draw = random.NextUInt64();
            if (i == 0) { allocated = GC.GetAllocatedBytesForCurrentThread(); }
            var started = Stopwatch.GetTimestamp();
            test.Program.Run(test.Page);
            if (i >= 0) { times.Add(Stopwatch.GetTimestamp() - started); }
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var (middle, tail) = (times.Microseconds(0.5), times.Microseconds(0.99));
        Console.WriteLine($"{name}: p50 {middle:0.0} µs, p99 {tail:0.0} µs, {allocated} bytes allocated");
    }
}
