using System.Text;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Tests.Upkeep;

namespace Lintel.Cli.Tests.Kill;

/// <summary>A loaded server is killed again and again, and nothing that it acknowledged is lost or counted twice.</summary>
public sealed class KillTests : IDisposable
{
    private readonly Workspace _workspace = new(Directory.CreateTempSubdirectory("lintel-kill-").FullName);

    /// <summary>Times that the server is killed: 22, or as many as the environment says.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("LINTEL_KILLS"), out var n) ? n : 22;

    public void Dispose() => Directory.Delete(_workspace.Folder, recursive: true);

    [Fact]
    public async Task Server_killed_at_random_moments_loses_nothing_and_counts_nothing_twice()
    {
        MadeVersion.Write(_workspace, 1, MadeVersion.Text);
        Directory.CreateDirectory(_workspace.StateFolder);
        var design = Path.Combine(_workspace.Folder, "design.yaml");
        File.WriteAllText(design, MadeVersion.Text);
        var random = new RandomStream(2026);
        var clients = new KillClients(seed: 77);
        for (var round = 0; round < Kills; round++)
        {
            using var server = await StartAsync(design);
            var sending = clients.RunAsync(server.Client, round);
            // after so many answers, and a moment more: a busy machine is killed as far into its work as an idle one
            var answers = clients.Answers + random.NextInt32(150);
            for (var waited = 0; clients.Answers < answers && waited < 5_000; waited += 5) { await Task.Delay(5); }
            if (round % 4 == 3) { await AnotherSnapshotAsync(); }
            await Task.Delay(random.NextInt32(30));
            server.Kill();
            await sending;
        }
        clients.Faults.ShouldBeEmpty();
        clients.Decided.Count.ShouldBeGreaterThan(100);
        clients.Judged.Count.ShouldBeGreaterThan(5);
        using (var server = await StartAsync(design))
        {
            (await clients.DifferencesAsync(server.Client)).ShouldBe(0);
        }
        CheckLog(clients);
        CheckState();
    }

    private Task<KilledServer> StartAsync(string design) =>
        KilledServer.StartAsync(design, _workspace.Folder, "--snapshot-every", "20");

    /// <summary>Until the running server has written a snapshot, or half a minute: the short rounds end before one is looked for.</summary>
    private async Task AnotherSnapshotAsync()
    {
        var before = Snapshots();
        for (var waited = 0; Snapshots() == before && waited < 30_000; waited += 5) { await Task.Delay(5); }

        string? Snapshots() => Directory.EnumerateFiles(_workspace.StateFolder, "v001-*.state").Max();
    }

    /// <summary>Every acknowledged record stands in the log once, no other more than once, and nothing that nobody
    /// sent.</summary>
    private void CheckLog(KillClients clients)
    {
        var events = new Dictionary<string, int>();
        var verdicts = new Dictionary<string, int>();
        var decisions = new Dictionary<string, int>();
        AppendLogReader.Scan(_workspace.LogFolder, (in LogRecord record) =>
        {
            if (record.Type == LiveRecordType.Event)
            {
                var logged = LoggedEvent.Read(record.Payload);
                if (logged.Type == 0) { Count(events, logged.Id); }
                else { Count(verdicts, logged.Subject); }
            }
            else if (record.Type == LiveRecordType.Decision) { Count(decisions, new PayloadReader(record.Payload).Bytes()); }
        });
        events.Where(static e => e.Value != 1).ShouldBeEmpty();
        verdicts.Where(static e => e.Value != 1).ShouldBeEmpty();
        decisions.Where(static e => e.Value != 1).ShouldBeEmpty();
        events.Keys.Except(clients.Sent.Keys).ShouldBeEmpty();
        clients.Decided.Keys.Except(decisions.Keys).ShouldBeEmpty();
        clients.Decided.Keys.Concat(clients.Accepted.Keys).Except(events.Keys).ShouldBeEmpty();
        clients.Judged.Keys.Except(verdicts.Keys).ShouldBeEmpty();
        decisions.Keys.Except(events.Keys).ShouldBeEmpty();
    }

    /// <summary>The state of snapshot and log is that of a clean replay of the whole log, and each decision that the killed
    /// servers made read what that replay reads: to the bit.</summary>
    private void CheckState()
    {
        var version = SystemVersion.Load(_workspace.VersionFolder(1), Composition.Kinds);
        var end = AppendLogReader.Scan(_workspace.LogFolder, static (in LogRecord _) => { }).End;
        var warnings = new List<string>();
        var shelf = StateShelf.Of(_workspace, version, VersionFiles.StateLatest, _workspace.LogFolder, new());
        // one more when the last kill came between writing one and deleting the oldest
        shelf.Snapshots().Count.ShouldBeInRange(1, StateShelf.Kept + 1);
        var snapshot = new LogFollower(shelf.Take(warnings.Add), _workspace.LogFolder, 1);
        warnings.ShouldBeEmpty();
        snapshot.Follow(end);
        var clean = new LogFollower(
            LiveState.Load(Path.Combine(_workspace.VersionFolder(1), VersionFiles.StateLatest), version.Compiled, InstantOrder.ByPlace),
            _workspace.LogFolder, 1);
        clean.Follow(end);
        clean.Compared.ShouldBeGreaterThan(100);
        clean.Differences.ShouldBe(0);
        Bytes(snapshot.State).ShouldBe(Bytes(clean.State));
    }

    private byte[] Bytes(LiveState state)
    {
        var path = Path.Combine(_workspace.Folder, "compared.state");
        state.Save(path);
        return File.ReadAllBytes(path);
    }

    private static void Count(Dictionary<string, int> counts, ReadOnlySpan<byte> id)
    {
        var name = Encoding.UTF8.GetString(id);
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }
}
