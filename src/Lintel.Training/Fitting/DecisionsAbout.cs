using Lintel.Design;
using Lintel.Events;

namespace Lintel.Training.Fitting;

/// <summary>Which decisions a record of an event speaks of: the one that it is about, or all that are about the same subject.</summary>
public sealed class DecisionsAbout
{
    private readonly int[] _subjects;
    // by subject: where its decisions stand in _rows; null: the subject is the decision
    private readonly int[]? _starts;
    private readonly int[] _rows = [];

    /// <param name="design">An event about the decided event, or about what that is about.</param>
    public DecisionsAbout(EventHistory history, EventDesign design)
    {
        var each = history.Design.Decision.Each;
        _subjects = history.Tables[design.Number].Subjects ?? [];
        if (design.About?.Event == each || each.About is not { } about) { return; }
        var asked = history.Tables[each.Number].Subjects!;
        _starts = new int[history.Tables[about.Event.Number].RowCount + 1];
        foreach (var subject in asked)
        {
            if (subject >= 0) { _starts[subject + 1]++; }
        }
        for (var s = 1; s < _starts.Length; s++) { _starts[s] += _starts[s - 1]; }
        _rows = new int[_starts[^1]];
        int[] next = [.. _starts];
        for (var row = 0; row < asked.Length; row++)
        {
            if (asked[row] >= 0) { _rows[next[asked[row]]++] = row; }
        }
    }

    /// <summary>Rows of the decided event's table, in their order; −1 where a record's subject is not there.</summary>
    /// <param name="row">Of the event's table.</param>
    public ReadOnlySpan<int> Of(int row)
    {
        if (_starts is null) { return _subjects.AsSpan(row, 1); }
        var subject = _subjects[row];
        return subject < 0 ? [] : _rows.AsSpan(_starts[subject], _starts[subject + 1] - _starts[subject]);
    }
}
