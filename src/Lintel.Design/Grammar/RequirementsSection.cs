using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>requirements:</c> what the system must keep; each is measured.</summary>
internal static class RequirementsSection
{
    private static readonly Key<NamedEntries<TimeSpan>> Latency = new("latency",
        new NamedForm<TimeSpan>("a percentile such as p99", new DurationForm(), @"^p[0-9]+(\.[0-9]+)?$"),
        "Bounds on the time that one decision takes, by percentile: { p50: 3ms, p99: 10ms }.");

    private static readonly Key<Rate> PerSecond = new("rate", new RateForm(), "Decisions that must be sustained.");

    private static readonly Key<TimeSpan> Freshness = new("freshness", new DurationForm(),
        "An event counts in features this soon after it is accepted.");

    private static readonly Key<Rate> Capacity =
        new("capacity", new RateForm(), "Cases that reviewers can judge.", Required: true);

    private static readonly Key<SectionValues> Reviewers = new("reviewers",
        new Section("reviewers", "The people who judge cases by hand.", Capacity), "Capacity of human review.");

    private static readonly Key<NamedEntries<LocatedText>> Costs = new("costs",
        new NamedForm<LocatedText>("a cost",
            new ExpressionForm("a number expression over the decided event, such as 5 + 0.01 * amount")),
        "What each outcome costs, by name (missed, blocked, review): over the decided event's fields and the " +
        "features.");

    public static readonly Section Section =
        new("requirements", "What the system must keep. Each is measured and stands in the requirement table.",
        Latency, PerSecond, Freshness, Reviewers, Costs);

    public static RequirementsDesign Bind(SectionValues? values, BindingContext context)
    {
        if (values is null)
        {
            return new() { Latency = [], Costs = [], At = ImmutableDictionary<string, SourceSpan>.Empty };
        }
        double? capacity = values.TryGet(Reviewers, out var reviewers) && reviewers.TryGet(Capacity, out var cases)
            ? cases.PerDay
            : null;
        return new()
        {
            Latency = BindLatency(values, context),
            RatePerSecond = values.TryGet(PerSecond, out var rate) ? rate.PerSecond : null,
            Freshness = values.TryGet(Freshness, out var freshness) ? freshness : null,
            ReviewersPerDay = capacity,
            Costs = BindCosts(values, context),
            At = Section.Keys.Where(values.Has).ToImmutableDictionary(static k => k.Name, values.AtOfKey),
        };
    }

    private static ImmutableArray<LatencyClaim> BindLatency(SectionValues values, BindingContext context)
    {
        var claims = ImmutableArray.CreateBuilder<LatencyClaim>();
        foreach (var entry in values.Get(Latency, NamedEntries<TimeSpan>.None).Entries)
        {
            var name = entry.Name.Text;
            if (name.StartsWith('p') && Units.TryNumber(name.AsSpan(1), out var percentile)
                && percentile is > 0 and < 100)
            {
                claims.Add(new(percentile, entry.Value));
                continue;
            }
            context.Error(FaultCodes.UnknownKey, entry.At, $"'{name}' is no percentile", null,
                "p50, p95, p99 or p99.9");
        }
        return claims.ToImmutable();
    }

    private static ImmutableArray<CostDesign> BindCosts(SectionValues values, BindingContext context)
    {
        var costs = ImmutableArray.CreateBuilder<CostDesign>();
        foreach (var entry in values.Get(Costs, NamedEntries<LocatedText>.None).Entries)
        {
            var scope = context.AtJudging("a cost") with { AllowsAggregates = false };
            if (context.Check(entry.Value, scope, DataType.Number) is { } value)
            {
                costs.Add(new(entry.Name.Text, value));
            }
        }
        return costs.ToImmutable();
    }
}
