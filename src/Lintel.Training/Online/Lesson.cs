using Lintel.Numerics.Random;

namespace Lintel.Training.Online;

/// <summary>A row that a learner learns at an instant, with what was believed of its label then.</summary>
/// <param name="At">Microseconds.</param> <param name="Row">Of the <see cref="LearningRows"/>.</param>
internal readonly record struct Lesson(long At, int Row, float Label)
{
    /// <summary>The lessons that rows give, in the order in which they are learned.</summary>
    /// <remarks>The fit has seen settled rows only. Those of the end of train that had not settled go on as they settle, whatever they are:
    /// their positives alone, before the first negative comes, would teach that everything is clicked.</remarks>
    /// <param name="keptNegatives">Share of the negatives that is learned, as the model that goes on was fitted; the same rows for the same
    /// seed.</param>
    public static Lesson[] Of(LearningRows rows, LabelWait wait, double keptNegatives, ulong seed)
    {
        var examples = rows.Examples;
        var lessons = new List<Lesson>(rows.Following.Length);
        foreach (var row in rows.Following)
        {
            var isPositive = examples.Labels[row] > 0;
            if (wait == LabelWait.UntilSettled || examples.Known[row] < rows.Train.To)
            {
                if (isPositive || IsKept(keptNegatives, seed, row)) { lessons.Add(new(rows.Settled[row], row, examples.Labels[row])); }
                continue;
            }
            if (isPositive) { lessons.Add(new(examples.LabelKnown[row], row, 1)); }
            if (isPositive && wait == LabelWait.UntilKnown) { continue; }
            if (!IsKept(keptNegatives, seed, row)) { continue; }
            lessons.Add(new(wait == LabelWait.UntilKnown ? examples.LabelKnown[row] : examples.Known[row], row, 0));
        }
        return [.. lessons.OrderBy(static l => l.At).ThenBy(static l => l.Row).ThenBy(static l => l.Label)];
    }

    private static bool IsKept(double share, ulong seed, int row) =>
        share >= 1 || (RandomStream.Mix(seed ^ RandomStream.Mix((ulong)row)) >> 11) * (1.0 / (1UL << 53)) < share;
}
