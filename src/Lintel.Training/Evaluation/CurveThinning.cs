namespace Lintel.Training.Evaluation;

/// <summary>Leaves out points of a line that the eye would not miss: keeps the ends, then again and again the point furthest from
/// the line drawn so far. Source: Douglas and Peucker, Cartographica 10(2), 1973, by count instead of by tolerance.</summary>
public static class CurveThinning
{
    /// <returns>The points kept, in order, and how far the furthest point left out lies from the line, in the units of the axes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 2.</exception>
    public static (double[] Xs, double[] Ys, double Deviation) Thin(double[] xs, double[] ys, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (xs.Length <= most) { return (xs, ys, 0); }
        var kept = new SortedSet<int> { 0, xs.Length - 1 };
        var open = new PriorityQueue<(int From, int To, int Furthest), double>();
        Push(0, xs.Length - 1);
        while (kept.Count < most && open.TryDequeue(out var part, out _))
        {
            _ = kept.Add(part.Furthest);
            Push(part.From, part.Furthest);
            Push(part.Furthest, part.To);
        }
        var deviation = open.TryPeek(out _, out var negated) ? Math.Sqrt(-negated) : 0;
        return ([.. kept.Select(i => xs[i])], [.. kept.Select(i => ys[i])], deviation);

        void Push(int from, int to)
        {
            var (furthest, squared) = Furthest(xs, ys, from, to);
            if (furthest >= 0 && squared > 0) { open.Enqueue((from, to, furthest), -squared); }
        }
    }

    private static (int Index, double SquaredDistance) Furthest(double[] xs, double[] ys, int from, int to)
    {
        var (furthest, most) = (-1, 0.0);
        for (var i = from + 1; i < to; i++)
        {
            var d = SquaredDistance(xs[i], ys[i], xs[from], ys[from], xs[to], ys[to]);
            if (d > most) { (furthest, most) = (i, d); }
        }
        return (furthest, most);
    }

    /// <summary>Of a point from a stretch of line, ends included.</summary>
    internal static double SquaredDistance(double x, double y, double x0, double y0, double x1, double y1)
    {
        double dx = x1 - x0, dy = y1 - y0;
        var length = (dx * dx) + (dy * dy);
        var t = length == 0 ? 0 : Math.Clamp((((x - x0) * dx) + ((y - y0) * dy)) / length, 0, 1);
        double ex = x - x0 - (t * dx), ey = y - y0 - (t * dy);
        return (ex * ex) + (ey * ey);
    }
}
