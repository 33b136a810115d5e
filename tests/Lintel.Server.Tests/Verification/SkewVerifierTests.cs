using Lintel.Decisions;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Verification;

namespace Lintel.Server.Tests.Verification;

public sealed class SkewVerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-skew-").FullName;
    private readonly EventHistory _history = RandomHistory.Of(3_000, 17);
    private int From => _history.Order.Length / 2;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Replays offline, as training does: the state in the middle, and what each later decision must
    /// be.</summary>
    private (ServerOptions Options, SkewExpectation.Outcomes Expected) Replay()
    {
        var version = PlainModel.Version(out _, dictionaries: _history.Dictionaries);
        var plan = version.Compiled.Plan;
        var engine = new FeatureEngine(plan, InstantOrder.Together);
        var (features, margins, outcomes) = (new List<float>(), new List<double>(), new List<int>());
        var registers = new double[plan.RegisterCount];
        var scratch = new double[16];
        for (var i = 0; i < _history.Order.Length; i++)
        {
            if (i == From)
            {
                LiveState.FromHistory(version.Compiled, engine, _history, i).Save(Path.Combine(_folder, "test.state"));
            }
            var record = _history.Read(_history.Order[i], scratch);
            engine.Accept(record, record.Type == 0 ? registers : default);
            if (i < From || record.Type != 0) { continue; }
            registers.AsSpan(plan.FeatureStart + plan.FeatureCount).Clear();
            version.Score(registers);
            var decision = version.Decide(registers);
            foreach (var value in registers.AsSpan(plan.FeatureStart, plan.FeatureCount))
            {
                features.Add((float)value);
            }
            margins.Add(decision.Margin);
            outcomes.Add(decision.Outcome);
        }
        var served = PlainModel.Version(out _, dictionaries: _history.Dictionaries);
        var state = LiveState.Load(Path.Combine(_folder, "test.state"), served.Compiled, InstantOrder.Together);
        var options = new ServerOptions
        {
            Workspace = new(_folder),
            Kinds = PaymentsDesign.Kinds,
            Loaded = (served, state),
        };
        return (options, new() { Features = [.. features], Margins = [.. margins], Given = [.. outcomes] });
    }

    private Task<SkewCertificate> RunAsync(SkewVerifier verifier, SkewExpectation.Outcomes expected) =>
        verifier.RunAsync(_history, From, _history.Order.Length, expected, "lintel verify 1", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Server_and_replay_agree_to_the_bit()
    {
        var (options, expected) = Replay();
        expected.Given.Distinct().Count().ShouldBe(3);                               // the policy is exercised
        var certificate = await RunAsync(new(options), expected);
        certificate.FirstDifference.ShouldBeNull();
        (certificate.Decisions, certificate.Mismatches).ShouldBe((expected.Margins.Length, 0));
        certificate.Digest.Length.ShouldBe(64);
        certificate.Made.ShouldBe(DateTimeOffset.UnixEpoch);
        DateTimeOffset.Parse(certificate.From).ToUnixTimeMilliseconds().ShouldBe(_history.Order[From].Known / 1000);
    }

    [Fact]
    public async Task Server_and_simulation_agree_where_rules_read_decisions()
    {
        var design = PaymentsDesign.Text.Replace("- block if strange >= threshold(precision 90%)", "- block if strange >= threshold(precision 90%) "
                + "and count(decision where outcome = block) by card over 2h < 2")
            .Replace("- review if strange >= threshold(top 20/day)", "- review if strange >= threshold(top 20/day) "
                + "and count(decision where outcome != allow) by card over 1d = 0").Replace("let through: 10%", "let through: 40%");
        var history = RandomHistory.Of(3_000, 23, design);
        var from = history.Order.Length / 2;
        var version = PlainModel.Version(out _, design: design, dictionaries: history.Dictionaries);
        var plan = version.Compiled.Plan;
        var engine = new FeatureEngine(plan, InstantOrder.Together);
        var (features, margins, known) = (new List<float>(), new List<double>(), new List<long>());
        var (kept, ids) = (new List<double[]>(), new List<string>());
        var scratch = new double[16];
        for (var i = 0; i < history.Order.Length; i++)
        {
            if (i == from)
            {
                LiveState.FromHistory(version.Compiled, engine, history, i).Save(Path.Combine(_folder, "test.state"));
            }
            var registers = new double[plan.RegisterCount];
            var record = history.Read(history.Order[i], scratch);
            engine.Accept(record, record.Type == 0 ? registers : default);
            if (i < from || record.Type != 0) { continue; }
            version.Score(registers);
            features.AddRange(registers.AsSpan(plan.FeatureStart, plan.FeatureCount).ToArray().Select(static f => (float)f));
            margins.Add(version.Decide(registers).Margin);
            kept.Add(registers);
            ids.Add(history.Tables[0].Ids[history.Order[i].Row]);
            known.Add(record.Known);
        }
        int[] Rules(double share) => new PolicySimulation(version.Compiled.Policy, plan, new()
        {
            Count = kept.Count,
            Read = (row, registers) => kept[row].CopyTo(registers),
            Labels = new float[kept.Count],
            Days = new int[kept.Count],
            FirstDay = 0,
            DayCount = 1,
            Feedback = new()
            {
                Known = [.. known],
                Id = row => ids[row],
                LetThrough = new(share, 0, version.Design.OutcomeDesigns),
            },
        }).Run(version.Thresholds);
        var rules = Rules(version.Design.Serve.LetThrough);
        rules.Distinct().Count().ShouldBeGreaterThanOrEqualTo(3);
        rules.ShouldNotBe(Rules(0));                                     // what is let through changes what is suppressed
        var served = PlainModel.Version(out _, design: design, dictionaries: history.Dictionaries);
        var options = new ServerOptions
        {
            Workspace = new(_folder),
            Kinds = PaymentsDesign.Kinds,
            Loaded = (served, LiveState.Load(Path.Combine(_folder, "test.state"), served.Compiled, InstantOrder.Together)),
        };
        var certificate = await new SkewVerifier(options).RunAsync(
            history, from, history.Order.Length, new SkewExpectation.Outcomes
            {
                Features = [.. features],
                Margins = [.. margins],
                Given = [.. rules.Select(version.Compiled.Policy.OutcomeOf)],
            }, "lintel verify 1", DateTimeOffset.UnixEpoch);
        certificate.FirstDifference.ShouldBeNull();
        (certificate.Decisions, certificate.Mismatches).ShouldBe((rules.Length, 0));
    }

    [Fact]
    public async Task Shifted_clock_is_seen()
    {
        var (options, expected) = Replay();
        // payments are accepted an hour late, verdicts in time
        var verifier = new SkewVerifier(options)
        {
            ClockFault = static e => e.Type == 0 ? e.Known + 3_600_000_000 : e.Known,
        };
        var certificate = await RunAsync(verifier, expected);
        certificate.Decisions.ShouldBe(expected.Margins.Length);
        certificate.FeatureMismatches.ShouldBeGreaterThan(0);
        certificate.ScoreMismatches.ShouldBeGreaterThan(0);
        certificate.Mismatches.ShouldBeGreaterThanOrEqualTo(certificate.FeatureMismatches);
        certificate.FirstDifference.ShouldNotBeNull().ShouldContain("served");
    }

    [Fact]
    public async Task Every_kind_of_difference_is_counted_apart()
    {
        var (options, expected) = Replay();
        expected.Features[0] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(expected.Features[0]) ^ 1);
        expected.Margins[1] = Math.BitIncrement(expected.Margins[1]);
        expected.Given[2] = (expected.Given[2] + 1) % 2;
        var certificate = await RunAsync(new(options), expected);
        (certificate.FeatureMismatches, certificate.ScoreMismatches, certificate.OutcomeMismatches,
            certificate.Mismatches)
            .ShouldBe((1, 1, 1, 3));
        certificate.FirstDifference!.ShouldContain("feature amount");
    }

    [Fact]
    public async Task Decision_without_an_answer_is_a_mismatch()
    {
        var (options, expected) = Replay();
        var certificate = await RunAsync(new(options), expected with { Margins = [.. expected.Margins, 0] });
        certificate.Mismatches.ShouldBe(1);
        certificate.FirstDifference.ShouldBe("1 replayed decisions have no answer");
    }
}
