using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>A text of the design's author. A plain number or bool must stand in quotes to be a text, as YAML has
/// it.</summary>
internal sealed class TextForm(string expected = "a text") : Form<LocatedText>
{
    public override string Expected => expected;

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out LocatedText value)
    {
        if (node is not YamlNode.Scalar { Core: CoreType.Text, Text.Length: > 0 } scalar)
        {
            return Fail(node, diagnostics, out value,
                node is YamlNode.Scalar { Core: CoreType.Number or CoreType.Bool } ? "quote it" : null);
        }
        value = scalar.Located;
        return true;
    }
}

/// <summary>A text in the small language of expressions, rules or sentences; read later, when every name is known.
/// Numbers and bools are expressions too.</summary>
internal sealed class ExpressionForm(string expected = "an expression") : Form<LocatedText>
{
    public override string Expected => expected;

    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("string", "number", "boolean"), ["description"] = expected };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out LocatedText value)
    {
        if (node is YamlNode.Scalar { Core: not CoreType.Null } scalar && !string.IsNullOrWhiteSpace(scalar.Text))
        {
            value = scalar.Located;
            return true;
        }
        return Fail(node, diagnostics, out value,
            node is YamlNode.List or YamlNode.Map ? "quote this expression: \"…\"" : null);
    }
}

/// <summary>One of a few words.</summary>
internal sealed class ChoiceForm(params string[] words) : Form<string>
{
    public override string Expected => string.Join(" | ", words);

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. words.Select(static w => (JsonNode)w)]) };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlNode.Scalar scalar && words.Contains(scalar.Text))
        {
            value = scalar.Text;
            return true;
        }
        return Fail(node, diagnostics, out value,
            node is YamlNode.Scalar wrong && Suggestion.Nearest(wrong.Text, words) is { } near
                ? $"did you mean '{near}'?"
                : null);
    }
}

/// <summary>A number in bounds; whole where asked.</summary>
internal sealed class NumberForm(double min = double.NegativeInfinity, double max = double.PositiveInfinity,
    bool whole = false)
    : Form<double>
{
    public override string Expected =>
        (whole ? "a whole number" : "a number") + Bounds.Describe(min, max, Bounds.Number);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = whole ? "integer" : "number" };
        if (double.IsFinite(min)) { schema["minimum"] = min; }
        if (double.IsFinite(max)) { schema["maximum"] = max; }
        return schema;
    }

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out double value)
    {
        value = 0;
        if (node is not YamlNode.Scalar { Core: CoreType.Number } scalar
            || !double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            || !double.IsFinite(value)
            || (whole && (Math.Floor(value) != value || Math.Abs(value) > 9_007_199_254_740_992)))
        {
            return Fail(node, diagnostics, out value);
        }
        return Bounds.Check(node, diagnostics, value, min, max, Expected);
    }
}

/// <summary>A percentage; 80% is 0.8.</summary>
/// <param name="min">As a share: 0.8, not 80.</param>
internal sealed class ShareForm(double min = 0, double max = 1) : Form<double>
{
    public override string Expected =>
        "a percentage such as 80%" + Bounds.Describe(min, max, static v => $"{(decimal)v * 100:0.####}%");

    public override JsonObject Schema() => Schemas.Pattern(@"^[0-9]+(\.[0-9]+)?%$", Expected);

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out double value)
    {
        value = 0;
        if (node is not YamlNode.Scalar scalar || !scalar.Text.EndsWith('%')
            || !Units.TryNumber(scalar.Text.AsSpan(0, scalar.Text.Length - 1), out value))
        {
            return Fail(node, diagnostics, out value,
                node is YamlNode.Scalar { Core: CoreType.Number } plain
                    ? $"write a percent sign: {plain.Text}%"
                    : null);
        }
        value /= 100;
        return Bounds.Check(node, diagnostics, value, min, max, Expected);
    }
}

internal sealed class BoolForm : Form<bool>
{
    public override string Expected => "true | false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out bool value)
    {
        value = false;
        if (node is not YamlNode.Scalar { Core: CoreType.Bool } scalar) { return Fail(node, diagnostics, out value); }
        value = scalar.Text is "true" or "True" or "TRUE";
        return true;
    }
}

/// <summary>A duration: 10ms, 1s, 30m, 12h, 7d, 2w.</summary>
internal sealed class DurationForm : Form<TimeSpan>
{
    public override string Expected => "a duration such as 10ms, 1s, 30m, 12h or 7d";

    public override JsonObject Schema() => Schemas.Pattern(@"^[0-9]+(\.[0-9]+)?(us|ms|s|m|h|d|w)$", Expected);

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out TimeSpan value)
    {
        value = default;
        if (node is not YamlNode.Scalar scalar) { return Fail(node, diagnostics, out value); }
        if (Units.TryDuration(scalar.Text, out var microseconds))
        {
            value = TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
            return true;
        }
        var split = scalar.Text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        if (!Units.TryNumber(split, out _)) { return Fail(node, diagnostics, out value); }
        var word = scalar.Text[split.Length..];
        diagnostics.Error(FaultCodes.UnknownUnit, node.At, word.Length == 0
            ? "a duration needs a unit"
            : $"unknown unit '{word}'",
            $"'{scalar.Text}'", Expected, word.Length == 0
                ? $"write {scalar.Text}s for seconds, {scalar.Text}d for days"
                : null);
        return false;
    }
}

/// <summary>A number in a period of time; exact in the unit it was written in.</summary>
internal readonly record struct Rate(double Count, long PeriodMicroseconds)
{
    public double PerSecond => Count * Units.MicrosecondsPerSecond / PeriodMicroseconds;

    public double PerDay => Count * Units.MicrosecondsPerDay / PeriodMicroseconds;
}

/// <summary>A rate: 2000/s, 100/day.</summary>
internal sealed class RateForm : Form<Rate>
{
    public override string Expected => "a rate such as 2000/s or 100/day";

    public override JsonObject Schema() =>
        Schemas.Pattern(@"^[0-9]+(\.[0-9]+)?/(s|m|h|d|w|second|minute|hour|day|week)$", Expected);

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out Rate value)
    {
        value = default;
        if (node is not YamlNode.Scalar scalar) { return Fail(node, diagnostics, out value); }
        var stroke = scalar.Text.IndexOf('/');
        if (stroke < 0 || !Units.TryNumber(scalar.Text.AsSpan(0, stroke).TrimEnd(), out var count))
        {
            return Fail(node, diagnostics, out value);
        }
        var word = scalar.Text[(stroke + 1)..].Trim();
        if (Units.Find(Units.Periods, word) is not { } period)
        {
            diagnostics.Error(FaultCodes.UnknownUnit, node.At, $"unknown unit '{word}'", $"'{scalar.Text}'", Expected,
                Suggestion.Nearest(word, Units.Periods.Select(static p => p.Unit)) is { } near
                    ? $"did you mean '/{near}'?"
                    : null);
            return false;
        }
        value = new(count, period);
        return true;
    }
}
