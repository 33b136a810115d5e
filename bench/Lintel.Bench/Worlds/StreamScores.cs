namespace Lintel.Bench.Worlds;

/// <summary>Probabilities of shown ads beside their clicks, by day and by who said them.</summary>
internal sealed class StreamScores(params string[] names)
{
    private readonly SortedDictionary<int, (double Loss, double Promised)[]> _said = [];
    private readonly SortedDictionary<int, (int Rows, int Clicks)> _seen = [];

    /// <param name="probabilities">In the order of the names.</param>
    public void Add(int day, bool isClicked, ReadOnlySpan<double> probabilities)
    {
        if (!_said.TryGetValue(day, out var said)) { _said.Add(day, said = new (double, double)[names.Length]); }
        for (var i = 0; i < said.Length; i++)
        {
            var p = Math.Clamp(probabilities[i], 1e-9, 1 - 1e-9);
            said[i] = (said[i].Loss - Math.Log(isClicked ? p : 1 - p), said[i].Promised + p);
        }
        var seen = _seen.GetValueOrDefault(day);
        _seen[day] = (seen.Rows + 1, seen.Clicks + (isClicked ? 1 : 0));
    }

    /// <summary>A line a day, and one for each of the stretches: normalised entropy and calibration by name.</summary>
    public void Print(params (string Name, int From, int To)[] stretches)
    {
        Console.WriteLine($"{"day",-18} {"shown",8} {"clicks",7}  " + string.Join("  ", names.Select(static n => $"{n,-14}")));
        foreach (var day in _seen.Keys) { Print($"{day + 1}", day, day + 1); }
        foreach (var (name, from, to) in stretches) { Print(name, from, to); }
    }

    private void Print(string name, int from, int to)
    {
        int rows = 0, clicks = 0;
        var sums = new (double Loss, double Promised)[names.Length];
        foreach (var (day, said) in _said)
        {
            if (day < from || day >= to) { continue; }
            (rows, clicks) = (rows + _seen[day].Rows, clicks + _seen[day].Clicks);
            for (var i = 0; i < said.Length; i++) { sums[i] = (sums[i].Loss + said[i].Loss, sums[i].Promised + said[i].Promised); }
        }
        if (rows == 0) { return; }
        var rate = (double)clicks / rows;
        var prior = -((rate * Math.Log(rate)) + ((1 - rate) * Math.Log(1 - rate)));
        Console.WriteLine($"{name,-18} {rows,8:N0} {clicks,7:N0}  "
            + string.Join("  ", sums.Select(s => $"{s.Loss / rows / prior:0.0000} ({s.Promised / clicks:0.000})")));
    }
}
