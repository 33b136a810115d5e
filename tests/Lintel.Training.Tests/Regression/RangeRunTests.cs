using System.Text.Json;
using Lintel.Design;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Regression;

/// <summary>Ranges that follow outcomes, from the design to what a live service would fill in: orders take eight minutes longer from the
/// middle of the test on.</summary>
public sealed class RangeRunTests : IClassFixture<RangeRunTests.Made>
{
    private const string Range = "      range: { kind: conformal, of: [minutes], cover: [80%], by: store, window: 200, at least: 60, rate: 0.02 }\n";

    private readonly Made _made;

    public RangeRunTests(Made made) => _made = made;

    public sealed class Made : IDisposable
    {
        internal Deliveries Deliveries { get; } = new(20, slowFrom: 17, ("early stop: 10 }\n", "early stop: 10 }\n" + Range.TrimStart().Insert(0, "  ")));

        internal TrainingResult Result { get; }

        public Made() => Result = Deliveries.Train();

        public void Dispose() => Deliveries.Dispose();
    }

    private VersionManifest Manifest => _made.Result.Manifest;

    [Fact]
    public void A_range_comes_back_to_its_share_where_fitted_quantiles_lose_it()
    {
        var fitted = Manifest.Models["minutes"]["coverage@80%"]!.Value;
        var moved = Manifest.Metrics["coverage@80%"].Test!.Value;
        fitted.ShouldBeLessThan(0.6);
        moved.ShouldBeInRange(0.74, 0.86);
        Manifest.Models.Keys.ShouldBe(["minutes", "range", "usual"]);
        Manifest.Estimate!.Quantiles.Select(static q => q.Model).ShouldBe(["range@10%", "range", "range@90%"]);
    }

    [Fact]
    public void What_moves_an_end_is_known_before_the_decision()
    {
        var (prepared, replay) = (_made.Result.Prepared, _made.Result.Replay!);
        var shift = prepared.Compiled.Plan.FeatureNames.IndexOf("range.shift@90%");
        float Shift(int row) => replay.Examples.Row(row)[shift];
        var rows = prepared.Split.AllRows(SplitPart.Test).OrderBy(r => prepared.Known[r]).ToList();
        var slow = CalendarDay.Microseconds(TimeSpan.FromDays(17)) + new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
        var before = rows.Where(r => prepared.Known[r] < slow).TakeLast(50).Average(Shift);
        // the first slow orders are not there yet when the next ones are asked for
        rows.Where(r => prepared.Known[r] >= slow).Take(3).Average(Shift).ShouldBeLessThan(before + 3);
        rows.TakeLast(50).Average(Shift).ShouldBeGreaterThan(before + 4);
    }

    [Fact]
    public void A_service_that_goes_on_from_the_tests_state_fills_in_the_same()
    {
        var (prepared, replay) = (_made.Result.Prepared, _made.Result.Replay!);
        var version = SystemVersion.Load(_made.Result.Folder, Deliveries.Kinds);
        var run = EvaluationRun.Decide(version, prepared, replay);
        var plan = prepared.Compiled.Plan;
        var state = LiveState.Load(Path.Combine(_made.Result.Folder, VersionFiles.StateAtTest), prepared.Compiled, InstantOrder.Together);
        var (decided, from) = (prepared.Design.Decision.Each.Number, prepared.Split.Periods[SplitPart.Test].From);
        var registers = new double[plan.RegisterCount];
        var values = new double[prepared.Design.Events.Max(static e => e.Columns.Length)];
        var compared = 0;
        foreach (var entry in prepared.History.Order)
        {
            if (entry.Known < from) { continue; }
            var record = prepared.History.Read(entry, values);
            if (entry.Type != decided)
            {
                state.Ranges!.Take(record);
                continue;
            }
            replay.Registers.Read(entry.Row, registers);
            state.Ranges!.Fill(registers);
            for (var f = 0; f < plan.FeatureCount; f++)
            {
                if (plan.FeatureNames[f].Contains(".shift@")) { registers[plan.FeatureStart + f].ShouldBe(replay.Examples.Row(entry.Row)[f]); }
            }
            version.Score(registers);
            state.Ranges.Take(record);
            state.Ranges.Decided(entry.Row, registers);
            compared++;
        }
        compared.ShouldBe(run.Rows.Length);
        state.Ranges!.Waiting.ShouldBeGreaterThan(0, "orders of the last minutes");
    }

    [Fact]
    public void A_version_judged_again_says_what_its_manifest_says()
    {
        var again = Reevaluation.Run(Manifest.Version, _made.Deliveries.Request);
        string Figures(VersionManifest m) => JsonSerializer.Serialize(new { m.Metrics, m.Models, m.Slices, m.Gates, m.Estimate, m.Curves }, VersionManifest.Json);
        Figures(again).ShouldBe(Figures(Manifest));
    }

    [Fact]
    public void A_version_that_keeps_no_ranges_is_not_judged_again()
    {
        var path = Path.Combine(_made.Result.Folder, VersionFiles.RangesAtValidate);
        File.Move(path, path + ".away");
        try
        {
            var fault = Should.Throw<InvalidDataException>(() => Reevaluation.Run(Manifest.Version, _made.Deliveries.Request));
            fault.Message.ShouldContain("validate-start.ranges");
        }
        finally { File.Move(path + ".away", path); }
    }

    [Theory]
    [InlineData("cover: [80%]", "cover: [90%]", "a range of 90% ends at the 5% quantile, which the model does not give")]
    [InlineData("of: [minutes]", "of: [usual]", "'range' covers ranges of quantiles")]
    [InlineData("by: store", "by: stor", "there is no feature 'stor'")]
    public void What_cannot_be_covered_is_told(string old, string replacement, string expected)
    {
        using var faulty = new Deliveries(2, ("early stop: 10 }\n", "early stop: 10 }\n  " + Range.TrimStart().Replace(old, replacement)));
        var fault = Should.Throw<Lintel.Design.Diagnostics.DesignException>(() => DesignFile.Load(faulty.Request.DesignPath, Deliveries.Kinds));
        string.Join('\n', fault.Diagnostics.Select(static d => d.Message)).ShouldContain(expected);
    }
}
