namespace Lintel.Training.Metrics;

/// <summary>Ranked rows in descending order of their probabilities. A calibrator never decreases, so this is the rank order
/// itself in the common case; else rows are sorted once more.</summary>
internal sealed class ProbabilityOrder
{
    private readonly int[]? _rows;

    public ProbabilityOrder(RankedRows rows)
    {
        var probabilities = rows.Probabilities!;
        var sorted = probabilities;
        for (var i = 1; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] <= probabilities[i - 1]))
            {
                _rows = Ranking.Descending(probabilities);
                sorted = [.. _rows.Select(r => probabilities[r])];
                break;
            }
        }
        TieEnds = Ranking.TieEnds(sorted);
    }

    /// <summary>Exclusive ends of the groups of equal probability.</summary>
    public int[] TieEnds { get; }

    /// <summary>The rank of the row that stands here.</summary>
    public int Row(int place) => _rows is null ? place : _rows[place];
}
