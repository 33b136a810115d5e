using System.Diagnostics;
using Lintel.Bench.Batch;
using Lintel.Events;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Bench.Pages;

/// <summary>A whole page without its transport: five sources, about 500 candidates, 40 features, 300 trees, six lines of a policy. By
/// part: candidates found, their features read, their scores and the page made.</summary>
internal static class RankBench
{
    private const int Requests = 3_000, WarmUps = 300;

    public static int Run(string[] arguments)
    {
        var workspace = new Workspace(Directory.CreateTempSubdirectory("lintel-bench-rank-").FullName);
        try
        {
            SyntheticCinema.Write(workspace, SyntheticCinema.Wide);
            var version = SystemVersion.Load(workspace.VersionFolder(1), KnownKinds.All);
            var state = LiveState.Load(
                Path.Combine(workspace.VersionFolder(1), VersionFiles.StateLatest), version.Compiled, InstantOrder.ByPlace);
            Measure(version, new(state.Engine, state.Retrieval!));
            return 0;
        }
        finally { Directory.Delete(workspace.Folder, recursive: true); }
    }

    private static void Measure(SystemVersion version, RankingEngine engine)
    {
        var compiled = version.Compiled;
        var request = new PageRequest(compiled);
        var reading = new PageReading(request, version.Retriever!);
        var visit = compiled.Design.Decision.Each;
        var values = new double[visit.Columns.Length];
        var users = compiled.Dictionaries["user"];
        var random = new RandomStream(5);
        var (all, found, read, ranked) = (new Timings(Requests), new Timings(Requests), new Timings(Requests), new Timings(Requests));
        var (known, candidates, allocated) = (engine.Features.LastKnown, 0L, 0L);
        for (var i = -WarmUps; i < Requests; i++)
        {
            known += 1_000_000;
            (values[0], values[1]) = (known, known);
            values[visit.FindKey("user")] = random.NextInt32(users.Count);
            var record = new EventRecord { Type = visit.Number, Number = i, Subject = -1, Known = known, Values = values };
            if (i == 0) { allocated = GC.GetAllocatedBytesForCurrentThread(); }
            var started = Stopwatch.GetTimestamp();
            engine.Advance(known);
            reading.FindCandidates(engine.Retrieval, engine.Features.Plan.Row!.Items, record);
            var afterFound = Stopwatch.GetTimestamp();
            engine.ReadItems(record, request);
            var afterRead = Stopwatch.GetTimestamp();
            version.Rank(request, random.NextUInt64());
            var done = Stopwatch.GetTimestamp();
            if (i < 0) { continue; }
            candidates += request.Offered.Count;
            all.Add(done - started);
            found.Add(afterFound - started);
            read.Add(afterRead - afterFound);
            ranked.Add(done - afterRead);
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"{compiled.Design.Decision.Ranking!.Candidates.Length} sources, {(double)candidates / Requests:0} candidates, {compiled.Plan.FeatureCount} features, "
            + $"{compiled.Page!.StepCount} lines; {(double)allocated / Requests:0} bytes allocated a page");
        Report("a page", all);
        Report("  candidates found", found);
        Report("  features read", read);
        Report("  scored, page made", ranked);
    }

    private static void Report(string name, Timings times) =>
        Console.WriteLine($"{name,-20} p50 {times.Microseconds(0.5) / 1000:0.00} ms, p99 {times.Microseconds(0.99) / 1000:0.00} ms");
}
