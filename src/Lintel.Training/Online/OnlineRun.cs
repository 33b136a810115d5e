using Lintel.Models;
using Lintel.Training.Splits;

namespace Lintel.Training.Online;

/// <summary>Progressive validation: a learner predicts each test row with what it knew before, and learns each row when its label allows.</summary>
/// <remarks>What predicts is the learner as it was published last: every so often it learns, in one go, the lessons that came before that
/// instant. That is a snapshot of a learner which never stopped, without the copies. Lessons of an instant are not known to the
/// decisions of that instant. The same rows give the same bits.</remarks>
/// <param name="columns">Features that the learner reads.</param>
internal sealed class OnlineRun(LearningRows rows, int[] columns, LabelWait wait, Lesson[] lessons)
{
    /// <summary>Lessons that are learned together.</summary>
    private const int Chunk = 1_024;

    private readonly float[] _features = new float[Chunk * columns.Length];
    private readonly float[] _labels = new float[Chunk];
    private readonly float[] _row = new float[columns.Length];

    /// <summary>Predicts the test rows of a stretch of time, [<see cref="LearningRows.Judged"/>], NaN outside it; everything that could be
    /// learned in it is learned at its end.</summary>
    /// <param name="learner">Goes on from what was known before the stretch.</param>
    /// <param name="publish">Time between two publications; zero: what is known is published before each row.</param>
    /// <param name="stretch">[From, To), microseconds.</param>
    public double[] Predict(
        IOnlineLearner learner, TimeSpan publish, Period stretch, IProgress<double>? progress, CancellationToken cancellation)
    {
        var interval = CalendarDay.Microseconds(publish);
        var margins = new double[rows.Judged.Length];
        Array.Fill(margins, double.NaN);
        var next = FirstAt(stretch.From);
        for (var i = 0; i < margins.Length; i++)
        {
            var row = rows.Judged[i];
            var known = rows.Examples.Known[row];
            if (known < stretch.From) { continue; }
            if (known >= stretch.To) { break; }
            if ((i & 4_095) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)i / margins.Length);
            }
            next = Learn(learner, next, interval == 0 ? known : known - (known % interval));
            Gather(row, _row);
            margins[i] = learner.Predict(_row);
        }
        _ = Learn(learner, next, stretch.To);
        return margins;
    }

    /// <summary>Learns what came before an instant.</summary>
    private int Learn(IOnlineLearner learner, int next, long before)
    {
        while (next < lessons.Length && lessons[next].At < before)
        {
            if (wait == LabelWait.Reweighted)
            {
                Reweighted(learner, lessons[next++]);
                continue;
            }
            var count = 0;
            for (; count < Chunk && next < lessons.Length && lessons[next].At < before; count++, next++)
            {
                Gather(lessons[next].Row, _features.AsSpan(count * columns.Length, columns.Length));
                _labels[count] = lessons[next].Label;
            }
            learner.Learn(_features.AsSpan(0, count * columns.Length), _labels.AsSpan(0, count), default, default);
        }
        return next;
    }

    /// <summary>See <see cref="LabelWait.Reweighted"/>.</summary>
    private void Reweighted(IOnlineLearner learner, Lesson lesson)
    {
        Gather(lesson.Row, _row);
        var p = 1 / (1 + Math.Exp(-learner.Predict(_row)));
        _ = learner.Learn(_row, lesson.Label, (float)(lesson.Label > 0 ? 1 + p : (1 - p) * (1 + p)));
    }

    private int FirstAt(long instant)
    {
        var (low, high) = (0, lessons.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (lessons[middle].At < instant) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    private void Gather(int row, Span<float> to)
    {
        var features = rows.Examples.Row(row);
        for (var c = 0; c < columns.Length; c++) { to[c] = features[columns[c]]; }
    }
}
