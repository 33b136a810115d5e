using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>serve:</c> how decisions are given.</summary>
internal static class ServeSection
{
    private const string Rescoring = "online rescoring";

    private static readonly Key<string> Mode =
        new("mode", new ChoiceForm("online", "batch"), "Inside the request, or for all at once.", Default: "online");

    private static readonly Key<TimeSpan> Every = new("every", new DurationForm(),
        "How often a batch decides for everyone.", Default: "on demand");

    private static readonly Key<string> Then = new("then", new ChoiceForm(Rescoring),
        "What a batch chose is scored again, by what is known then, when it is asked for.", Default: "it is given as it is");

    private static readonly Key<LocatedText> OnFailure = new("on failure", new TextForm("an outcome; of a ranking a source of candidates"),
        "What is decided when a decision fails or takes too long: open or closed, said beforehand. Of a ranking: the source whose items are " +
        "shown in their order.",
        Default: "the request fails");

    private static readonly Key<double> LetThrough = new("let through", new ShareForm(0, 0.5),
        "Share of the hardest outcome that passes anyway, so that outcomes stay observable.", Default: "0%");

    private static readonly Key<TimeSpan> TimeOut = new("time out", new DurationForm(),
        "A decision that is not there by then is the one on failure.", Default: "it is waited for");

    private static readonly Key<Rate> Limit = new("limit", new RateForm(),
        "Records that are taken; more are asked to come again (429).", Default: "no limit");

    private static readonly Key<TimeSpan> Remember = new("remember", new DurationForm(),
        "How long a record can be named by others and its answer is remembered.", Default: "90d");

    public static readonly Section Section =
        new("serve", "How decisions are given.", Mode, Every, Then, OnFailure, TimeOut, LetThrough, Limit, Remember);

    public static ServeDesign Bind(SectionValues? values, SourceSpan at, BindingContext context)
    {
        if (values is null) { return new(ServeMode.Online, null, 0, at); }
        var fallback = values.Text(OnFailure);
        if (fallback is not null) { CheckFallback(fallback, context); }
        foreach (var key in values.Get(Mode, "online") == "batch" ? [] : new Key[] { Every, Then })
        {
            if (!values.Has(key)) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key), $"'{key.Name}' is said of batches", null, "mode: batch",
                "serve in batches, or remove it");
        }
        if (context.IsRanking && values.Has(LetThrough))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(LetThrough), "a ranking has no outcome to let through", null,
                "a step of the policy: explore 5% among 50", "remove 'let through'");
        }
        if (values.Has(TimeOut) && !values.Has(OnFailure))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(TimeOut), "a time-out needs an answer to give instead", null,
                "on failure: OUTCOME", "add 'on failure', or leave 'time out' out");
        }
        foreach (var key in new[] { TimeOut, Remember, Every })
        {
            if (values.TryGet(key, out var duration)) { Bounds.AboveZero(duration > TimeSpan.Zero, values, key, context); }
        }
        if (values.TryGet(Limit, out var rate)) { Bounds.AboveZero(rate.Count > 0, values, Limit, context); }
        return new(values.Get(Mode, "online") == "batch"
            ? ServeMode.Batch
            : ServeMode.Online, fallback?.Text, values.Get(LetThrough, 0), values.At)
        {
            Every = values.TryGet(Every, out var every) ? every : null,
            RescoresOnline = values.Has(Then),
            TimeOut = values.TryGet(TimeOut, out var timeOut) ? timeOut : null,
            LimitPerSecond = values.TryGet(Limit, out var limit) ? limit.PerSecond : null,
            Remember = values.TryGet(Remember, out var remember) ? remember : null,
        };
    }

    private static void CheckFallback(LocatedText fallback, BindingContext context)
    {
        var known = context.IsRanking ? context.Ranking?.Candidates.Select(static c => c.Name).ToList() ?? [] : [.. context.Outcomes];
        if (known.Count == 0 || known.Contains(fallback.Text) || context.BrokenSources.Contains(fallback.Text)) { return; }
        context.Error(FaultCodes.Undeclared, fallback.At,
            context.IsRanking ? $"no candidates come from '{fallback.Text}'" : $"'{fallback.Text}' is no declared outcome", null,
            string.Join(" | ", known), Suggestion.Nearest(fallback.Text, known) is { } near ? $"did you mean '{near}'?" : null);
    }
}

/// <summary><c>monitor:</c> what is watched afterwards.</summary>
internal static class MonitorSection
{
    private static readonly Key<LocatedText> Drift =
        new("drift", new ExpressionForm("a measure and its bound, such as psi > 0.2"),
        "When a feature or score of live decisions counts as drifted, against those of the test part.");

    private static readonly Key<TimeSpan> Window =
        new("window", new DurationForm(), "The stretch that is watched: decisions given in it, and outcomes that became known in it (default 1d).");

    private static readonly Key<ImmutableArray<string>> Alert =
        new("alert", new ListForm<string>(new ChoiceForm("log", "webhook")), "Where alerts go: lines of the server's log; a webhook is not called yet.", Default: "[log]");

    public static readonly Section Section = new("monitor", "What is watched afterwards.", Drift, Window, Alert);

    public static MonitorDesign Bind(SectionValues? values, SourceSpan at, BindingContext context)
    {
        if (values is null) { return new(null, null, null, ["log"], at); }
        string? measure = null;
        double? bound = null;
        if (values.Text(Drift) is { } drift)
        {
            var parser = new ExpressionParser(drift, context.Diagnostics);
            if (parser.ParseName() is { } name && parser.Expect(">"))
            {
                if (name.Value is not "psi")
                {
                    context.Error(FaultCodes.UnknownKind, drift.SpanOf(name.Start, name.End),
                        $"there is no drift measure '{name.Value}'", null, "psi");
                }
                if (parser.Peek.Kind is TokenKind.Number)
                {
                    (measure, bound) = (name.Value, parser.Take().Number);
                    parser.ExpectEnd();
                }
                else { parser.Unexpected("a number such as 0.2"); }
            }
        }
        return new(measure, bound, values.TryGet(Window, out var window)
            ? window
            : null, values.Get(Alert, ["log"]), values.At);
    }
}
