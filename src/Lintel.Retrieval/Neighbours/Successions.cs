namespace Lintel.Retrieval.Neighbours;

/// <summary>How often one item comes soon after another in a user's row.</summary>
internal static class Successions
{
    /// <summary>Pairs in both directions, <c>Σ 1 / gap / (√(n_i n_j) + shrink)</c>.</summary>
    internal static Action<int, NeighbourRow> Together(Sequences users, int count, ItemToItemParameters settings)
    {
        var within = settings.Within.Ticks / TimeSpan.TicksPerMicrosecond;
        var occurrences = Occurrences(users, count);
        return (place, row) =>
        {
            foreach (var position in users.Occurrences(place))
            {
                var here = users[position];
                var (from, to) = users.Of(here.Entity);
                for (var gap = 1; gap <= settings.Reach && position - gap >= from; gap++)
                {
                    if (here.Known - users[position - gap].Known > within) { break; }
                    Add(users, place, position - gap, gap, row);
                }
                for (var gap = 1; gap <= settings.Reach && position + gap < to; gap++)
                {
                    if (users[position + gap].Known - here.Known > within) { break; }
                    Add(users, place, position + gap, gap, row);
                }
            }
            foreach (var other in row.Touched)
            {
                row[other] /= Math.Sqrt(occurrences[place] * occurrences[other]) + settings.Shrink;
            }
        };
    }

    /// <summary>Forward only, smoothed by popularity: <c>(Σ 1 / gap + μ n_j / n) / (Σ_j Σ 1 / gap + μ)</c>.</summary>
    internal static Action<int, NeighbourRow> Next(Sequences users, int count, int steps, double smoothing)
    {
        var occurrences = Occurrences(users, count);
        return (place, row) =>
        {
            var total = smoothing;
            foreach (var position in users.Occurrences(place))
            {
                var (_, to) = users.Of(users[position].Entity);
                for (var gap = 1; gap <= steps && position + gap < to; gap++)
                {
                    total += Add(users, place, position + gap, gap, row);
                }
            }
            foreach (var other in row.Touched)
            {
                row[other] = (row[other] + (smoothing * occurrences[other] / users.Count)) / total;
            }
        };
    }

    private static double Add(Sequences users, int place, int at, int gap, NeighbourRow row)
    {
        if (users.Places[at] == place) { return 0; }
        var weight = users[at].Weight / (double)gap;
        row.Add(users.Places[at], weight);
        return weight;
    }

    private static double[] Occurrences(Sequences users, int count) =>
        [.. Enumerable.Range(0, count).Select(place => (double)users.Occurrences(place).Length)];
}
