using System.Text;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

/// <summary>Moments at which another version takes over that a load hardly ever meets.</summary>
public sealed class ServiceAdoptionTests : IDisposable
{
    private readonly LivePayments _live = new();

    public void Dispose() => _live.Dispose();

    private PlainModel Adopt(int number, string? design = null)
    {
        var version = PlainModel.Version(out var model, number, design);
        var state = LiveState.Empty(
            CompiledDesign.Compile(version.Design, new CodeDictionaries()), InstantOrder.ByPlace, TimeSpan.FromDays(60));
        _live.Service.Adopt(version, new(state, _live.Folder, number));
        return model;
    }

    [Fact]
    public async Task Request_that_is_being_scored_ends_with_the_version_it_began_with_and_is_remembered()
    {
        await _live.RunAsync(0, 30, 4);
        var gate = new TaskCompletionSource();
        _live.Model.Gate = gate.Task;
        var deciding = Task.Run(() => _live.DecideAsync("slow", 50));
        while (_live.Service.Read(state => state.LastKnown) == (await _live.Service.FindAsync("p29"))!.Given) { await Task.Yield(); }
        Adopt(2);
        var repeat = _live.SendAsync(LivePayments.Payment("slow"));     // asked on the new version while the old one scores
        gate.SetResult();
        var slow = await deciding;
        slow.Version.ShouldBe(1);
        (await repeat)[0].Decision.Version.ShouldBe(1);
        (await repeat)[0].Decision.Registers.ShouldBe(slow.Registers);
        (await _live.Service.FindAsync("slow")).ShouldNotBeNull().Margin.ShouldBe(slow.Margin);
        var next = await _live.DecideAsync("next");
        next.Version.ShouldBe(2);
        _live.Service.Version.Number.ShouldBe(2);
        _live.Service.Read(static state => state.Undecided.Count).ShouldBe(0);
    }

    [Fact]
    public async Task Request_read_for_one_design_is_applied_under_the_next()
    {
        await _live.DecideAsync("p1", 30);
        var read = new LiveRequest();
        _live.Service.ReadDecide(Encoding.UTF8.GetBytes(LivePayments.Payment("p2", 60)), read);
        Adopt(2, PaymentsDesign.Text.Replace("amount: number, online: bool", "note: text, amount: number"));
        await _live.Service.ApplyAsync(read, decide: true);
        read.Faults.ShouldBeEmpty();
        var decision = read[0].Decision;
        decision.Version.ShouldBe(2);
        _live.Feature(decision, "amount").ShouldBe(60);
        _live.Feature(decision, "amount_vs_usual").ShouldBe(2);
        _live.Service.ReadEvent(decision).HasId.ShouldBeTrue();
    }

    [Fact]
    public async Task Windows_of_the_next_version_hold_what_the_log_holds()
    {
        await _live.RunAsync(0, 120, 6);
        Adopt(2);
        await _live.RunAsync(120, 60, 7);
        using var straight = new LivePayments();
        await straight.RunAsync(0, 120, 6);
        await straight.RunAsync(120, 60, 7);
        using var engine = new MemoryStream();
        _live.Service.Read(state => { state.Engine.Save(engine); return 0; });
        engine.ToArray().ShouldBe(straight.EngineBytes());
    }
}
