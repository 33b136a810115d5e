using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Grammar;

/// <summary>Lays out what a ranking's expressions read; see <see cref="RankingDesign.Row"/>.</summary>
internal static class CandidateRow
{
    public static RankingDesign Lay(RankingDesign ranking, EventDesign decided, BindingContext context)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnDesign>();
        columns.AddRange(decided.Columns);
        foreach (var catalogue in context.Catalogues)
        {
            if (decided.FindKey(catalogue.Name) >= 0) { columns.AddRange(FieldsOf(catalogue)); }
        }
        var start = columns.Count;
        var at = ranking.Of.At;
        columns.Add(new(ranking.Of.Name, ColumnKind.Key, DataType.Key, ranking.Of.Name, null, null, ColumnDesign.DefaultScale, at));
        columns.AddRange(FieldsOf(ranking.Of));
        columns.Add(Number($"{ranking.Of.Name}.from", DataType.Time, at));
        foreach (var candidate in ranking.Candidates)
        {
            columns.Add(Number(candidate.RankColumn, DataType.Number, candidate.At));
            columns.Add(Number(candidate.ScoreColumn, DataType.Number, candidate.At));
        }
        // names of sources that are at fault themselves fit everywhere
        foreach (var broken in context.BrokenSources)
        {
            columns.Add(Number($"{broken}.rank", DataType.Missing, at));
            columns.Add(Number($"{broken}.score", DataType.Missing, at));
        }
        if (decided.FindKey(ranking.Of.Name) >= 0)
        {
            context.Error(FaultCodes.Conflict, decided.At, $"'{decided.Name}' has a key '{ranking.Of.Name}', which is what is ranked", null,
                $"a decided event that names no {ranking.Of.Name}", "give that key another name");
        }
        return ranking with
        {
            Row = decided with { Columns = columns.ToImmutable(), About = null },
            CandidateStart = start,
        };
    }

    private static IEnumerable<ColumnDesign> FieldsOf(CatalogueDesign catalogue) =>
        catalogue.Fields.Select(f => f with { Name = $"{catalogue.Name}.{f.Name}", Source = null });

    private static ColumnDesign Number(string name, DataType type, SourceSpan at) =>
        new(name, ColumnKind.Field, type, null, null, null, ColumnDesign.DefaultScale, at);
}
