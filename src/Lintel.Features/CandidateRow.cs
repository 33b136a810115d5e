using Lintel.Design;
using Lintel.Events.Catalogues;

namespace Lintel.Features;

/// <summary>Fills the columns of a ranking's row (see <see cref="RankingDesign.Row"/>): what the request brings once, then one
/// candidate's in its place. Thread-safe.</summary>
public sealed class CandidateRow
{
    private readonly RankingDesign _ranking;
    private readonly (int Register, int Key, CatalogueTable Catalogue, int Field)[] _asked;
    private readonly CatalogueTable _items;
    private readonly int _fields;

    internal CandidateRow(RankingDesign ranking, IReadOnlyList<CatalogueTable> catalogues)
    {
        _ranking = ranking;
        _items = catalogues.FirstOrDefault(c => c.Design.Name == ranking.Of.Name)
            ?? throw new ArgumentException($"the catalogue '{ranking.Of.Name}' is not there", nameof(catalogues));
        _fields = _items.Design.Fields.Length;
        var columns = ranking.Row.Columns;
        _asked = [.. Enumerable.Range(0, ranking.CandidateStart).Select(c => (Register: c, Name: columns[c].Name.Split('.')))
            .Where(c => c.Name.Length == 2 && catalogues.Any(t => t.Design.Name == c.Name[0] && t.Design.Find(c.Name[1]) >= 0)
                && ranking.Row.FindKey(c.Name[0]) is >= 0 and var key && key < ranking.CandidateStart)
            .Select(c =>
            {
                var catalogue = catalogues.First(t => t.Design.Name == c.Name[0]);
                return (c.Register, ranking.Row.FindKey(c.Name[0]), catalogue, catalogue.Design.Find(c.Name[1]));
            })];
    }

    public CatalogueTable Items => _items;

    public RankingDesign Ranking => _ranking;

    /// <summary>The first register of a candidate's own columns: its item's code.</summary>
    public int CandidateStart => _ranking.CandidateStart;

    /// <summary>Fills what the request brings: the decided record's values, and the fields of its keys' catalogues.</summary>
    /// <param name="values">Of the decided record.</param>
    public void FillRequest(ReadOnlySpan<double> values, Span<double> registers)
    {
        values.CopyTo(registers);
        foreach (var (register, key, catalogue, field) in _asked)
        {
            registers[register] = catalogue.Value(field, registers[key]);
        }
    }

    /// <summary>Fills one candidate's columns.</summary>
    /// <param name="ranks">[sources]: from 1; 0: that source did not offer it.</param>
    public void FillCandidate(int item, ReadOnlySpan<int> ranks, Span<double> registers)
    {
        var at = _ranking.CandidateStart;
        registers[at++] = item;
        for (var field = 0; field < _fields; field++) { registers[at++] = _items.Value(field, item); }
        var from = _items.From(item);
        registers[at++] = from is long.MaxValue or long.MinValue ? double.NaN : from;
        for (var s = 0; s < ranks.Length; s++)
        {
            registers[at++] = ranks[s] == 0 ? double.NaN : ranks[s];
            registers[at++] = ranks[s] == 0 ? 0 : 1 - ((ranks[s] - 1.0) / _ranking.Candidates[s].Take);
        }
    }
}
