using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features.Expressions;

namespace Lintel.Features.Planning;

/// <summary>Gathers aggregates, each once, and parts them into groups that share state.</summary>
internal sealed class AggregatePlanner(
    CodeDictionaries dictionaries, TimeZoneInfo zone, IReadOnlyList<CatalogueTable> catalogues)
{
    private readonly List<(Expression.Aggregate Aggregate, string Owner)> _aggregates = [];
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);

    internal int Count => _aggregates.Count;

    /// <param name="owner">What asked for it, for messages.</param>
    /// <returns>Its place among the aggregates.</returns>
    internal int Add(Expression.Aggregate aggregate, string owner)
    {
        var text = CanonicalText.Of(aggregate);
        if (!_indexOf.TryGetValue(text, out var index))
        {
            _indexOf.Add(text, index = _aggregates.Count);
            _aggregates.Add((aggregate, owner));
        }
        return index;
    }

    internal ImmutableArray<WindowGroup> Build() =>
    [
        .. _aggregates.Select(static (a, i) => (a.Aggregate, a.Owner, Register: i))
            .GroupBy(static a => string.Create(CultureInfo.InvariantCulture,
                $"{a.Aggregate.Source.Name} by {string.Join(',', a.Aggregate.SourceKeys)} for {string.Join(',', a.Aggregate.DecisionKeys)}"
                + $"{Fields(a.Aggregate)} where {CanonicalText.Of(a.Aggregate.Where)}"))
            .Select(g => Group(g.Key, [.. g])),
    ];

    private WindowGroup Group(string key, ImmutableArray<(Expression.Aggregate Aggregate, string Owner, int Register)> members)
    {
        var first = members[0].Aggregate;
        var values = new List<GroupValue>();
        var valueOf = members.Select(m => Value(m.Aggregate, m.Owner, values)).ToArray();
        var lengths = members.Select(static m => m.Aggregate.WindowMicroseconds ?? long.MaxValue).Distinct().Order().ToList();
        var word = WindowGroup.KeyWords + first.SourceKeys.Length;
        var tables = 0;
        var windows = ImmutableArray.CreateBuilder<GroupWindow>();
        var reads = ImmutableArray.CreateBuilder<AggregateRead>();
        for (var w = 0; w < lengths.Count; w++)
        {
            var (tail, count) = (word, word + 1);
            var hasEntries = WindowGroup.Replaces(first.Source) || lengths[w] != long.MaxValue;
            word += 2;
            var parts = new List<WindowPart>();
            for (var m = 0; m < members.Length; m++)
            {
                var aggregate = members[m].Aggregate;
                if ((aggregate.WindowMicroseconds ?? long.MaxValue) != lengths[w]) { continue; }
                var at = -1;
                var squares = -1;
                foreach (var kind in Parts(aggregate.Kind, !hasEntries))
                {
                    var known = parts.Find(p => p.Kind == kind && p.Value == valueOf[m]);
                    if (known == default)
                    {
                        known = new(kind, valueOf[m], word, kind == PartKind.Distinct ? tables++ : -1);
                        parts.Add(known);
                        word += WordsOf(kind);
                    }
                    if (kind == PartKind.Squares) { squares = known.Word; }
                    else { at = known.Word; }
                }
                reads.Add(new(aggregate.Kind, w, valueOf[m], at, squares, members[m].Register, hasEntries));
            }
            windows.Add(new(lengths[w], tail, count, [.. parts]));
        }
        return new()
        {
            Source = first.Source,
            SourceKeys = first.SourceKeys,
            DecisionKeys = first.DecisionKeys,
            KeyFields = [.. first.SourceKeys.Select((_, k) => FieldOf(first, k))],
            Where = first.Where is null ? null : ExpressionProgram.ForEvent(first.Where, dictionaries, zone),
            Values = [.. values],
            Windows = windows.ToImmutable(),
            Reads = reads.ToImmutable(),
            BlockWords = word,
            Canonical = $"{key}; values {string.Join(", ", values.Select(static v => v.Canonical))}; windows "
                + string.Join(", ", windows.Select(static w => string.Create(CultureInfo.InvariantCulture,
                    $"{w.Length}: {string.Join(' ', w.Parts.Select(static p => $"{p.Kind}{p.Value}"))}"))),
        };
    }

    private KeyField? FieldOf(Expression.Aggregate aggregate, int key)
    {
        if (aggregate.KeyFields.IsEmpty || aggregate.KeyFields[key] < 0) { return null; }
        var entity = aggregate.Source.Columns[aggregate.SourceKeys[key]].Domain;
        var catalogue = catalogues.FirstOrDefault(c => c.Design.Name == entity) ?? throw new ArgumentException(
            $"{aggregate.At}: the catalogue '{entity}' is not there; compile the design with the catalogues that were read",
            nameof(aggregate));
        return new(catalogue, aggregate.KeyFields[key]);
    }

    private static string Fields(Expression.Aggregate aggregate) =>
        aggregate.KeyFields.All(static f => f < 0) ? "" : $" in fields {string.Join(',', aggregate.KeyFields)}";

    /// <returns>Index of its value in the group; −1: it reads none.</returns>
    private int Value(Expression.Aggregate aggregate, string owner, List<GroupValue> values)
    {
        if (aggregate.Value is not { } value || aggregate.Kind is AggregateKind.Count or AggregateKind.Since) { return -1; }
        var scale = aggregate.Kind is AggregateKind.Sum or AggregateKind.Mean or AggregateKind.Std ? ScaleOf(value) : (double?)null;
        var canonical = string.Create(CultureInfo.InvariantCulture, $"{CanonicalText.Of(value)} in {scale?.ToString("R", CultureInfo.InvariantCulture) ?? "bits"}");
        var index = values.FindIndex(v => v.Canonical == canonical);
        if (index >= 0) { return index; }
        values.Add(new(
            value is Expression.Column column ? column.ColumnIndex : -1,
            ExpressionProgram.ForEvent(value, dictionaries, zone),
            scale is { } unit ? new SumScale(unit) : null,
            canonical,
            $"{owner}: {aggregate.Kind.ToString().ToLowerInvariant()} of {aggregate.Source.Name}"));
        return values.Count - 1;
    }

    private static double ScaleOf(Expression value) => value switch
    {
        { Type: DataType.Bool } => 1,
        // times and durations are whole microseconds already
        { Type: DataType.Time or DataType.Duration } => 1,
        Expression.Column column => column.Event.Columns[column.ColumnIndex].Scale,
        _ => ColumnDesign.DefaultScale,
    };

    private static PartKind[] Parts(AggregateKind kind, bool endless) => kind switch
    {
        AggregateKind.Sum or AggregateKind.Mean => [PartKind.Sum],
        AggregateKind.Std => [PartKind.Sum, PartKind.Squares],
        AggregateKind.Distinct => [PartKind.Distinct],
        AggregateKind.Min => [endless ? PartKind.EndlessMin : PartKind.Min],
        AggregateKind.Max => [endless ? PartKind.EndlessMax : PartKind.Max],
        AggregateKind.Last when endless => [PartKind.EndlessLast],
        AggregateKind.First when endless => [PartKind.EndlessFirst],
        _ => [],
    };

    private static int WordsOf(PartKind kind) => kind switch
    {
        PartKind.Sum or PartKind.Squares or PartKind.Min or PartKind.Max => 3,
        _ => 1,
    };
}
