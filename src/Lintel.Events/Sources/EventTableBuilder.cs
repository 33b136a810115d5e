using Lintel.Design;

namespace Lintel.Events.Sources;

/// <summary>Orders an event's rows, leaves out repeated ones, and finds each record's subject.</summary>
internal static class EventTableBuilder
{
    /// <param name="tables">Tables by number; the subject's is there.</param>
    internal static EventTable Build(EventRows rows, EventTable[] tables)
    {
        var design = rows.Event;
        var picked = StableOrder(rows.Time.Values);
        if (rows.HasIds && WithoutLogged(rows, picked) is { } files) { picked = files; }
        var ids = rows.HasIds ? rows.Ids.Pick(picked) : null;
        if (ids is not null && WithoutRepeats(rows, picked, ids) is { } once)
        {
            picked = once;
            ids = rows.Ids.Pick(picked);
        }
        var time = rows.Time.Pick(picked);
        var known = rows.Known.Count == 0 ? time : rows.Known.Pick(picked);
        var columns = new double[design.InheritedFrom][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = design.Columns[c].Kind switch
            {
                ColumnKind.Time => Array.ConvertAll(time, static t => (double)t),
                ColumnKind.Known => Array.ConvertAll(known, static t => (double)t),
                _ => rows.Columns[c].Pick(picked),
            };
        }
        return new()
        {
            Event = design,
            RowCount = picked.Length,
            Columns = columns,
            FieldsKnown = Array.Exists(rows.KnownAt, static k => k is not null)
                ? Array.ConvertAll(rows.KnownAt, k => k?.Pick(picked))
                : null,
            Ids = ids ?? new IdColumn.Numbers(rows.Origins.Pick(picked)),
            Subjects = design.About is { } about ? Subjects(rows, picked, tables[about.Event.Number]) : null,
            Places = rows.Places.Count == 0
                ? null
                : Array.ConvertAll(picked, r => r < rows.FirstLogged ? -1 : rows.Places.Values[r - rows.FirstLogged]),
        };
    }

    /// <summary>Rows by time, those of one time in the order of the source.</summary>
    internal static int[] StableOrder(ReadOnlySpan<long> keys)
    {
        var order = new int[keys.Length];
        var isSorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            isSorted &= i == 0 || keys[i - 1] <= keys[i];
        }
        if (isSorted) { return order; }
        var sorted = keys.ToArray();
        Array.Sort(sorted, order);
        // Array.Sort is not stable: put runs of one key back into source order
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && sorted[end] == sorted[start]) { end++; }
            if (end - start > 1) { Array.Sort(order, start, end - start); }
            start = end;
        }
        return order;
    }

    /// <summary>A record that stands in files and in the log counts once, as the log has it: that is when it was accepted,
    /// and what decisions then read.</summary>
    /// <returns>Rows that stay; null: all.</returns>
    private static int[]? WithoutLogged(EventRows rows, int[] picked)
    {
        var first = rows.FirstLogged;
        if (first == 0 || first == rows.Time.Count) { return null; }
        var logged = rows.Ids.Pick([.. Enumerable.Range(first, rows.Time.Count - first)]);
        var index = new IdIndex(logged, rows.Time.Count - first);
        var ids = rows.Ids.Pick(picked);
        var left = new List<int>(picked.Length);
        for (var i = 0; i < picked.Length; i++)
        {
            if (picked[i] >= first || index.Find(ids, i) < 0)
            {
                left.Add(picked[i]);
                continue;
            }
            rows.Faults.AddAtLine(
                rows.Event.Source, "also in the log", rows.Event.Id, dropped: true, isBad: false,
                rows.Origins.Values[picked[i]] + 1, ids[i]);
        }
        return left.Count == picked.Length ? null : [.. left];
    }

    /// <summary>Of decided and plain events the first record of an id counts; of events about another one, every record does, and the
    /// latest known of a subject replaces the ones before it.</summary>
    /// <returns>Rows that stay; null: all.</returns>
    private static int[]? WithoutRepeats(EventRows rows, int[] picked, IdColumn ids)
    {
        var repeats = new IdIndex(ids, picked.Length).Repeats;
        if (repeats.Count == 0) { return null; }
        var corrects = rows.Event.About is not null;
        foreach (var row in repeats)
        {
            rows.Faults.AddAtLine(
                rows.Event.Source, corrects ? "correction" : "duplicate id", rows.Event.Id, dropped: !corrects, isBad: false,
                rows.Origins.Values[picked[row]] + 1, ids[row]);
        }
        if (corrects) { return null; }
        var left = new List<int>(picked.Length - repeats.Count);
        var next = 0;
        for (var i = 0; i < picked.Length; i++)
        {
            if (next < repeats.Count && repeats[next] == i) { next++; }
            else { left.Add(picked[i]); }
        }
        return [.. left];
    }

    private static int[] Subjects(EventRows rows, int[] picked, EventTable parent)
    {
        var wanted = rows.SubjectIds.Pick(picked);
        var index = new IdIndex(parent.Ids, parent.RowCount);
        var subjects = new int[picked.Length];
        for (var i = 0; i < subjects.Length; i++)
        {
            subjects[i] = index.Find(wanted, i);
            if (subjects[i] < 0)
            {
                rows.Faults.AddAtLine(
                    rows.Event.Source, $"unknown {parent.Event.Name}", rows.Event.About!.Column, dropped: false, isBad: false,
                    rows.Origins.Values[picked[i]] + 1, wanted[i]);
            }
        }
        return subjects;
    }
}
