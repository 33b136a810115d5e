using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class TimeOutTests : IDisposable
{
    private readonly LivePayments _live = new(PaymentsDesign.Text
        .Replace("let through: 10% }", "time out: 400ms }").Replace("on failure: review", "on failure: allow"));

    /// <summary>Completed: a scorer that waits goes on.</summary>
    private readonly TaskCompletionSource _scorer = new();

    [Fact]
    public async Task Decision_in_time_is_the_one_that_was_made()
    {
        var decision = await _live.DecideAsync("p1", 2000);
        (decision.Outcome, decision.Failed, decision.Late).ShouldBe(("review", false, false));
        (await _live.SendAsync(LivePayments.Payment("p1")))[0].Fate.ShouldBe(LiveFate.Repeated);
    }

    [Fact]
    public async Task Disk_that_hangs_gives_the_outcome_on_failure_which_then_stands()
    {
        await _live.DecideAsync("warm");
        _live.Disk.Reset();
        var started = TimeProvider.System.GetTimestamp();
        var request = await _live.SendAsync(LivePayments.Payment("p1", 2000));
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        var answered = request[0].Decision;
        (answered.Outcome, answered.Failed, answered.Late, answered.RuleText, answered.Id)
            .ShouldBe(("allow", true, true, "on failure", "p1"));
        (request[0].Fate, request[0].HasDecision).ShouldBe((LiveFate.Unanswered, true));
        // a repeat is late, too, while nothing is on disk, and changes nothing
        (await _live.SendAsync(LivePayments.Payment("p1", 2000)))[0].Decision.Outcome.ShouldBe("allow");
        _live.Disk.Set();
        await AssertStandsAsync("p1");
        // the event was accepted: the next decision sees it in its windows
        _live.Feature(await _live.DecideAsync("p2"), "card_payments_1d").ShouldBe(2);
        _live.Restart();
        await AssertStandsAsync("p1");
        DecisionLog.Find(Path.GetDirectoryName(_live.Segment)!, "p1")!.Late.ShouldBeTrue();
        _live.Service.Recovered.ShouldBe(0);
    }

    [Fact]
    public async Task Scorer_that_hangs_gives_the_outcome_on_failure_which_is_then_recorded()
    {
        await _live.DecideAsync("warm");
        _live.Model.Gate = _scorer.Task;
        (await _live.SendAsync(LivePayments.Payment("p1", 2000)))[0].Decision.Late.ShouldBeTrue();
        _scorer.TrySetResult();
        await AssertStandsAsync("p1");
        // the request after it is not touched by the records of the one before
        (await _live.DecideAsync("p2", 2000)).Outcome.ShouldBe("review");
    }

    [Fact]
    public async Task Scorer_that_throws_is_told_apart_from_a_time_out()
    {
        _live.Model.Broken = "no";
        var decision = await _live.DecideAsync("p1", 2000);
        (decision.Outcome, decision.Failed, decision.Late).ShouldBe(("allow", true, false));
    }

    [Fact]
    public async Task Process_that_ends_before_the_answer_is_on_disk_decides_the_event_anew()
    {
        await _live.DecideAsync("warm");
        _live.Model.Gate = _scorer.Task;
        var late = await _live.SendAsync(LivePayments.Payment("p1", 2000));
        late[0].Decision.Outcome.ShouldBe("allow");
        // the event is in the log, its decision is not: the next start makes it
        var copy = Directory.CreateTempSubdirectory("lintel-cut-").FullName;
        await WaitForEventAsync("p1");
        File.Copy(_live.Segment, Path.Combine(copy, Path.GetFileName(_live.Segment)));
        var version = PlainModel.Version(out _, design: PaymentsDesign.Text);
        var state = LiveState.Empty(version.Compiled, Lintel.Features.InstantOrder.ByPlace);
        using (var service = LiveService.Start(version, state, copy, new() { Clock = _live.Clock }))
        {
            service.Recovered.ShouldBe(1);
            (await service.FindAsync("p1"))!.Outcome.ShouldBe("review");
        }
        Directory.Delete(copy, recursive: true);
        _scorer.TrySetResult();
        await AssertStandsAsync("p1");
    }

    [Fact]
    public async Task Many_late_answers_are_each_the_one_that_a_repeat_gets()
    {
        await _live.DecideAsync("warm");
        var outcomes = new Dictionary<string, string>();
        for (var round = 0; round < 6; round++)
        {
            _live.Disk.Reset();
            var sending = Enumerable.Range(0, 5).Select(i => _live.SendAsync(LivePayments.Payment($"r{round}-{i}", 2000))).ToArray();
            if (round % 2 == 0) { await Task.WhenAny(sending[0], Task.Delay(95)); }
            else { await Task.WhenAll(sending); }
            _live.Disk.Set();
            foreach (var request in await Task.WhenAll(sending))
            {
                outcomes.Add(request[0].Decision.Id, request[0].Decision.Outcome);
            }
        }
        outcomes.Values.ShouldContain("allow");
        foreach (var (id, outcome) in outcomes)
        {
            (await _live.Service.FindAsync(id))!.Outcome.ShouldBe(outcome, id);
        }
    }

    private async Task WaitForEventAsync(string id)
    {
        var found = false;
        while (!found)
        {
            await Task.Delay(5);
            await _live.Service.Log.WaitAsync(_live.Service.Log.Durable - 1);
            found = System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_live.Segment)).Contains(id, StringComparison.Ordinal);
        }
    }

    /// <summary>What was answered late is what whoever asks later is told.</summary>
    private async Task AssertStandsAsync(string id)
    {
        var found = (await _live.Service.FindAsync(id))!;
        (found.Outcome, found.Failed, found.Late).ShouldBe(("allow", true, true));
        // in time again once the disk is back: the first try may come while it still writes
        var again = await _live.SendAsync(LivePayments.Payment(id, 1));
        (again[0].Decision.Outcome, again[0].Decision.Late).ShouldBe(("allow", true));
    }

    public void Dispose()
    {
        _live.Disk.Set();
        _scorer.TrySetResult();
        _live.Dispose();
    }
}
