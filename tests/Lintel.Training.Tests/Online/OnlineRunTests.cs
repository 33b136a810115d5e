using Lintel.Models;
using Lintel.Training.Online;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Online;

/// <summary>Progressive validation: what a learner knows when it predicts.</summary>
public sealed class OnlineRunTests
{
    private const long HalfHour = 30 * DriftingClicks.Minute;

    private static readonly Period Always = new(long.MinValue, long.MaxValue);

    [Fact]
    public void A_row_is_learned_when_its_label_is_known()
    {
        using var clicks = new DriftingClicks();
        var (rows, _) = clicks.Fit();
        var lessons = Lesson.Of(rows, LabelWait.UntilKnown, 1, 1);
        lessons.Length.ShouldBe(rows.Following.Length);
        lessons.Select(static l => l.At).ShouldBeInOrder();
        foreach (var lesson in lessons.Where(l => rows.Examples.Known[l.Row] >= rows.Train.To))
        {
            lesson.Label.ShouldBe(rows.Examples.Labels[lesson.Row]);
            (lesson.At - rows.Examples.Known[lesson.Row]).ShouldBe(lesson.Label > 0 ? 5 * DriftingClicks.Minute : HalfHour);
        }
        // what train could not use yet settles before it is learned, so that its clicks do not come alone
        var late = lessons.Where(l => rows.Examples.Known[l.Row] < rows.Train.To).ToList();
        late.ShouldNotBeEmpty();
        late.ShouldAllBe(l => l.At == rows.Examples.Known[l.Row] + HalfHour);
    }

    [Fact]
    public void Reweighting_learns_every_row_at_once_and_a_click_again()
    {
        using var clicks = new DriftingClicks();
        var (rows, _) = clicks.Fit();
        var lessons = Lesson.Of(rows, LabelWait.Reweighted, 1, 1).Where(l => rows.Examples.Known[l.Row] >= rows.Train.To).ToList();
        var after = rows.Following.Where(r => rows.Examples.Known[r] >= rows.Train.To).ToList();
        lessons.Count.ShouldBe(after.Count + after.Count(r => rows.Examples.Labels[r] > 0));
        lessons.Where(static l => l.Label == 0).ShouldAllBe(l => l.At == rows.Examples.Known[l.Row]);
        lessons.Where(static l => l.Label > 0).ShouldAllBe(l => l.At == rows.Examples.Known[l.Row] + (5 * DriftingClicks.Minute));
    }

    [Fact]
    public void Settled_rows_are_learned_in_the_order_of_their_decisions()
    {
        using var clicks = new DriftingClicks();
        var (rows, _) = clicks.Fit();
        var lessons = Lesson.Of(rows, LabelWait.UntilSettled, 1, 1);
        lessons.Select(static l => l.Row).ShouldBe(rows.Following);
        lessons.ShouldAllBe(l => l.At == rows.Examples.Known[l.Row] + HalfHour);
    }

    [Fact]
    public void Between_publications_nothing_is_learned()
    {
        using var clicks = new DriftingClicks();
        var (rows, model) = clicks.Fit();
        var margins = Run(rows, LabelWait.UntilKnown).Predict(Resume(model), TimeSpan.FromDays(1), Always, null, default);
        var still = model.Score(model.Fitted, rows.Judged);
        // train ends at midnight, so the first day is served by the fit itself
        margins[..DriftingClicks.PerDay].ShouldBe(still[..DriftingClicks.PerDay]);
        margins[DriftingClicks.PerDay..].Zip(still[DriftingClicks.PerDay..]).Count(static p => p.First != p.Second)
            .ShouldBeGreaterThan(DriftingClicks.PerDay);
    }

    [Theory]
    [InlineData(LabelWait.UntilKnown, 0)]
    [InlineData(LabelWait.UntilKnown, 60)]
    [InlineData(LabelWait.UntilSettled, 60)]
    [InlineData(LabelWait.Reweighted, 5)]
    public void A_run_that_was_stopped_goes_on_to_the_byte(LabelWait wait, int minutes)
    {
        using var clicks = new DriftingClicks();
        var (rows, model) = clicks.Fit();
        var (publish, stop) = (TimeSpan.FromMinutes(minutes), rows.Test.From + (60 * HalfHour));
        var whole = Resume(model);
        var margins = Run(rows, wait).Predict(whole, publish, Always, null, default);

        var first = Resume(model);
        var before = Run(rows, wait).Predict(first, publish, new(long.MinValue, stop), null, default);
        using var stored = new MemoryStream(Written(first));
        var second = ((IOnlineTrainer)model.Trainer).ReadLearner(new(stored));
        var after = Run(rows, wait).Predict(second, publish, new(stop, long.MaxValue), null, default);

        before.Zip(after).Select(static p => double.IsNaN(p.First) ? p.Second : p.First).ShouldBe(margins);
        Written(second).ShouldBe(Written(whole));
        before.Count(static m => !double.IsNaN(m)).ShouldBe(180);
    }

    [Fact]
    public void A_fit_on_what_was_known_takes_settled_rows_only()
    {
        using var clicks = new DriftingClicks();
        var (rows, _) = clicks.Fit();
        foreach (var row in rows.Following) { rows.Settled[row].ShouldBe(rows.Examples.Known[row] + HalfHour); }
    }

    private static OnlineRun Run(LearningRows rows, LabelWait wait) => new(rows, [0, 1], wait, Lesson.Of(rows, wait, 1, 1));

    private static IOnlineLearner Resume(OnlineModel model) => ((IOnlineTrainer)model.Trainer).Resume(model.Fitted);

    private static byte[] Written(IOnlineLearner learner)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        learner.Write(writer);
        return stream.ToArray();
    }
}
