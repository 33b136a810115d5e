namespace Lintel.Retrieval.Neighbours;

/// <summary>How alike items are by the users who had both.</summary>
internal static class SharedUsers
{
    /// <summary>BM25's usual saturation and normalisation by length.</summary>
    private const double K = 1.2, B = 0.75;

    /// <summary><c>Σ w_ui w_uj / (|w_i| |w_j| + shrink)</c>.</summary>
    internal static Action<int, NeighbourRow> Cosine(Sequences users, int count, double shrink)
    {
        var values = new double[users.Count];
        var norms = new double[count];
        for (var position = 0; position < values.Length; position++)
        {
            values[position] = users[position].Weight;
            norms[users.Places[position]] += values[position] * values[position];
        }
        for (var place = 0; place < count; place++) { norms[place] = Math.Sqrt(norms[place]); }
        return (place, row) =>
        {
            Products(users, values, place, row);
            foreach (var other in row.Touched) { row[other] /= (norms[place] * norms[other]) + shrink; }
        };
    }

    /// <summary>Dot products of the items' BM25 vectors over users.</summary>
    internal static Action<int, NeighbourRow> Bm25(Sequences users, int count)
    {
        var lengths = new double[count];
        for (var position = 0; position < users.Count; position++)
        {
            lengths[users.Places[position]] += users[position].Weight;
        }
        var mean = lengths.Sum() / count;
        var values = new double[users.Count];
        for (var user = 0; user < users.UserCount; user++)
        {
            var (from, to) = users.Of(user);
            // of all items, how few this user had
            var idf = Math.Log(1 + ((count - (to - from) + 0.5) / (to - from + 0.5)));
            for (var position = from; position < to; position++)
            {
                double weight = users[position].Weight;
                var length = 1 - B + (B * lengths[users.Places[position]] / mean);
                values[position] = idf * weight * (K + 1) / (weight + (K * length));
            }
        }
        return (place, row) => Products(users, values, place, row);
    }

    private static void Products(Sequences users, double[] values, int place, NeighbourRow row)
    {
        foreach (var position in users.Occurrences(place))
        {
            var (from, to) = users.Of(users[position].Entity);
            var value = values[position];
            for (var other = from; other < to; other++)
            {
                if (other != position) { row.Add(users.Places[other], value * values[other]); }
            }
        }
    }
}
