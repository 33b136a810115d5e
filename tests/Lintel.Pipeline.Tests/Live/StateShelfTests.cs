using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Tests.Live;

public sealed class StateShelfTests : IDisposable
{
    private readonly LivePayments _live = new();
    private readonly List<string> _warnings = [];

    private string States => Path.Combine(_live.Folder, "state");

    public void Dispose() => _live.Dispose();

    private StateShelf Shelf(SystemVersion? version = null)
    {
        var of = version ?? PlainModel.Version(out _);
        var options = new LiveOptions { Retention = TimeSpan.FromDays(60) };
        return new(of, States, _live.Folder,
            () => LiveState.Empty(CompiledDesign.Compile(of.Design, new CodeDictionaries()), InstantOrder.ByPlace, options.Retention),
            options);
    }

    private long End() => AppendLogReader.Scan(_live.Folder, static (in LogRecord _) => { }).End;

    /// <summary>The state at the log's end as bytes, from a state that a shelf gave.</summary>
    private byte[] AtEnd(LiveState from)
    {
        var follower = new LogFollower(from, _live.Folder, 1);
        follower.Follow(End());
        follower.Differences.ShouldBe(0);
        var path = Path.Combine(_live.Folder, "compared");
        follower.State.Save(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>A snapshot at the log's end.</summary>
    private string Put()
    {
        var follower = new LogFollower(Shelf().Take(_warnings.Add), _live.Folder, 1);
        follower.Follow(End());
        return Shelf().Put(follower.State);
    }

    private byte[] Replayed() => AtEnd(LiveState.Empty(
        CompiledDesign.Compile(PaymentsDesign.Parse(), new CodeDictionaries()), InstantOrder.ByPlace, TimeSpan.FromDays(60)));

    [Fact]
    public async Task Snapshot_and_the_log_behind_it_give_what_the_whole_log_gives()
    {
        for (var part = 0; part < 4; part++)
        {
            await _live.RunAsync(part * 100, 100, (ulong)part);
            _live.Service.Dispose();
            Path.GetFileName(Put()).ShouldMatch("^v001-[0-9]{20}\\.state$");
            _live.Restart();
        }
        await _live.RunAsync(400, 57, 9);
        _live.Service.Dispose();
        Shelf().Snapshots().Count.ShouldBe(StateShelf.Kept);
        var state = Shelf().Take(_warnings.Add);
        state.NextPlace.ShouldBeGreaterThan(0);
        AtEnd(state).ShouldBe(Replayed());
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Service_started_from_a_snapshot_decides_as_one_that_never_stopped()
    {
        using var straight = new LivePayments();
        await straight.RunAsync(0, 200, 3);
        await _live.RunAsync(0, 150, 3);
        _live.Service.Dispose();
        Put();
        _live.Restart(from: () => Shelf().Take(_warnings.Add));
        _live.Service.Replayed.ShouldBe(0);
        var before = await _live.DecideAsync("p7");
        before.Registers.ShouldBe((await straight.DecideAsync("p7")).Registers);       // the first answer, from before the snapshot
        _live.Clock.GetUtcNow().ShouldBeLessThan(straight.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Altered_cut_and_foreign_snapshots_are_set_aside_and_the_state_is_the_same()
    {
        await _live.RunAsync(0, 60, 1);
        _live.Service.Dispose();
        Put();
        _live.Restart();
        await _live.RunAsync(60, 60, 2);
        _live.Service.Dispose();
        var newest = Put();
        _live.Restart();
        await _live.RunAsync(120, 30, 3);
        _live.Service.Dispose();
        var expected = Replayed();
        var whole = File.ReadAllBytes(newest);
        var random = new RandomStream(8);
        for (var round = 0; round < 25; round++)
        {
            var altered = round % 2 == 0 ? whole.ToArray() : whole[..random.NextInt32(whole.Length)];
            if (round % 2 == 0) { altered[random.NextInt32(altered.Length)] ^= (byte)(1 << random.NextInt32(8)); }
            File.WriteAllBytes(newest, altered);
            _warnings.Clear();
            AtEnd(Shelf().Take(_warnings.Add)).ShouldBe(expected);
            _warnings.ShouldHaveSingleItem().ShouldContain($"set aside as {Path.GetFileName(newest)}.aside");
            File.Exists(newest).ShouldBeFalse();
        }
        // the older one is damaged, too: the version's own state and the whole log
        var older = Shelf().Snapshots().ShouldHaveSingleItem();
        File.WriteAllText(older, "nothing of ours");
        _warnings.Clear();
        AtEnd(Shelf().Take(_warnings.Add)).ShouldBe(expected);
        _warnings.ShouldHaveSingleItem().ShouldContain("not a live state");
    }

    [Fact]
    public async Task Snapshot_of_another_log_or_another_version_is_not_taken()
    {
        await _live.RunAsync(0, 60, 1);
        _live.Service.Dispose();
        var snapshot = Put();
        Shelf(PlainModel.Version(out _, number: 2)).Snapshots().ShouldBeEmpty();
        // one of the same number that was made otherwise
        var other = PlainModel.Version(out _, design: PaymentsDesign.Text.Replace("over 30d ?? 0", "over 29d ?? 0"));
        Shelf(other).Take(_warnings.Add).NextPlace.ShouldBe(0);
        _warnings.ShouldHaveSingleItem().ShouldContain("belongs to version 1");
        File.Move(snapshot + StateShelf.Aside, snapshot);
        // the same log with one id changed, as long as before
        var log = File.ReadAllBytes(_live.Segment);
        File.Delete(_live.Segment);
        using (var another = new LivePayments())
        {
            await another.RunAsync(0, 60, 2);
            another.Service.Dispose();
            File.Copy(another.Segment, Path.Combine(_live.Folder, Path.GetFileName(another.Segment)));
        }
        _warnings.Clear();
        Shelf().Take(_warnings.Add).NextPlace.ShouldBe(0);
        _warnings.ShouldHaveSingleItem().ShouldContain("another log");
        File.WriteAllBytes(_live.Segment, log);
    }

    [Fact]
    public async Task Event_without_its_decision_stays_in_the_snapshot_with_its_registers()
    {
        await _live.RunAsync(0, 40, 5);
        var decided = await _live.DecideAsync("last", 77);
        _live.Service.Dispose();
        var bytes = File.ReadAllBytes(_live.Segment);
        File.WriteAllBytes(_live.Segment, bytes[..(bytes.AsSpan().LastIndexOf("last"u8) + 40)]);
        Put();
        _live.Restart(from: () => Shelf().Take(_warnings.Add));
        (_live.Service.Replayed, _live.Service.Recovered).ShouldBe((0, 1));
        var found = (await _live.Service.FindAsync("last")).ShouldNotBeNull();
        found.Recovered.ShouldBeTrue();
        found.Registers.ShouldBe(decided.Registers);
        (found.Outcome, found.Margin, found.Known).ShouldBe((decided.Outcome, decided.Margin, decided.Known));
    }

    [Fact]
    public async Task Log_that_begins_behind_every_state_is_refused_clearly()
    {
        await _live.RunAsync(0, 5, 1);
        _live.Service.Dispose();
        var bytes = File.ReadAllBytes(_live.Segment);
        File.Delete(_live.Segment);
        File.WriteAllBytes(Path.Combine(_live.Folder, "00000000000000999999.log"), bytes);
        Should.Throw<InvalidDataException>(() => Shelf().Take(_warnings.Add)).Message
            .ShouldContain("the log begins at place 999999; version 1 needs it from place 0");
        File.Delete(Path.Combine(_live.Folder, "00000000000000999999.log"));
        File.WriteAllBytes(Path.Combine(_live.Folder, "00000000000000000000.log"), bytes);
    }

    [Fact]
    public async Task Snapshots_are_made_while_the_service_runs_and_two_are_kept()
    {
        using (var maker = new SnapshotMaker(_live.Service, Shelf(),
            new() { EveryRecords = 40, Look = TimeSpan.FromMilliseconds(5), Rest = TimeSpan.FromMilliseconds(1) }, _warnings.Add))
        {
            for (var i = 0; i < 200 && maker.Made < 4; i++) { await _live.RunAsync(i * 20, 20, (ulong)i); }
            maker.Made.ShouldBeGreaterThanOrEqualTo(4);
            maker.Last.ShouldNotBeNull().Bytes.ShouldBeGreaterThan(0);
        }
        _warnings.ShouldBeEmpty();
        _live.Service.Dispose();
        Shelf().Snapshots().Count.ShouldBe(2);
        AtEnd(Shelf().Take(_warnings.Add)).ShouldBe(Replayed());
        Directory.GetFiles(States, "*.new").Length.ShouldBeLessThanOrEqualTo(1);
    }
}
