using Lintel.Numerics.Random;

namespace Lintel.Training.Online;

/// <summary>A row that a learner learns at an instant, with what was believed of its label then.</summary>
/// <param name="At">Microseconds.</param> <param name="Row">Of the <see cref="LearningRows"/>.</param>
internal readonly record struct Lesson(long At, int Row, float Label)
{
    /// <summary>The lessons that rows give, in the order in which they are learned.</summary>
    /// <param name="keptNegatives">Share of the negatives that is learned, as the model that goes on was fitted; the same rows for the same
    /// seed.</param>
    public static Lesson[] Of(LearningRows rows, LabelWait wait, double keptNegatives, ulong seed)
    {
        var examples = rows.Examples;
        var lessons = new List<Lesson>(rows.Following.Length);
        foreach (var row in rows.Following)
        {
            var isPositive = examples.Labels[row] > 0;
            if (isPositive) { lessons.Add(new(examples.LabelKnown[row], row, 1)); }
            if (isPositive && wait == LabelWait.UntilKnown) { continue; }
            if (keptNegatives < 1 && Draw(seed, row) >= keptNegatives) { continue; }
            lessons.Add(new(wait == LabelWait.UntilKnown ? examples.LabelKnown[row] : examples.Known[row], row, 0));
        }
        return [.. lessons.OrderBy(static l => l.At).ThenBy(static l => l.Row).ThenBy(static l => l.Label)];
    }

    private static double Draw(ulong seed, int row) => (RandomStream.Mix(seed ^ RandomStream.Mix((ulong)row)) >> 11) * (1.0 / (1UL << 53));
}
