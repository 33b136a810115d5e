using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary><c>models:</c> every model's score has a name; the last one that nobody combines decides.</summary>
internal static class ModelsSection
{
    /// <summary>Most candidates of one search.</summary>
    private const int CandidateLimit = 64;

    private sealed record Draft(string Name, SourceSpan At, ModelForm.Reading Reading, ImmutableArray<string> Of)
    {
        public ResidualBase? ResidualOver { get; init; }

        public IEnumerable<string> Reads => ResidualOver?.Model is { } model ? Of.Add(model) : Of;
    }

    public static ImmutableArray<ModelDesign> Bind(
        NamedEntries<ModelForm.Reading> named, DecisionDesign? decision, BindingContext context)
    {
        var entries = named.Entries;
        var declared = entries.Select(static e => e.Name.Text).Concat(named.Faulty.Select(static f => f.Text))
            .ToHashSet(StringComparer.Ordinal);
        var drafts = new List<Draft>();
        foreach (var entry in entries)
        {
            // a model may be called 'known': in rules its score is meant, the instant of the same name is of no use
            // there
            var column = context.Decided?.Find(entry.Name.Text) ?? -1;
            if (context.Features.ContainsKey(entry.Name.Text)
                || (column >= 0 && context.Decided!.Columns[column].Kind is ColumnKind.Key or ColumnKind.Field))
            {
                context.Error(FaultCodes.Duplicate, entry.At, $"'{entry.Name.Text}' is already a feature or a field",
                    null, null, "rename the model: rules would not know which of the two is meant");
            }
            context.ModelKinds.TryAdd(entry.Name.Text, entry.Value.Keys.Kind);
            drafts.Add(new(entry.Name.Text, entry.At, entry.Value, ReadOf(entry, declared, context))
            {
                ResidualOver = ModelsOfValues.ReadBase(entry, [.. drafts.Select(static d => d.Name)], declared, context),
            });
        }
        context.Models = [.. declared];
        var combined = drafts.SelectMany(static d => d.Of).ToHashSet(StringComparer.Ordinal);
        var final = drafts.LastOrDefault(d => !combined.Contains(d.Name));
        var byName = drafts.ToDictionary(static d => d.Name, StringComparer.Ordinal);
        var order = DependencyOrder.Sort(drafts, d => d.Reads.Select(n => byName.GetValueOrDefault(n))
            .OfType<Draft>(), cycle =>
            context.Error(FaultCodes.Cycle, cycle[0].At, "models combine each other in a circle",
                string.Join(" → ", cycle.Append(cycle[0]).Select(static d => d.Name)),
                "models that can be fitted one after the other",
                "break the circle"));
        var bound = ImmutableArray.CreateBuilder<ModelDesign>();
        foreach (var draft in order) { bound.AddRange(BindModel(draft, draft == final, bound, decision, context)); }
        return bound.ToImmutable();
    }

    private static ImmutableArray<ModelDesign> BindModel(
        Draft draft, bool isFinal, IReadOnlyList<ModelDesign> bound, DecisionDesign? decision, BindingContext context)
    {
        var (keys, values) = (draft.Reading.Keys, draft.Reading.Values);
        var negatives = 1d;
        if (!context.IsOfUse(keys.Kind))
        {
            context.RefuseUse(keys.Kind, "a model of kind", draft.At);
            return [];
        }
        if (values.TryGet(KindKeys.Sample, out var sample))
        {
            negatives = sample.Get(KindKeys.Negatives, 1);
            if (decision?.Kind == DecisionKind.Regression)
            {
                context.Error(FaultCodes.Conflict, values.AtOf(KindKeys.Sample),
                    "a regression has no negatives to sample", null, null, "remove 'sample'");
            }
        }
        var calibrate = values.Text(KindKeys.Calibrate);
        if (calibrate is not null && context.Decides == DecisionKind.Regression)
        {
            context.Error(FaultCodes.Conflict, calibrate.At, "a value is no probability to calibrate", null, null, "remove 'calibrate'");
        }
        else if (calibrate is not null && context.Kinds.Find(KindFamily.Calibrator, calibrate.Text) is null)
        {
            context.Error(FaultCodes.UnknownKind, calibrate.At, $"there is no calibrator '{calibrate.Text}'", null,
                string.Join(" | ", context.Kinds.Of(KindFamily.Calibrator).Select(static k => k.Name)),
                Suggestion.Nearest(calibrate.Text, context.Kinds.Of(KindFamily.Calibrator)
                    .Select(static k => k.Name)) is { } near ? $"did you mean '{near}'?" : null);
        }
        var given = keys.Parameters.Given(values);
        if (context.Decides == DecisionKind.Regression)
        {
            foreach (var (key, value) in keys.Kind.RegressionDefaults) { given.TryAdd(key, value); }
        }
        var model = new ModelDesign(draft.Name, draft.At, keys.Kind.Name, keys.Parameters.Create(given),
            keys.Kind.Family == KindFamily.Model ? ReadUses(draft, context) : [], draft.Of, calibrate?.Text, negatives,
            values.TryGet(keys.Tune, out var tune) ? BindTune(keys, tune, given, context) : null, isFinal)
        {
            Label = values.Text(KindKeys.Label) is { } label ? BindLabel(label, context) : null,
            ResidualOver = draft.ResidualOver,
        };
        return keys.Kind.CoversRanges
            ? RangeModels.Expand(model, values, bound, context) : ModelsOfValues.Expand(model, keys, values, context);
    }

    private static string? BindLabel(LocatedText label, BindingContext context)
    {
        if (context.IsRanking && (context.Ranking is null || context.Labels.Contains(label.Text))) { return label.Text; }
        context.Error(context.IsRanking ? FaultCodes.Undeclared : FaultCodes.Conflict, label.At,
            context.IsRanking ? $"there is no label '{label.Text}'" : "only a ranking has several labels", null,
            context.IsRanking ? string.Join(" | ", context.Labels) : null,
            context.IsRanking ? Suggestion.Fix(label.Text, context.Labels) : "remove 'label'");
        return null;
    }

    private static ImmutableArray<string> ReadOf(Named<ModelForm.Reading> entry, HashSet<string> declared,
        BindingContext context)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var pattern in entry.Value.Values.Get(KindKeys.Models, []))
        {
            var found = declared.Where(n => n != entry.Name.Text && Wildcard.Matches(pattern.Text, n)).ToList();
            if (found.Count == 0)
            {
                context.Error(FaultCodes.Undeclared, pattern.At,
                    pattern.Text == entry.Name.Text
                        ? "a model cannot combine itself"
                        : $"there is no model '{pattern.Text}'", null, null,
                    Suggestion.Fix(pattern.Text, declared.Where(n => n != entry.Name.Text)));
            }
            names.AddRange(found.Where(n => !names.Contains(n)));
        }
        return names.ToImmutable();
    }

    private static ImmutableArray<string> ReadUses(Draft draft, BindingContext context)
    {
        var kind = draft.Reading.Keys.Kind;
        var readable = context.FeatureOrder.Where(static f => f.Shift is null).Where(f => CanRead(f.Value.Type) || (kind.ReadsIds && f.Id is not null))
            .Select(static f => f.Name).ToList();
        if (!draft.Reading.Values.Has(KindKeys.Features)) { return [.. readable]; }
        // a list's members answer to the name that was written, too
        var spaces = context.FeatureOrder.Where(static f => f.Id is { } id && id.Space != f.Name)
            .GroupBy(static f => f.Id!.Space).ToDictionary(static g => g.Key, static g => g.Select(static f => f.Name).ToList());
        var picked = new List<string>();
        foreach (var pattern in draft.Reading.Values.Get(KindKeys.Features, []))
        {
            var known = spaces.GetValueOrDefault(pattern.Text)
                ?? [.. context.Features.Keys.Where(n => Wildcard.Matches(pattern.Text, n))];
            var isWildcard = pattern.Text.Contains('*');
            if (known.Count == 0)
            {
                context.Error(FaultCodes.Undeclared, pattern.At,
                    isWildcard ? $"no feature matches '{pattern.Text}'" : $"there is no feature '{pattern.Text}'", null,
                    null, Suggestion.Fix(pattern.Text.Replace("*", ""), context.Features.Keys.Concat(spaces.Keys)));
                continue;
            }
            foreach (var name in known)
            {
                if (readable.Contains(name) || context.Features[name].Type is var type && (CanRead(type) || type == DataType.Missing))
                {
                    if (!picked.Contains(name)) { picked.Add(name); }
                }
                else if (!isWildcard)
                {
                    RefuseUse(pattern, name, kind, context);
                    break;
                }
            }
        }
        return kind.ReadsInOrder ? [.. picked] : [.. readable.Where(picked.Contains)];
    }

    private static void RefuseUse(LocatedText pattern, string name, Kind kind, BindingContext context)
    {
        var type = context.Features[name].Type;
        if (type is not (DataType.Text or DataType.Key or DataType.Id))
        {
            context.Error(FaultCodes.TypeMismatch, pattern.At, $"a model cannot read '{name}'",
                Expressions.Checking.ExpressionChecker.Noun(type),
                "a number, a condition or a duration", "turn it into a number first");
            return;
        }
        var readers = context.Kinds.Of(KindFamily.Model).Where(static k => k.ReadsIds).Select(static k => k.Name).ToList();
        context.Error(FaultCodes.TypeMismatch, pattern.At, $"a model of kind '{kind.Name}' reads numbers, and '{name}' is an id",
            Expressions.Checking.ExpressionChecker.Noun(type), "a number, a condition or a duration",
            "turn it into a number, such as a count or a rate by it"
            + (readers.Count > 0 ? $", or give it to a kind that reads ids: {string.Join(" | ", readers)}" : ""));
    }

    private static bool CanRead(DataType type) => type is DataType.Number or DataType.Bool or DataType.Duration;

    private static TuneDesign? BindTune(KindKeys keys, SectionValues values, Dictionary<string, object> given,
        BindingContext context)
    {
        var axes = keys.Parameters.Lists
            .Select(k => (k.Name, Values: values.Untyped(k) is System.Collections.IEnumerable list
                ? list.Cast<object>().ToList()
                : []))
            .Where(static a => a.Values.Count > 0).ToList();
        if (values.Text(KindKeys.TuneMetric) is not { } metric) { return null; }
        if (MetricReader.Read(metric, context) is null) { return null; }
        var total = axes.Aggregate(1L, static (n, a) => Math.Min(n * a.Values.Count, int.MaxValue));
        if (axes.Count == 0 || total > CandidateLimit)
        {
            if (axes.Count == 0 && keys.Parameters.Lists.Exists(values.Has)) { return null; }
            context.Error(FaultCodes.TooMany, values.At, axes.Count == 0
                ? "the search has nothing to vary"
                : "the search has too many candidates",
                axes.Count == 0 ? null : $"{total} combinations", $"1 to {CandidateLimit}",
                axes.Count == 0 ? "add a list of candidates, such as trees: [100, 300]" : "shorten the lists");
            return null;
        }
        var candidates = ImmutableArray.CreateBuilder<object>();
        var labels = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < total; i++)
        {
            var (rest, settings, label) = (i, new Dictionary<string, object>(given), new List<string>());
            for (var a = axes.Count - 1; a >= 0; a--)
            {
                (rest, var pick) = Math.DivRem(rest, axes[a].Values.Count);
                var value = axes[a].Values[pick];
                settings[axes[a].Name] = value;
                label.Insert(0, $"{axes[a].Name} {Say(value)}");
            }
            candidates.Add(keys.Parameters.Create(settings));
            labels.Add(string.Join(", ", label));
        }
        return new(values.At, metric.Text, candidates.ToImmutable(), labels.ToImmutable());
    }

    private static string Say(object value) => value switch
    {
        bool b => b ? "true" : "false",
        TimeSpan span => Units.Print(span.Ticks / TimeSpan.TicksPerMicrosecond),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

/// <summary>Patterns in which * stands for any letters.</summary>
internal static class Wildcard
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        // the last star may be stretched; earlier ones need not be
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') { (star, mark) = (p++, n); }
            else if (p < pattern.Length && pattern[p] == name[n]) { (p, n) = (p + 1, n + 1); }
            else if (star >= 0) { (p, n) = (star + 1, ++mark); }
            else { return false; }
        }
        while (p < pattern.Length && pattern[p] == '*') { p++; }
        return p == pattern.Length;
    }
}
