using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Promises;

/// <summary>A policy that keeps what it promised, simulated, against promises that are written down plainly.</summary>
public sealed class KeptPromiseTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void Simulated_promises_are_those_of_the_plain_one()
    {
        var design = PromiseDesign.With(
            "round to 5", "keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 3");
        design.Plan.ReadsDecisions.ShouldBeTrue();
        var random = new RandomStream(3);
        var (known, estimates, trips) = (new long[300], new double[300], new int[300]);
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = (i == 0 ? 0 : known[i - 1]) + (long)(random.NextDouble() * Minute);
            (estimates[i], trips[i]) = (10 + (40 * random.NextDouble()), random.NextInt32(30));
        }
        var rows = new DecidedRows
        {
            Count = known.Length,
            Read = (row, registers) => design.Fill(registers, 0, estimates[row], 90, trips[row]),
            Labels = new float[known.Length],
            Days = new int[known.Length],
            FirstDay = 0,
            DayCount = 1,
            Feedback = new() { Known = known, Id = static row => $"a{row}", LetThrough = new(0, 1, []) },
        };
        var promises = new double[known.Length];
        var rules = new PolicySimulation(design.Policy, design.Plan, rows).Run(
            [], visit: (row, _, registers) => promises[row] = registers[design.Plan.PromiseRegister]);
        rules.ShouldAllBe(static r => r == -1);

        var kept = 0;
        var last = new Dictionary<int, (double Promise, long Known)>();
        for (var i = 0; i < known.Length; i++)
        {
            var promise = Math.Floor((estimates[i] / 5) + 0.5) * 5;
            if (last.TryGetValue(trips[i], out var before) && known[i] - before.Known <= 240 * Minute)
            {
                var left = before.Promise - ((known[i] - before.Known) / (double)Minute);
                if (Math.Abs(promise - left) <= 3) { (promise, kept) = (left, kept + 1); }
            }
            promises[i].ShouldBe(promise, 1e-9);
            last[trips[i]] = (promise, known[i]);
        }
        kept.ShouldBeInRange(10, 100);
    }
}
