using System.Text;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;

namespace Lintel.Pipeline.Tests.Live;

public sealed class LiveListsTests : IDisposable
{
    // no share let through: a listed card is always blocked
    private readonly LivePayments _live = new(PaymentsDesign.Text.Replace(", let through: 10%", ""));

    private async Task<string> OutcomeAsync(string id, string card) => (await _live.DecideAsync(id, card: card)).Outcome;

    [Fact]
    public async Task Key_ends_by_the_clock_to_the_microsecond_and_a_restart_changes_nothing()
    {
        var (entry, renewed) = await _live.Lists.PutAsync("blocklist", "bad", ListRequest.Read("""{"for":"30d","by":"ann","why":"stolen"}"""u8));
        renewed.ShouldBeFalse();
        (entry.Until - entry.Since).ShouldBe(30L * 86_400_000_000);
        (await OutcomeAsync("p1", "bad")).ShouldBe("block");
        _live.Restart();
        (await OutcomeAsync("p2", "bad")).ShouldBe("block");
        _live.Lists.Entries("blocklist").ShouldBe([entry]);
        var now = (_live.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        _live.Clock.Advance(TimeSpan.FromMicroseconds(entry.Until - 1 - now));
        (await OutcomeAsync("p3", "bad")).ShouldBe("block");
        _live.Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await OutcomeAsync("p4", "bad")).ShouldBe("allow");
        _live.Restart();
        (await _live.Service.FindAsync("p3"))!.Outcome.ShouldBe("block");
        _live.Lists.Entries("blocklist").ShouldBeEmpty();
    }

    [Fact]
    public async Task Decision_keeps_what_the_list_said_and_a_what_if_sees_it_as_it_is_now()
    {
        var decision = await _live.DecideAsync("p1", card: "c1");
        decision.Outcome.ShouldBe("allow");
        await _live.Lists.PutAsync("blocklist", "c1", ListRequest.Read(default));
        WhatIf.Ask(_live.Service, decision, """{"amount":11}"""u8).Decision.Outcome.ShouldBe("block");
        await _live.Lists.PutAsync("blocklist", "never seen", ListRequest.Read(default));
        WhatIf.Ask(_live.Service, decision, """{"card":"never seen"}"""u8).Decision.Outcome.ShouldBe("block");
        WhatIf.Ask(_live.Service, decision, """{"card":"another"}"""u8).Decision.Outcome.ShouldBe("allow");
        (await _live.Service.FindAsync("p1"))!.Outcome.ShouldBe("allow");
    }

    [Fact]
    public async Task Snapshot_and_the_log_behind_it_give_the_state_that_was_live()
    {
        await _live.DecideAsync("p1");
        await _live.Lists.PutAsync("blocklist", "c7", ListRequest.Read("""{"for":"2h"}"""u8));
        await _live.Lists.PutAsync("blocklist", "c8", ListRequest.Read(default));
        await _live.DecideAsync("p2", card: "c7");
        await _live.Lists.RemoveAsync("blocklist", "c8", "bob", "returned");
        await _live.DecideAsync("p3", card: "c8");
        var before = _live.EngineBytes();
        var lists = _live.Lists.All();
        _live.Restart();
        _live.EngineBytes().ShouldBe(before);
        _live.Lists.All().Select(static l => (l.List, string.Join(";", l.Entries)))
            .ShouldBe(lists.Select(static l => (l.List, string.Join(";", l.Entries))));
        var path = Path.GetTempFileName();
        _live.State.Save(path);
        var version = PlainModel.Version(out _, design: PaymentsDesign.Text);
        var read = LiveState.Load(path, version.Compiled, InstantOrder.ByPlace, TimeSpan.FromDays(60));
        File.Delete(path);
        read.Lists.Entries("blocklist", read.LastKnown + 1).Select(static e => e.Key).ShouldBe(["c7"]);
    }

    [Theory]
    [InlineData("friends", "c1", "{}", 404, "blocklist")]
    [InlineData("blocklist", "", "{}", 422, "1 to 1024 bytes")]
    [InlineData("blocklist", "c1", """{"until":"2001-01-01T00:00:00Z"}""", 422, "a time after")]
    [InlineData("blocklist", "c1", """{"until":"2901-01-01T00:00:00Z","for":"1d"}""", 422, "one of them")]
    [InlineData("blocklist", "c1", """{"for":"soon"}""", 422, "a duration")]
    [InlineData("blocklist", "c1", """{"why":7}""", 422, "a text")]
    [InlineData("blocklist", "c1", """{"colour":"red"}""", 422, "for (a duration")]
    [InlineData("blocklist", "c1", "[", 422, "for (a duration")]
    [InlineData("blocklist", "c1", "{", 400, "JSON object")]
    public async Task Change_that_cannot_be_made_says_why_and_changes_nothing(
        string list, string key, string body, int status, string expected)
    {
        var fault = (await Should.ThrowAsync<RequestException>(async () =>
            await _live.Lists.PutAsync(list, key, ListRequest.Read(Encoding.UTF8.GetBytes(body))))).Faults[0];
        fault.Status.ShouldBe(status);
        fault.Expected.ShouldContain(expected);
        _live.Lists.Entries("blocklist").ShouldBeEmpty();
        (await Should.ThrowAsync<RequestException>(async () =>
            await _live.Lists.RemoveAsync("blocklist", "c1", "", ""))).Faults[0].Status.ShouldBe(404);
    }

    [Fact]
    public void Files_of_an_earlier_kind_stop_the_start_and_say_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-lists-");
        var lists = Directory.CreateDirectory(Path.Combine(folder.FullName, ".lintel", "lists"));
        ListFiles.ThrowIfAny(new(folder.FullName));
        File.WriteAllText(Path.Combine(lists.FullName, "blocklist.txt"), "# cards\n c1 \n\nc2\n");
        Should.Throw<InvalidDataException>(() => ListFiles.ThrowIfAny(new(folder.FullName))).Message
            .ShouldContain("lintel lists FILE import");
        var (list, path) = ListFiles.Find(new(folder.FullName)).ShouldHaveSingleItem();
        list.ShouldBe("blocklist");
        ListFiles.Keys(path).ShouldBe(["c1", "c2"]);
        folder.Delete(recursive: true);
    }

    public void Dispose() => _live.Dispose();
}
