using System.Collections.Immutable;
using Lintel.Design;

namespace Lintel.Decisions.Tests;

public sealed class LetThroughTests
{
    private static readonly ImmutableArray<OutcomeDesign> Outcomes = OutcomeDesign.OfNames(["allow", "review", "block"]);

    [Fact]
    public void The_share_of_the_hardest_outcome_passes_and_nothing_else_changes()
    {
        var some = new LetThrough(0.01, 7, Outcomes);
        var passed = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var id = $"payment-{i}";
            some.Show(id, 0).ShouldBe(new Shown(0, 1, false));
            some.Show(id, 1).ShouldBe(new Shown(1, 1, false));
            var shown = some.Show(id, 2);
            shown.ShouldBe(shown.LetThrough ? new Shown(0, 0.01, true) : new Shown(2, 0.99, false));
            passed += shown.LetThrough ? 1 : 0;
        }
        passed.ShouldBeInRange(900, 1_100);           // 1,000 ± 3.2 standard deviations
    }

    [Fact]
    public void The_same_id_always_gets_the_same_answer_and_seeds_differ()
    {
        var ids = Enumerable.Range(0, 2_000).Select(static i => i.ToString()).ToArray();
        bool[] Draw(ulong seed) => [.. ids.Select(id => new LetThrough(0.5, seed, Outcomes).Show(id, 2).LetThrough)];
        Draw(1).ShouldBe(Draw(1));
        Draw(1).ShouldNotBe(Draw(2));
    }

    [Fact]
    public void The_draw_is_documented_to_the_bit() =>
        // FNV-1a of "a" is AF63DC4C8601EC8C (Fowler, Noll and Vo's test vectors); then the stream's mixer
        new LetThrough(0.5, 0, Outcomes).Draw("a").ShouldBe(
            (Numerics.Random.RandomStream.Mix(0xAF63DC4C8601EC8C ^ Numerics.Random.RandomStream.Mix(0)) >> 11) * (1.0 / (1UL << 53)));

    [Fact]
    public void Long_ids_of_any_script_are_hashed_whole()
    {
        var some = new LetThrough(0.5, 0, Outcomes);
        var id = new string('ж', 300);
        some.Draw(id).ShouldNotBe(some.Draw(id[..299] + "з"));
        some.Draw("з" + id[1..]).ShouldNotBe(some.Draw(id));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    public void None_and_all(double share, int expected) =>
        Enumerable.Range(0, 100).Count(i => new LetThrough(share, 3, Outcomes).Show(i.ToString(), 2).LetThrough).ShouldBe(expected);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Shares_outside_0_to_1_are_refused(double share) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new LetThrough(share, 0, Outcomes));

    [Fact]
    public void Roles_are_read_off_names_and_order()
    {
        Outcomes.Select(static o => o.Role)
            .ShouldBe([OutcomeRole.Passed, OutcomeRole.Reviewed, OutcomeRole.Refused]);
        var moderation = OutcomeDesign.OfNames(["allow", "limit", "remove", "human review"]);
        moderation.Select(static o => o.Role)
            .ShouldBe([OutcomeRole.Passed, OutcomeRole.Refused, OutcomeRole.Refused, OutcomeRole.Reviewed]);
        OutcomeDesign.Hardest(moderation).ShouldBe(2);
        OutcomeDesign.Hardest(OutcomeDesign.OfNames(["allow", "review"])).ShouldBe(-1);
        OutcomeDesign.Passing(OutcomeDesign.OfNames(["review", "allow", "block"])).ShouldBe(1);
    }
}
