using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Features.Tests.Windows;

/// <summary>Of one subject the latest known record counts: windows against their definition, where many verdicts are given again.</summary>
public sealed class CorrectionTests
{
    private static readonly SystemDesign Design = TestDesigns.Payments("""
        verdicts_{3s,10s,40s}: count(verdict) by terminal over {3s,10s,40s}
        verdicts: count(verdict) by terminal
        risk_{3s,10s,40s}: mean(verdict.fraud) by terminal over {3s,10s,40s}
        risk: mean(verdict.fraud) by terminal
        frauds_{5s,20s}: sum(verdict.fraud) by card over {5s,20s}
        loss_{5s,20s}: sum(verdict.loss) by card over {5s,20s}
        loss_std: std(verdict.loss) by card over 30s
        loss_std_ever: std(verdict.loss) by card
        least_{5s,20s}: min(verdict.loss) by terminal over {5s,20s}
        worst_{5s,20s}: max(verdict.loss) by terminal over {5s,20s}
        least: min(verdict.loss) by terminal
        worst: max(verdict.loss) by terminal
        last_{5s,20s}: last(verdict.loss) by terminal over {5s,20s}
        last: last(verdict.loss) by terminal
        first_{5s,20s}: first(verdict.loss) by terminal over {5s,20s}
        first: first(verdict.loss) by terminal
        since_{5s,20s}: since(verdict) by card over {5s,20s}
        since: since(verdict) by card
        kinds_{5s,20s}: distinct(verdict.fraud) by terminal over {5s,20s}
        kinds: distinct(verdict.fraud) by terminal
        bad: count(verdict) by card over 20s where fraud
        bad_ever: count(verdict) by card where fraud
        channels: distinct(verdict.payment.channel) by terminal over 20s
        pair: count(verdict) by card, terminal over 30s
        all: mean(verdict.loss) over 10s
        """);

    [Theory]
    [InlineData(InstantOrder.Together)]
    [InlineData(InstantOrder.ByPlace)]
    public void The_latest_record_about_a_subject_replaces_the_one_before(InstantOrder order)
    {
        var aggregates = Design.Features.Select(static f => (Expression.Aggregate)f.Value).ToList();
        var corrected = 0;
        for (var seed = 0UL; seed < 60; seed++)
        {
            var history = new RandomHistory(Design, seed) { Corrections = 0.5 }.Make();
            corrected += history.Tables[1].Subjects!.Where(static s => s >= 0).GroupBy(static s => s).Count(static g => g.Count() > 1);
            var plan = new FeaturePlanBuilder(Design, history.Dictionaries).Build();
            var engine = new FeatureEngine(plan, order);
            var scratch = new double[32];
            var registers = new double[plan.RegisterCount];
            for (var place = 0; place < history.Order.Length; place++)
            {
                engine.Accept(history.Read(history.Order[place], scratch), registers);
                if (history.Order[place].Type != 0) { continue; }
                var expected = Definition.Aggregates(history, place, order, aggregates);
                for (var f = 0; f < expected.Length; f++)
                {
                    var got = registers[plan.FeatureStart + f];
                    var same = double.IsNaN(expected[f]) ? double.IsNaN(got) : Math.Abs(expected[f] - got) <= 1e-9 * Math.Max(1, Math.Abs(expected[f]));
                    same.ShouldBeTrue($"{plan.FeatureNames[f]}, seed {seed}, place {place}: expected {expected[f]:R}, got {got:R}");
                }
            }
        }
        corrected.ShouldBeGreaterThan(500);
    }
}
