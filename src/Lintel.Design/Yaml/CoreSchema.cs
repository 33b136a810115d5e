using System.Text.RegularExpressions;

namespace Lintel.Design.Yaml;

/// <summary>What a plain scalar means under YAML 1.2's core schema.</summary>
internal enum CoreType
{
    Text,
    Number,
    Bool,
    Null,
}

/// <summary>The core schema's rules. Source: YAML 1.2.2, section 10.3.2 (so <c>yes</c> and <c>off</c> are texts).</summary>
internal static partial class CoreSchema
{
    public static CoreType TypeOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => CoreType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => CoreType.Bool,
        _ when plain.Length < 400 && Number().IsMatch(plain) => CoreType.Number,
        _ => CoreType.Text,
    };

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
