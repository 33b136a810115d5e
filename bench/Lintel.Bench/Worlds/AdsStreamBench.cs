using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Continuous;
using Lintel.Training.Fitting;
using Lintel.Training.Ranking;
using Lintel.Worlds.Ads;

namespace Lintel.Bench.Worlds;

/// <summary>The ads system is trained on the first three weeks of its world and serves the fourth, in which users turn to other interests:
/// its own pages, clicked by the truth, in the world's time, logged and learned as a server does it. Probabilities of what was shown are
/// judged by day: of the version that stands still, of the one that serves, of what was learned up to the last 5 minutes, and of the truth.</summary>
/// <remarks>Arguments: a folder (made, with world and version, if it holds none), the design file, first and last day (22 28), every how
/// manieth user asks (4), and the interval of publications (1h). The pages are those of the versions that were published.</remarks>
internal static class AdsStreamBench
{
    private const long Minutes = 60_000_000L;

    public static int Run(string[] arguments)
    {
        string Argument(int i, string otherwise) => arguments.Length > i ? arguments[i] : otherwise;
        int Number(int i, int otherwise) => int.Parse(Argument(i, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var workspace = new Workspace(Path.GetFullPath(Argument(0, "adsstream")));
        var design = Path.GetFullPath(Argument(1, "systems/ad-click/design.yaml"));
        Train(workspace, design);
        Restore(workspace, Argument(5, "1h"));
        var trained = SystemVersion.Load(workspace.VersionFolder(1), KnownKinds.All);
        return new AdsStreamRun(workspace, trained).Run(Number(2, 22) - 1, Number(3, 28), Number(4, 4));
    }

    /// <summary>Leaves the trained version alone in its folder, and has it publish so often.</summary>
    internal static void Restore(Workspace workspace, string interval)
    {
        foreach (var number in workspace.Versions().Where(static v => v > 1)) { Directory.Delete(workspace.VersionFolder(number), recursive: true); }
        foreach (var folder in new[] { workspace.LogFolder, workspace.LearningFolder, workspace.StateFolder })
        {
            if (Directory.Exists(folder)) { Directory.Delete(folder, recursive: true); }
        }
        var first = workspace.VersionFolder(1);
        var design = Path.Combine(first, VersionFiles.Design);
        File.WriteAllText(design, Regex.Replace(File.ReadAllText(design), "continuous: [0-9]+[a-z]+", $"continuous: {interval}"));
        VersionParts.WriteManifest(first, SystemVersion.ReadManifest(first));
    }

    /// <summary>Makes the version of the first three weeks, unless it is there.</summary>
    private static void Train(Workspace workspace, string designPath)
    {
        var world = Path.Combine(workspace.Folder, "world");
        Console.WriteLine(AdsWorld.Make(world, new()).Summary);
        Directory.CreateDirectory(workspace.Folder);
        var design = Path.Combine(workspace.Folder, "design.yaml");
        var weeks = Path.Combine(workspace.Folder, "weeks");
        if (!Directory.Exists(weeks))
        {
            foreach (var part in new[] { "requests", "impressions", "clicks" })
            {
                Directory.CreateDirectory(Path.Combine(weeks, part));
                foreach (var file in Directory.GetFiles(Path.Combine(world, part)).Order(StringComparer.Ordinal).Take(3))
                {
                    File.Copy(file, Path.Combine(weeks, part, Path.GetFileName(file)));
                }
            }
            foreach (var file in Directory.GetFiles(world, "*.parquet")) { File.Copy(file, Path.Combine(weeks, Path.GetFileName(file))); }
        }
        if (!Directory.Exists(workspace.VersionFolder(1)))
        {
            File.Copy(designPath, design, overwrite: true);
            var watch = Stopwatch.StartNew();
            TrainingRun.Run(new()
            {
                DesignPath = design,
                DataFolder = weeks,
                Workspace = workspace,
                Kinds = KnownKinds.All,
                Command = "bench",
                Clock = TimeProvider.System,
            });
            Console.WriteLine($"trained on three weeks in {watch.Elapsed.TotalSeconds:0} s");
        }
    }

    /// <summary>The stream of some days, and what it showed.</summary>
    private sealed class AdsStreamRun(Workspace workspace, SystemVersion root)
    {
        private static readonly string[] Ways = ["truth", "stands still", "serves", "every 5m"];

        private readonly StreamClock _clock = new();
        private readonly AdsTruth _truth = AdsTruth.Read(Path.Combine(workspace.Folder, "world"));
        private readonly PriorityQueue<string, long> _due = new();
        private readonly List<Task> _sent = [];
        private readonly ScoringGraph[] _graphs = [root.Graph, root.Graph, root.Graph];
        private readonly List<double> _publications = [];
        private double _learnSeconds;
        private int _steps;

        private LiveOptions Options => new() { Clock = _clock };

        public int Run(int firstDay, int endDay, int nth)
        {
            int[] requests = [.. Enumerable.Range(0, _truth.RequestCount).Where(r =>
                _truth.Day(r) >= firstDay && _truth.Day(r) < endDay && _truth.User(r) % nth == 0)];
            _clock.Set(_truth.At(requests[0]) - Minutes);
            new LiveReference(1, _clock.GetUtcNow(), "bench", "trained").Write(workspace);
            var state = StateShelf.Of(workspace, root, VersionFiles.StateLatest, workspace.LogFolder, Options, snapshots: false);
            using var live = LiveService.Start(root, state.Take(Console.WriteLine), workspace.LogFolder, Options);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var run = new LearningRun(new()
            {
                Workspace = workspace,
                Kinds = KnownKinds.All,
                LogFolder = workspace.LogFolder,
                Live = Options,
                Warn = Console.WriteLine,
            });
            run.Step(live.Log.Durable);
            Console.WriteLine($"learner with its windows: {(GC.GetTotalMemory(forceFullCollection: true) - before) >> 20} MB");

            var traffic = new AdsTraffic(_truth, seed: 1);
            var (final, deep) = (new StreamScores(Ways), new StreamScores(Ways));
            var (next, node, inner) = (_truth.At(requests[0]), ShownJudge.Nodes(root.Design, root.Graph)[^1], root.Graph.IndexOf("deep"));
            var watch = Stopwatch.StartNew();
            foreach (var request in requests)
            {
                var at = _truth.At(request);
                while (next <= at)
                {
                    Drain(live, next);
                    Learn(live, run, next);
                    next += 5 * Minutes;
                }
                Drain(live, at);
                var page = Send(live, traffic.Request(request), at, decide: true)!.Page!.Shown;
                var shown = traffic.Show(request, page, at, _due.Enqueue);
                for (var p = 0; p < shown.Length; p++)
                {
                    Judge(page[p].Features, p + 1, shown[p].Chance, node, inner, out var said, out var saidDeep);
                    final.Add(_truth.Day(request), shown[p].IsClicked, said);
                    deep.Add(_truth.Day(request), shown[p].IsClicked, saidDeep);
                }
            }
            Drain(live, next);
            Learn(live, run, next);
            Console.WriteLine($"{requests.Length:N0} pages in {watch.Elapsed.TotalSeconds:0} s; normalised entropy (calibration) of what was shown:");
            (string, int, int)[] stretches = [("before the drift", firstDay, _truth.DriftDay), ("after it", _truth.DriftDay, endDay)];
            Console.WriteLine(root.Graph.Nodes[node].Name);
            final.Print(stretches);
            Console.WriteLine("deep");
            deep.Print(stretches);
            Report(run.Status);
            return 0;
        }

        /// <summary>Probability of what was shown where it stood: the truth's, the root's, and those of the one that serves and of the learner.</summary>
        private void Judge(double[] features, int position, double chance, int node, int inner, out double[] final, out double[] deep)
        {
            var at = root.Compiled.Plan.FeatureNames.IndexOf("position");
            var (row, scores) = ((double[])features.Clone(), new double[2 * root.Graph.Nodes.Length]);
            row[at] = position;
            (final, deep) = (new double[1 + _graphs.Length], new double[1 + _graphs.Length]);
            final[0] = deep[0] = chance;
            for (var g = 0; g < _graphs.Length; g++)
            {
                _graphs[g].Score(row, scores);
                (final[1 + g], deep[1 + g]) = (scores[(2 * node) + 1], scores[(2 * inner) + 1]);
            }
        }

        /// <summary>Sends what is due before an instant.</summary>
        private void Drain(LiveService live, long until)
        {
            while (_due.TryPeek(out var body, out var at) && at <= until)
            {
                _due.Dequeue();
                Send(live, body, at, decide: false);
            }
        }

        /// <summary>A decision is there before it is durable; that is waited for when something is learned.</summary>
        private DecisionRecord? Send(LiveService live, string body, long at, bool decide)
        {
            _clock.Set(at);
            var request = new LiveRequest();
            if (decide) { live.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
            else { live.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
            _sent.Add(live.ApplyAsync(request, decide).AsTask());
            return request.Faults.Count > 0 ? throw new InvalidOperationException($"{body}: {request.Faults[0]}") : decide ? request[0].Decision : null;
        }

        private void Learn(LiveService live, LearningRun run, long now)
        {
            Task.WhenAll(_sent).GetAwaiter().GetResult();
            _sent.Clear();
            _clock.Set(now);
            var (published, watch) = (run.Status.Published, Stopwatch.StartNew());
            run.Step(live.Log.Durable);
            var seconds = watch.Elapsed.TotalSeconds;
            if (run.Status.Published > published) { _publications.Add(seconds); }
            else { _learnSeconds += seconds; }
            _steps++;
            var champion = LiveReference.Read(workspace)!.Champion;
            if (champion != live.Version.Number) { Adopt(live, champion); }
            (_graphs[1], _graphs[2]) = (live.Version.Graph, run.Current);
        }

        private void Adopt(LiveService live, int number)
        {
            var version = SystemVersion.Load(workspace.VersionFolder(number), KnownKinds.All);
            var shelf = StateShelf.Of(workspace, version, VersionFiles.StateLatest, workspace.LogFolder, Options, snapshots: false);
            live.Adopt(version, new(shelf.Take(Console.WriteLine), workspace.LogFolder, number));
        }

        private void Report(LearningStatus status)
        {
            static long Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static f => f.Length);
            var version = workspace.VersionFolder(LiveReference.Read(workspace)!.Champion);
            Console.WriteLine($"published {status.Published}, kept back {status.Blocked}, rolled back {status.RolledBack}; {status.Last}");
            Console.WriteLine($"{status.Rows:N0} items learned, {status.Waiting:N0} wait, {status.Pages:N0} pages wait, {status.Unheard:N0} unheard");
            Console.WriteLine($"learning alone: {_learnSeconds:0.0} s, without the steps that published {status.Rows * (1 - (_publications.Count / (double)_steps)) / _learnSeconds:N0} items/s");
            if (_publications.Count > 0)
            {
                _publications.Sort();
                Console.WriteLine($"a publication, with its rows: {1000 * _publications[_publications.Count / 2]:0} ms (most {1000 * _publications[^1]:0}); version {Bytes(version) >> 20} MB, "
                    + $"of it states {Bytes(Path.Combine(version, "state")) >> 20} MB");
            }
            Console.WriteLine($"the process: {Environment.WorkingSet >> 20} MB");
        }
    }

    /// <summary>A clock that the stream moves; it never goes back.</summary>
    private sealed class StreamClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        /// <param name="instant">Microseconds since 1970 UTC.</param>
        public void Set(long instant)
        {
            var ticks = DateTime.UnixEpoch.Ticks + (instant * TimeSpan.TicksPerMicrosecond);
            if (ticks > Interlocked.Read(ref _ticks)) { Interlocked.Exchange(ref _ticks, ticks); }
        }
    }
}
