using System.Globalization;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>Bounds of numbers: how they are checked and said.</summary>
internal static class Bounds
{
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Describe(double min, double max, Func<double, string> print) => (min, max) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => "",
        (_, double.PositiveInfinity) => $", at least {print(min)}",
        (double.NegativeInfinity, _) => $", at most {print(max)}",
        _ => $", {print(min)} to {print(max)}",
    };

    /// <summary>Reports a value of a section that leaves nothing of what it bounds.</summary>
    public static void AboveZero(bool holds, SectionValues values, Key key, BindingContext context)
    {
        if (holds) { return; }
        context.Error(FaultCodes.OutOfBounds, values.AtOf(key), $"'{key.Name}' leaves nothing", null, "a value above 0");
    }

    public static bool Check(YamlNode node, DiagnosticBag diagnostics, double value, double min, double max,
        string expected)
    {
        if (value >= min && value <= max) { return true; }
        diagnostics.Error(FaultCodes.OutOfBounds, node.At, "the value is out of bounds", ((YamlNode.Scalar)node)
            .Text, expected);
        return false;
    }
}

/// <summary>Shapes that several forms have in the JSON Schema.</summary>
internal static class Schemas
{
    public static JsonObject Pattern(string pattern, string description) =>
        new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };
}
