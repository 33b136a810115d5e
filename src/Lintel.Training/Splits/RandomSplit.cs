using Lintel.Design;
using Lintel.Numerics.Random;

namespace Lintel.Training.Splits;

/// <summary>Rows at random by the design's seed: what the review refuses unless a reason is given.</summary>
internal static class RandomSplit
{
    public static SplitPlan Make(SplitDesign.AtRandom design, SplitRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        new RandomStream(design.Seed).Shuffle<int>(order);
        var train = (int)Math.Round(design.Train * rows.Count);
        var validate = train + (int)Math.Round(design.Validate * rows.Count);
        var all = design.Train + design.Validate + design.Test;
        var test = all > 1 - 1e-9 ? rows.Count : validate + (int)Math.Round(design.Test * rows.Count);
        var parts = new SplitPart[rows.Count];
        for (var i = 0; i < order.Length; i++)
        {
            parts[order[i]] = i < train ? SplitPart.Train : i < validate ? SplitPart.Validate
                : i < test ? SplitPart.Test : SplitPart.Unused;
        }
        return SplitPlan.Timeless(parts, rows, "random");
    }
}
