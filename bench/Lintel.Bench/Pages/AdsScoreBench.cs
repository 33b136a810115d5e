using System.Diagnostics;
using System.Globalization;
using Lintel.Bench.Batch;
using Lintel.Events;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Bench.Pages;

/// <summary>Two hundred candidates of a request, each with 30 ids, crosses and rates, found, read and scored on one thread as the sequencer
/// does it: <c>adsscore [RATE [SECONDS]]</c>. A latency counts from the instant at which the request was due.</summary>
internal static class AdsScoreBench
{
    private const int WarmUps = 2_000, BusyRequests = 3_000;

    public static int Run(string[] arguments)
    {
        var rate = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000;
        var seconds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 20;
        Measure("ftrl", "  clicks: { kind: ftrl }", rate, seconds);
        Measure("dcn", "  deep: { kind: dcn }", rate, seconds);
        Measure("ftrl and dcn", "  clicks: { kind: ftrl }\n  deep: { kind: dcn }", rate, seconds);
        return 0;
    }

    private static void Measure(string name, string models, int rate, int seconds)
    {
        var workspace = new Workspace(Directory.CreateTempSubdirectory("lintel-bench-adsscore-").FullName);
        try
        {
            SyntheticCinema.Write(workspace, SyntheticCinema.Sparse(models));
            var version = SystemVersion.Load(workspace.VersionFolder(1), KnownKinds.All);
            var state = LiveState.Load(
                Path.Combine(workspace.VersionFolder(1), VersionFiles.StateLatest), version.Compiled, InstantOrder.ByPlace);
            var requests = new Requests(version, new(state.Engine, state.Retrieval!));
            for (var i = 0; i < WarmUps; i++) { requests.One(); }
            var features = version.Compiled.Plan.FeatureCount;
            var busy = requests.Closed(BusyRequests);
            Report($"{name}, {requests.Candidates} candidates, {features} features, one after the other", busy);
            Report($"{name}, {rate}/s for {seconds} s, from when it was due", requests.Open(rate, seconds));
            Console.WriteLine($"{name}: {requests.BytesEach:0.0} bytes allocated a request");
        }
        finally { Directory.Delete(workspace.Folder, recursive: true); }
    }

    private static void Report(string name, Timings times) => Console.WriteLine(
        $"{name}: p50 {times.Microseconds(0.5) / 1000:0.00} ms, p99 {times.Microseconds(0.99) / 1000:0.00} ms, p99.9 {times.Microseconds(0.999) / 1000:0.00} ms");

    private sealed class Requests
    {
        private readonly SystemVersion _version;
        private readonly RankingEngine _engine;
        private readonly PageRequest _request;
        private readonly PageReading _reading;
        private readonly RandomStream _random = new(5);
        private readonly double[] _values;
        private readonly int _visit, _user, _users;
        private long _known;
        private int _number;

        public Requests(SystemVersion version, RankingEngine engine)
        {
            var visit = version.Compiled.Design.Decision.Each;
            (_version, _engine, _known) = (version, engine, engine.Features.LastKnown);
            _request = new(version.Compiled);
            _reading = new(_request, version.Retriever!);
            _values = new double[visit.Columns.Length];
            (_visit, _user, _users) = (visit.Number, visit.FindKey("user"), version.Compiled.Dictionaries["user"].Count);
        }

        /// <summary>Of the last request.</summary>
        public int Candidates => _request.Offered.Count;

        /// <summary>Allocated by the requests of the last measurement.</summary>
        public double BytesEach { get; private set; }

        public void One()
        {
            _known += 1_000;
            (_values[0], _values[1]) = (_known, _known);
            _values[_user] = _random.NextInt32(_users);
            var record = new EventRecord { Type = _visit, Number = _number++, Subject = -1, Known = _known, Values = _values };
            _engine.Read(record, _reading);
            _version.Rank(_request, _random.NextUInt64());
        }

        public Timings Closed(int count)
        {
            var times = new Timings(count);
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                One();
                times.Add(Stopwatch.GetTimestamp() - start);
            }
            return times;
        }

        /// <summary>Requests that come whether or not the one before is done.</summary>
        public Timings Open(int rate, int seconds)
        {
            var count = rate * seconds;
            var times = new Timings(count);
            var step = Stopwatch.Frequency / rate;
            var due = Stopwatch.GetTimestamp() + step;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++, due += step)
            {
                // a request that is not late is waited for without giving up the processor
                while (Stopwatch.GetTimestamp() < due) { Thread.SpinWait(20); }
                One();
                times.Add(Stopwatch.GetTimestamp() - due);
            }
            BytesEach = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
            return times;
        }
    }
}
