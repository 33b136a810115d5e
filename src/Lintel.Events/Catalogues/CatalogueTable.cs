using Lintel.Design;

namespace Lintel.Events.Catalogues;

/// <summary>A catalogue in columns, by the codes of its entity's keys: events and candidates name a thing by the same code.
/// Immutable. Codes without a row (keys that only events name) have no fields and are never candidates.</summary>
public sealed class CatalogueTable
{
    private readonly double[][] _columns;
    private readonly int[]?[] _listStarts;
    private readonly int[]?[] _listMembers;
    private readonly long[] _from, _until;

    /// <param name="columns">[field][code]; missing is NaN; of a list: anything but NaN where it is there.</param>
    /// <param name="listStarts">[field]: null for a field that is no list, else [code count + 1].</param>
    /// <param name="listMembers">[field]: codes of the field's own dictionary, each list in its file's order.</param>
    /// <param name="from">[code]; <see cref="long.MaxValue"/>: never, or not in the catalogue.</param>
    /// <param name="until">[code]; <see cref="long.MaxValue"/>: without end.</param>
    public CatalogueTable(
        CatalogueDesign design, double[][] columns, int[]?[] listStarts, int[]?[] listMembers, long[] from, long[] until)
    {
        Design = design;
        (_columns, _listStarts, _listMembers, _from, _until) = (columns, listStarts, listMembers, from, until);
    }

    public CatalogueDesign Design { get; }

    internal long[] Froms => _from;

    internal long[] Untils => _until;

    internal double[] Column(int field) => _columns[field];

    internal int[]? ListStarts(int field) => _listStarts[field];

    internal int[]? ListMembers(int field) => _listMembers[field];

    /// <summary>Codes that it knows of: 0 to Count − 1.</summary>
    public int Count => _from.Length;

    /// <summary>A field's value; NaN where it is missing, for a missing key, and for one that came later.</summary>
    public double Value(int field, double code) => code >= 0 && code < Count ? _columns[field][(int)code] : double.NaN;

    /// <summary>Members of a list, codes of the field's dictionary; empty where it is missing.</summary>
    public ReadOnlySpan<int> List(int field, double code)
    {
        if (!(code >= 0 && code < Count)) { return []; }
        var starts = _listStarts[field] ?? throw new ArgumentException($"'{Design.Fields[field].Name}' is no list", nameof(field));
        return _listMembers[field].AsSpan(starts[(int)code]..starts[(int)code + 1]);
    }

    /// <summary>Whether a thing could be had at an instant.</summary>
    public bool IsThere(int code, long instant) => (uint)code < (uint)Count && _from[code] <= instant && instant < _until[code];

    /// <summary>From when on it can be had, microseconds; <see cref="long.MaxValue"/>: never, or no row.</summary>
    public long From(int code) => (uint)code < (uint)Count ? _from[code] : long.MaxValue;

    public long Until(int code) => (uint)code < (uint)Count ? _until[code] : long.MinValue;
}
