using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>split:</c> which decisions fit, which choose, which judge.</summary>
internal static class SplitSection
{
    private static readonly Key<LocatedText> By =
        new("by", new TextForm("time | file | random | a key of the decided event"),
        "What parts the decisions.", Required: true);

    private static readonly Key<LocatedText> Train =
        new("train", new ExpressionForm("60%, or days such as 2018-07-25..2018-07-31, or a file"),
            "The part that fits.");

    private static readonly Key<LocatedText> Validate = new("validate", new ExpressionForm("15%, or days, or a file"),
        "The part that solves thresholds and chooses among designs.", Default: "out-of-fold scores of train do it");

    private static readonly Key<LocatedText> Test =
        new("test", new ExpressionForm("25%, or days, or a file"), "The part that judges and chooses nothing.");

    private static readonly Key<TimeSpan> Gap = new("gap", new DurationForm(),
        "By time: left out before validate and before test, at least as long as labels take.", Default: "0s");

    private static readonly Key<TimeSpan> WarmUp = new("warm up", new DurationForm(),
        "By time, with shares: the time before train that only fills windows, as long as the longest of them.",
        Default: "0s");

    private static readonly Key<double> Folds =
        new("folds", new NumberForm(2, 100, whole: true), "By a key: cross-validation with this many folds.");

    private static readonly Key<string> Leave =
        new("leave", new ChoiceForm("last"), "By a key: each key's last decision judges.");

    private static readonly Key<double> Random =
        new("random", new ShareForm(0.01, 0.99),
            "By a key: this share of each key's decisions fits, chosen at random.");

    private static readonly Key<double> Seeds =
        new("seeds", new NumberForm(1, 100, whole: true), "By a key at random: how many times.", Default: "1");

    private static readonly Key<double> Seed =
        new("seed", new NumberForm(0, 9_007_199_254_740_991, whole: true), "At random: the seed.", Default: "1");

    private static readonly Key<LocatedText> Because = new("because", new TextForm("a reason"),
        "Why a split that the review objects to is right here; it stays on record.");

    public static readonly Section Section =
        new("split", "Which decisions fit, which choose, and which judge. Shares are of what the gaps leave.",
        By, Train, Validate, Test, Gap, WarmUp, Folds, Leave, Random, Seeds, Seed, Because);

    public static SplitDesign? Bind(SectionValues? values, BindingContext context)
    {
        if (values?.Text(By) is not { } by) { return null; }
        var because = values.Text(Because)?.Text;
        switch (by.Text)
        {
            case "time":
                return Allow(values, context, Train, Validate, Test, Gap, WarmUp) ? BindTime(values, because, context) : null;
            case "file":
                return Allow(values, context, Train, Validate, Test) && Need(values, context, Train)
                    && Need(values, context, Test)
                    && values.Text(Train) is { } train && values.Text(Test) is { } test
                    ? new SplitDesign.ByFile(values.At, because, train.Text, values.Text(Validate)?.Text, test.Text)
                    : null;
            case "random":
                return Allow(values, context, Train, Validate, Test, Seed)
                    ? BindRandom(values, because, context)
                    : null;
            default:
                return BindKey(by, values, because, context);
        }
    }

    private static SplitDesign.ByTime? BindTime(SectionValues values, string? because, BindingContext context)
    {
        if (Parts(values, context) is not var (train, validate, test)) { return null; }
        Stretch?[] parts = validate is null ? [train, test] : [train, validate, test];
        if (parts.All(static p => p is Stretch.Share))
        {
            if (!SumToAll(values, parts.Cast<Stretch.Share>().Sum(static p => p.Part), context)) { return null; }
        }
        else if (parts.All(static p => p is Stretch.Days))
        {
            for (var i = 1; i < parts.Length; i++)
            {
                var (before, after) = ((Stretch.Days)parts[i - 1]!, (Stretch.Days)parts[i]!);
                if (after.First > before.Last) { continue; }
                context.Error(FaultCodes.Split, values.AtOf(i == parts.Length - 1 ? Test : Validate),
                    "the parts of the split overlap",
                    $"{Iso(after.First)} is not after {Iso(before.Last)}", "train before validate before test");
                return null;
            }
        }
        else
        {
            context.Error(FaultCodes.Split, values.At, "shares and days are mixed", null,
                "all parts as percentages, or all as days");
            return null;
        }
        if (train is Stretch.Days && values.Has(WarmUp))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(WarmUp), "'warm up' means nothing in a split by days", null,
                "shares", "remove it: everything before the first training day warms the windows up");
            return null;
        }
        return new(values.At, because, train, validate, test, values.Get(Gap, TimeSpan.Zero))
        {
            WarmUp = values.Get(WarmUp, TimeSpan.Zero),
        };
    }

    private static SplitDesign.AtRandom? BindRandom(SectionValues values, string? because, BindingContext context)
    {
        if (Parts(values, context) is not var (train, validate, test)) { return null; }
        if (train is not Stretch.Share fit || validate is Stretch.Days || test is not Stretch.Share judge)
        {
            context.Error(FaultCodes.Split, values.At, "a random split has no days", null, "percentages");
            return null;
        }
        var choose = (validate as Stretch.Share)?.Part ?? 0;
        return SumToAll(values, fit.Part + choose + judge.Part, context)
            ? new(values.At, because, fit.Part, choose, judge.Part, (ulong)values.Get(Seed, 1))
            : null;
    }

    private static SplitDesign.ByKey? BindKey(LocatedText by, SectionValues values, string? because,
        BindingContext context)
    {
        if (context.Decided is not { } decided) { return null; }
        var key = decided.FindKey(by.Text);
        if (key < 0)
        {
            var keys = decided.Columns.Where(static c => c.Kind == ColumnKind.Key).Select(static c => c.Domain!);
            context.Error(FaultCodes.Undeclared, by.At, $"event '{decided.Name}' has no key '{by.Text}' to split by",
                null, "time, file, random, or a key", Suggestion.Fix(by.Text, keys.Concat(["time", "file", "random"])));
            return null;
        }
        if (!Allow(values, context, Folds, Leave, Random, Seeds)) { return null; }
        Key[] ways = [Folds, Leave, Random];
        var said = ways.Count(values.Has);
        if (said != 1)
        {
            context.Error(FaultCodes.Split, values.At, "a split by a key needs one way", $"{said}",
                "folds: 5, or leave: last, or random: 75%");
            return null;
        }
        var hasRandom = values.TryGet(Random, out var random);
        return new(values.At, because, by.Text, values.TryGet(Folds, out var folds) ? (int)folds : null,
            values.TryGet(Leave, out var leave) ? leave : null, hasRandom ? random : null,
            hasRandom ? (int)values.Get(Seeds, 1) : null);
    }

    private static (Stretch Train, Stretch? Validate, Stretch Test)? Parts(SectionValues values, BindingContext context)
    {
        if (!(Need(values, context, Train) & Need(values, context, Test))) { return null; }
        var train = ReadStretch(values.Text(Train), context);
        var validate = ReadStretch(values.Text(Validate), context);
        var test = ReadStretch(values.Text(Test), context);
        return train is null || test is null || (validate is null && values.Has(Validate))
            ? null
            : (train, validate, test);
    }

    private static Stretch? ReadStretch(LocatedText? text, BindingContext context)
    {
        if (text is null) { return null; }
        var value = text.Text.Trim();
        if (value.EndsWith('%') && Units.TryNumber(value.AsSpan(0, value.Length - 1), out var percent)
            && percent is > 0 and < 100)
        {
            return new Stretch.Share(percent / 100);
        }
        var dots = value.IndexOf("..", StringComparison.Ordinal);
        if (TryDay(dots < 0 ? value : value[..dots], out var first)
            && TryDay(dots < 0 ? value : value[(dots + 2)..], out var last) && first <= last)
        {
            return new Stretch.Days(first, last);
        }
        context.Error(FaultCodes.WrongForm, text.At, "this is no part of a split", $"'{value}'",
            "a percentage such as 60%, or days such as 2018-07-25..2018-07-31");
        return null;
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool SumToAll(SectionValues values, double sum, BindingContext context)
    {
        if (Math.Abs(sum - 1) < 1e-9) { return true; }
        context.Error(FaultCodes.Split, values.At, "the shares do not add up", $"{sum * 100:0.##}%", "100%");
        return false;
    }

    private static bool Need(SectionValues values, BindingContext context, Key key)
    {
        if (values.Has(key)) { return true; }
        context.Error(FaultCodes.MissingKey, values.At, $"split lacks '{key.Name}'", null,
            $"{key.Name}: {key.Form.Expected}");
        return false;
    }

    /// <summary>Reports keys that mean nothing under this <c>by:</c>.</summary>
    private static bool Allow(SectionValues values, BindingContext context, params ReadOnlySpan<Key> keys)
    {
        var clean = true;
        foreach (var key in Section.Keys)
        {
            if (key == By || key == Because || keys.Contains(key) || !values.Has(key)) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key),
                $"'{key.Name}' means nothing in a split by {values.Text(By)!.Text}", null,
                string.Join(", ", keys.ToArray().Select(static k => k.Name)), "remove it");
            clean = false;
        }
        return clean;
    }
}
