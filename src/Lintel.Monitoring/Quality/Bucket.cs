namespace Lintel.Monitoring.Quality;

/// <summary>One step of the window: what became known in it.</summary>
internal sealed class Bucket(QualityPlan plan)
{
    /// <summary>Most groups that are told apart in a step; the rest counts together.</summary>
    private const int MostGroups = 200;

    private const string Others = "(others)";

    private readonly Cell?[] _slices = new Cell?[plan.Slices.Length];
    private readonly Cell?[] _hours = new Cell?[24];
    private readonly Dictionary<string, Cell> _groups = new(StringComparer.Ordinal);

    /// <summary>Decisions given.</summary>
    public long Decisions { get; set; }

    /// <summary>Those of them whose scoring failed: they have no estimate.</summary>
    public long Failed { get; set; }

    public long Censored { get; set; }

    public long Unheard { get; set; }

    public Cell All { get; } = new(plan);

    public Cell? Slice(int slice) => _slices[slice];

    public Cell? Hour(int hour) => _hours[hour];

    public IReadOnlyDictionary<string, Cell> Groups => _groups;

    /// <summary>Every cell that a decision counts in, into a list.</summary>
    public void CellsOf(WaitingEstimate waiting, List<Cell> cells)
    {
        cells.Add(All);
        cells.Add(_hours[waiting.Hour] ??= new(plan));
        for (var s = 0; s < _slices.Length; s++)
        {
            if (waiting.Slices[s]) { cells.Add(_slices[s] ??= new(plan)); }
        }
        if (waiting.Group is not { } group) { return; }
        if (!_groups.TryGetValue(group, out var cell))
        {
            if (_groups.Count >= MostGroups && group != Others) { _groups.TryGetValue(group = Others, out cell); }
            if (cell is null) { _groups.Add(group, cell = new(plan)); }
        }
        cells.Add(cell);
    }
}
