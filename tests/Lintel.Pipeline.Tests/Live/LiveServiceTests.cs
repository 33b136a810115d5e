using System.Text;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class LiveServiceTests : IDisposable
{
    private readonly LivePayments _live = new();

    public void Dispose() => _live.Dispose();

    [Fact]
    public async Task Decision_sees_what_was_accepted_before_and_never_itself()
    {
        _live.Feature(await _live.DecideAsync("p1", 10), "card_payments_1d").ShouldBe(0);
        var second = await _live.DecideAsync("p2", 30);
        _live.Feature(second, "card_payments_1d").ShouldBe(1);
        _live.Feature(second, "card_amount_30d").ShouldBe(10);
        _live.Feature(second, "amount_vs_usual").ShouldBe(3);
        _live.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMicroseconds(3));
        _live.Feature(await _live.DecideAsync("p3"), "card_payments_1d").ShouldBe(0);
    }

    [Fact]
    public async Task Verdict_finds_its_payment_and_reaches_the_terminal()
    {
        await _live.DecideAsync("p1");
        _live.Feature(await _live.DecideAsync("p2"), "terminal_risk_30d").ShouldBe(0);
        (await _live.SendAsync(LivePayments.Verdict("p1", fraud: true), decide: false)).Faults.ShouldBeEmpty();
        _live.Feature(await _live.DecideAsync("p3"), "terminal_risk_30d").ShouldBe(1);
        (await _live.SendAsync(LivePayments.Verdict("p1", fraud: false), decide: false)).Faults.ShouldBeEmpty();
        _live.Feature(await _live.DecideAsync("p4"), "terminal_risk_30d").ShouldBe(0);   // the latest record about a subject counts
    }

    [Fact]
    public async Task Repeat_returns_the_first_answer_and_enters_nothing()
    {
        var first = await _live.DecideAsync("p1", 10);
        await _live.DecideAsync("p2", 20);
        var state = _live.StateBytes();
        var again = await _live.SendAsync(LivePayments.Payment("p1", 9_999));
        again[0].Fate.ShouldBe(LiveFate.Repeated);
        again[0].Decision.Registers.ShouldBe(first.Registers);
        (again[0].Decision.Margin, again[0].Decision.EventPlace).ShouldBe((first.Margin, first.EventPlace));
        _live.StateBytes().ShouldBe(state);
        // once more within one request
        var twice = await _live.SendAsync($"[{LivePayments.Payment("p3")},{LivePayments.Payment("p3")}]");
        (twice[0].Fate, twice[1].Fate).ShouldBe((LiveFate.Decided, LiveFate.Repeated));
        twice[1].Decision.Registers.ShouldBe(twice[0].Decision.Registers);
    }

    [Fact]
    public async Task Repeats_at_the_same_time_get_one_answer()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            _live.SendAsync(LivePayments.Payment("p1", i)))));
        all.Count(static r => r[0].Fate == LiveFate.Decided).ShouldBe(1);
        all.Select(static r => (r[0].Decision.EventPlace, r[0].Decision.Margin)).Distinct().Count().ShouldBe(1);
        _live.Feature(await _live.DecideAsync("p2"), "card_payments_1d").ShouldBe(1);
    }

    [Fact]
    public async Task Flood_of_new_keys_is_bounded_and_known_ones_go_on()
    {
        using var live = new LivePayments(maxTexts: 20);
        for (var i = 0; i < 20; i++) { await live.DecideAsync($"p{i}", card: $"c{i}"); }
        var state = live.StateBytes();
        for (var i = 20; i < 200; i++)
        {
            var fault = (await live.SendAsync(LivePayments.Payment($"p{i}", card: $"c{i}"))).Faults.ShouldHaveSingleItem();
            (fault.Pointer, fault.What).ShouldBe(("/card", "no new card is taken any more"));
        }
        live.Service.Dictionaries().Single(static d => d.Domain == "card").Texts.ShouldBe(20);
        live.StateBytes().ShouldBe(state);
        (await live.SendAsync(LivePayments.Payment("p7", card: "c7")))[0].Fate.ShouldBe(LiveFate.Repeated);
        live.Feature(await live.DecideAsync("p200", card: "c7"), "card_payments_1d").ShouldBe(1);
        // what the log brought stays, whatever the limit
        live.Restart();
        live.Feature(await live.DecideAsync("p201", card: "c7"), "card_payments_1d").ShouldBe(2);
    }

    [Fact]
    public async Task Restart_continues_to_the_bit()
    {
        using var straight = new LivePayments();
        await straight.RunAsync(0, 300, 11);
        await _live.RunAsync(0, 300, 11);
        _live.Restart();
        _live.Service.Replayed.ShouldBeGreaterThan(300);
        _live.EngineBytes().ShouldBe(straight.EngineBytes());
        var expected = await straight.RunAsync(300, 100, 12);
        var got = await _live.RunAsync(300, 100, 12);
        got.SelectMany(static d => d.Registers).Select(BitConverter.DoubleToInt64Bits)
            .ShouldBe(expected.SelectMany(static d => d.Registers).Select(BitConverter.DoubleToInt64Bits));
        got.Select(static d => (d.Outcome, d.Margin, d.Known)).ShouldBe(expected.Select(static d => (d.Outcome,
            d.Margin, d.Known)));
    }

    [Fact]
    public async Task Answers_are_remembered_across_a_restart()
    {
        var decided = await _live.DecideAsync("p1", 42);
        _live.Restart();
        var found = (await _live.Service.FindAsync("p1")).ShouldNotBeNull();
        found.Registers.ShouldBe(decided.Registers);
        (await _live.SendAsync(LivePayments.Payment("p1")))[0].Fate.ShouldBe(LiveFate.Repeated);
        (await _live.Service.FindAsync("p2")).ShouldBeNull();
    }

    [Fact]
    public async Task Killed_between_event_and_decision_decides_at_the_start()
    {
        await _live.RunAsync(0, 50, 5);
        var decided = await _live.DecideAsync("last", 77);
        _live.Restart(segment =>
        {
            // cut in the middle of the last decision's record, as a torn write would
            var bytes = File.ReadAllBytes(segment);
            var at = bytes.AsSpan().LastIndexOf("last"u8);
            bytes.AsSpan(0, at).LastIndexOf("last"u8).ShouldBeGreaterThan(0);
            File.WriteAllBytes(segment, bytes[..(at + 40)]);
        });
        _live.Service.Log.Recovered.TornBytes.ShouldBeGreaterThan(0);
        _live.Service.Recovered.ShouldBe(1);
        var found = (await _live.Service.FindAsync("last")).ShouldNotBeNull();
        found.Recovered.ShouldBeTrue();
        found.Registers.ShouldBe(decided.Registers);
        (found.Outcome, found.Margin, found.Known).ShouldBe((decided.Outcome, decided.Margin, decided.Known));
        _live.Restart();
        _live.Service.Recovered.ShouldBe(0);
    }

    [Fact]
    public async Task Flipped_bit_in_the_log_is_refused_at_the_start()
    {
        await _live.RunAsync(0, 20, 5);
        Should.Throw<InvalidDataException>(() => _live.Restart(segment =>
        {
            var bytes = File.ReadAllBytes(segment);
            bytes[bytes.Length / 2] ^= 4;
            File.WriteAllBytes(segment, bytes);
        })).Message.ShouldContain("does not match its checksum");
    }

    [Fact]
    public async Task Scoring_that_fails_gives_the_outcome_of_the_design_and_says_so()
    {
        _live.Model.Broken = "model on strike";
        var told = new List<string>();
        _live.Service.ScoringFailed = (id, fault) => told.Add($"{id}: {fault.Message}");
        var failed = await _live.DecideAsync("p1");
        (failed.Failed, failed.Outcome, failed.RuleText).ShouldBe((true, "review", "on failure"));
        told.ShouldBe(["p1: model on strike"]);
        _live.Model.Broken = null;
        var found = (await _live.Service.FindAsync("p1")).ShouldNotBeNull();
        found.Failed.ShouldBeTrue();
        double.IsNaN(found.Margin).ShouldBeTrue();
        _live.Feature(await _live.DecideAsync("p2"), "card_payments_1d").ShouldBe(1);   // the payment stays in the windows
    }

    [Fact]
    public async Task Record_about_an_unknown_subject_is_refused_whole()
    {
        await _live.DecideAsync("p1");
        var state = _live.StateBytes();
        var request = await _live.SendAsync($"[{LivePayments.Verdict("p1", true)},{LivePayments.Verdict("nobody", true)}]", decide: false);
        var fault = request.Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Got).ShouldBe(("/1/about", "\"nobody\""));
        fault.What.ShouldContain("no payment of this id");
        _live.StateBytes().ShouldBe(state);
        // a subject that stands before it in the same request is known
        (await _live.SendAsync($"[{LivePayments.Payment("p2")},{LivePayments.Verdict("p2", true)}]")).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Payment_accepted_as_an_event_cannot_be_decided_afterwards()
    {
        var payment = LivePayments.Payment("p1").Replace("{\"id\"", "{\"event\":\"payment\",\"id\"");
        (await _live.SendAsync(payment, decide: false))[0].Fate.ShouldBe(LiveFate.Accepted);
        (await _live.SendAsync(payment, decide: false))[0].Fate.ShouldBe(LiveFate.Repeated);
        (await _live.SendAsync(payment)).Faults.ShouldHaveSingleItem().Status.ShouldBe(RequestFault.Conflict);
        _live.Feature(await _live.DecideAsync("p2"), "card_payments_1d").ShouldBe(1);
    }

    [Fact]
    public async Task Records_past_the_horizon_are_forgotten()
    {
        await _live.DecideAsync("p1");
        _live.Clock.Advance(TimeSpan.FromDays(61));
        await _live.DecideAsync("p2");
        (await _live.Service.FindAsync("p1")).ShouldBeNull();
        (await _live.SendAsync(LivePayments.Verdict("p1", true), decide: false)).Faults.ShouldHaveSingleItem()
            .Expected.ShouldContain("60 days");
    }

    [Fact]
    public async Task Listed_card_is_blocked_by_the_first_rule()
    {
        (await _live.DecideAsync("p1", card: "bad")).Outcome.ShouldBe("allow");
        foreach (var card in (string[])["bad", "worse"])
        {
            await _live.Lists.PutAsync("blocklist", card, new(null, null, "ann", "stolen"));
        }
        _live.Restart();
        var outcomes = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            outcomes.Add((await _live.DecideAsync($"q{i}", card: i % 2 == 0 ? "bad" : "worse")).Outcome);
        }
        outcomes.Count(static o => o == "block").ShouldBeInRange(75, 98);                // a tenth is let through
        (await _live.DecideAsync("p2", card: "good")).Outcome.ShouldBe("allow");
    }

    [Fact]
    public async Task Share_of_blocks_is_let_through_with_its_propensity()
    {
        var passed = 0;
        for (var i = 0; i < 1000; i++)
        {
            var decision = await _live.DecideAsync($"p{i}", 9_000, $"c{i}", $"t{i}");
            decision.RuleText.ShouldStartWith("block if strange");
            decision.Outcome.ShouldBe(decision.LetThrough ? "allow" : "block");
            decision.Propensity.ShouldBe(decision.LetThrough ? 0.1 : 0.9);
            passed += decision.LetThrough ? 1 : 0;
        }
        passed.ShouldBeInRange(70, 130);
    }

    [Fact]
    public async Task Explanation_sums_to_the_margin_and_traces_every_rule()
    {
        await _live.DecideAsync("p0", 5);
        var decision = await _live.DecideAsync("p1", 1_500);
        var why = Explanation.Of(_live.Service.Version, decision.Registers);
        (why.Base + why.Contributions.Sum(static c => c.Added)).ShouldBe(decision.Margin, 1e-9);
        why.Contributions[0].Feature.ShouldBe("amount");
        why.Policy.Select(static r => (r.Outcome, r.Matched, r.Acted, r.Threshold)).ShouldBe(
            [("block", false, false, null), ("block", false, false, 3.0), ("review", true, true, 1.0), ("allow", true,
                false, null)]);
        why.Policy[2].Margin.ShouldBe(decision.Margin);
        decision.Outcome.ShouldBe("review");
    }

    [Fact]
    public async Task What_if_answers_and_never_enters()
    {
        await _live.DecideAsync("p1", 10);
        var decision = await _live.DecideAsync("p2", 20);
        await _live.DecideAsync("p3", 30);
        var state = _live.StateBytes();
        var length = new FileInfo(_live.Segment).Length;

        var kept = WhatIf.Ask(_live.Service, decision, """{"amount":4000}"""u8);
        kept.WindowsAsRecorded.ShouldBeTrue();
        _live.Feature(kept.Decision, "card_payments_1d").ShouldBe(1);                   // as p2 saw it, p3 not there
        _live.Feature(kept.Decision, "amount_vs_usual").ShouldBe(400);
        kept.Decision.RuleText.ShouldStartWith("block");

        var same = WhatIf.Ask(_live.Service, decision, """{"amount":20}"""u8);
        same.Decision.Registers.ShouldBe(decision.Registers);

        var moved = WhatIf.Ask(_live.Service, decision, """{"card":"never seen"}"""u8);
        moved.WindowsAsRecorded.ShouldBeFalse();
        _live.Feature(moved.Decision, "card_payments_1d").ShouldBe(0);
        var now = WhatIf.Ask(_live.Service, decision, """{"card":"c1"}"""u8);
        _live.Feature(now.Decision, "card_payments_1d").ShouldBe(3);                    // as it is now

        _live.StateBytes().ShouldBe(state);
        new FileInfo(_live.Segment).Length.ShouldBe(length);
    }

    [Theory]
    [InlineData("""{"colour":"red"}""", "/colour")]
    [InlineData("""{"amount":"much"}""", "/amount")]
    [InlineData("[1]", "")]
    [InlineData("{", "")]
    public async Task What_if_with_a_fault_says_so(string changes, string pointer)
    {
        var decision = await _live.DecideAsync("p1");
        Should.Throw<RequestException>(() => WhatIf.Ask(_live.Service, decision, Encoding.UTF8.GetBytes(changes)))
            .Faults.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    [Fact]
    public async Task Log_of_another_design_is_read_by_name()
    {
        await _live.DecideAsync("p1", 10);
        var design = PaymentsDesign.Text.Replace("amount: number, online: bool", "place: text, amount: number");
        _live.Restart(design: design, version: 2);
        var record = _live.Service.ReadEvent((await _live.Service.FindAsync("p1"))!);
        record.Values[5].ShouldBe(10);                                                   // amount stands elsewhere now
        var request = await _live.SendAsync(
            """{"id":"p2","card":"c1","terminal":"t1","place":"home","amount":3}""");
        request.Faults.ShouldBeEmpty();
        _live.Feature(request[0].Decision, "card_amount_30d").ShouldBe(10);
        _live.Restart(version: 3);
        _live.Feature(await _live.DecideAsync("p3"), "card_amount_30d").ShouldBe(6.5);
    }

    [Fact]
    public async Task Saved_state_and_the_log_behind_it_give_the_same_as_the_whole_log()
    {
        await _live.RunAsync(0, 100, 3);
        var bytes = _live.StateBytes();
        var path = _live.Segment + ".saved.state";
        await File.WriteAllBytesAsync(path, bytes);
        var version = PlainModel.Version(out _);
        var loaded = LiveState.Load(path, version.Compiled, Lintel.Features.InstantOrder.ByPlace,
            TimeSpan.FromDays(60));
        loaded.Save(path);
        (await File.ReadAllBytesAsync(path)).ShouldBe(bytes);
        bytes[bytes.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Should.Throw<InvalidDataException>(() => LiveState.Load(path, version.Compiled,
            Lintel.Features.InstantOrder.ByPlace))
            .Message.ShouldContain("checksum");
    }

    [Fact]
    public void Log_that_another_process_holds_is_refused()
    {
        Should.Throw<IOException>(() => AppendLog.Open(Path.GetDirectoryName(_live.Segment)!, static (in LogRecord _) =>
            { }))
            .Message.ShouldContain("another process");
    }
}
