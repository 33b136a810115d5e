using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Parquet;
using Lintel.Features;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Export;

/// <summary>What the feature store hands out as Parquet: the training matrix, or the features of keys as of an instant. Both
/// come from the one engine that serves.</summary>
public static class FeatureExport
{
    /// <summary>Every decision with its features, its label and when that became known, and the part of the split it is in.</summary>
    /// <returns>Columns <c>id, known, part, label, label_known</c>, then the features.</returns>
    public static IReadOnlyList<ParquetColumn> Matrix(Preparation prepared, ITrainingProgress progress, CancellationToken cancellation)
    {
        var replay = Replay.Run(prepared, static _ => false, [], progress, cancellation);
        var examples = replay.Examples;
        var (rows, names) = (prepared.Decided.RowCount, prepared.Compiled.Plan.FeatureNames);
        var columns = new List<ParquetColumn>
        {
            new ParquetColumn.Text("id", [.. Enumerable.Range(0, rows).Select(r => prepared.Decided.Ids[r])]),
            new ParquetColumn.Instant("known", examples.Known),
            new ParquetColumn.Text("part", [.. Enumerable.Range(0, rows).Select(r => Part(prepared.Split, r))]),
            new ParquetColumn.Number("label", Array.ConvertAll(examples.Labels, static l => (double)l)),
            new ParquetColumn.Register("label_known",
                Array.ConvertAll(examples.LabelKnown, static k => k == LabelColumn.Never ? double.NaN : k), Design.Expressions.DataType.Time),
        };
        for (var f = 0; f < names.Length; f++)
        {
            var values = new double[rows];
            for (var r = 0; r < rows; r++) { values[r] = examples.Features[((long)r * names.Length) + f]; }
            columns.Add(new ParquetColumn.Number(names[f], values));
        }
        return columns;
    }

    /// <summary>The features of keys as a decision known at an instant would read them, whose other values are not known.</summary>
    /// <param name="entity">The key's name, e.g. <c>card</c>.</param>
    /// <param name="keys">Null: every key that a decided event had before the instant, in the order of their first.</param>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    /// <returns>Columns <c>{entity}, as_of</c>, then the features that need no other input.</returns>
    /// <exception cref="InvalidDataException">The decided event has no such key.</exception>
    public static IReadOnlyList<ParquetColumn> Keys(
        EventHistory history, FeaturePlan plan, string entity, IReadOnlyList<string>? keys, long at)
    {
        var decided = plan.Design.Decision.Each;
        var column = decided.Columns.Select(static (c, i) => (c, i)).Where(c => c.c.Kind == ColumnKind.Key && c.c.Name == entity)
            .Select(static c => c.i).DefaultIfEmpty(-1).First();
        if (column < 0)
        {
            throw new InvalidDataException(
                $"{decided} has no key '{entity}'; got '{entity}', expected one of {string.Join(", ", decided.Columns.Where(static c => c.Kind == ColumnKind.Key).Select(static c => c.Name))}");
        }
        var dictionary = history.Dictionaries[decided.Columns[column].Domain!];
        var engine = new FeatureEngine(plan, InstantOrder.Together);
        var seen = new List<int>();
        var known = new HashSet<int>();
        FeatureReplay.Each(history, engine, new() { End = at }, (in entry, registers) =>
        {
            if (!double.IsNaN(registers[column]) && known.Add((int)registers[column])) { seen.Add((int)registers[column]); }
        });
        // a key that nobody saw reads as one without a record
        int[] codes = keys is null ? [.. seen] : [.. keys.Select(k => dictionary.Find(k) is >= 0 and var code ? code : dictionary.Count)];
        int[] told = [.. Enumerable.Range(0, plan.FeatureCount).Where(f => FeatureInputs
            .Of(plan.Design, plan.Design.Features.First(d => d.Name == plan.FeatureNames[f])).Columns.All(c => c == column))];
        var values = told.Select(_ => new double[codes.Length]).ToArray();
        var (record, read) = (new double[decided.Columns.Length], new double[plan.RegisterCount]);
        for (var k = 0; k < codes.Length; k++)
        {
            record.AsSpan().Fill(double.NaN);
            (record[0], record[1], record[column]) = (at, at, codes[k]);
            engine.Peek(new() { Type = decided.Number, Number = -1, Subject = -1, Known = at, Values = record }, read);
            for (var f = 0; f < told.Length; f++) { values[f][k] = read[plan.FeatureStart + told[f]]; }
        }
        return
        [
            new ParquetColumn.Text(entity, [.. codes.Select((c, k) => keys is null ? dictionary.Text(c) : keys[k])]),
            new ParquetColumn.Instant("as_of", [.. codes.Select(_ => at)]),
            .. told.Select((f, i) => new ParquetColumn.Number(plan.FeatureNames[f], values[i])),
        ];
    }

    private static string? Part(SplitPlan split, int row) => split.Parts[row] switch
    {
        SplitPart.Train => "train",
        SplitPart.Validate => "validate",
        SplitPart.Test => "test",
        _ => null,
    };
}
