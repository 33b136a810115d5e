namespace Lintel.Design.Diagnostics;

/// <summary>Codes of the faults that a design file can have: stable, one for each kind of mistake.</summary>
public static class FaultCodes
{
    /// <summary>The text is not YAML, not UTF-8, or too large to be a design.</summary>
    public const string NotYaml = "LT0101";

    public const string EmptyFile = "LT0102";

    /// <summary>A key, feature, model, field or outcome is declared twice.</summary>
    public const string Duplicate = "LT0103";

    public const string UnknownKey = "LT0104";

    /// <summary>YAML cut an expression inside braces or brackets: it needs quotes.</summary>
    public const string QuoteExpression = "LT0105";

    public const string SeveralDocuments = "LT0106";

    /// <summary>Anchors, aliases and tags: YAML that a design does not use.</summary>
    public const string UnusedYaml = "LT0107";

    public const string MissingKey = "LT0108";

    /// <summary>A value is not of the form that its key takes.</summary>
    public const string WrongForm = "LT0109";

    public const string NewerGrammar = "LT0110";

    public const string OutOfBounds = "LT0111";

    /// <summary>Braces on the two sides of a feature do not match.</summary>
    public const string Braces = "LT0112";

    public const string UnknownKind = "LT0113";

    /// <summary>A name that the design never declares: an event, key, model, outcome, feature.</summary>
    public const string Undeclared = "LT0114";

    public const string Cycle = "LT0115";

    /// <summary>The last rule of the policy does not always match.</summary>
    public const string PolicyOpen = "LT0116";

    /// <summary>A rule after one that always matches.</summary>
    public const string Unreachable = "LT0117";

    public const string Split = "LT0118";

    /// <summary>A list or an expansion past its limit.</summary>
    public const string TooMany = "LT0119";

    public const string BadName = "LT0120";

    /// <summary>Two things that the design says do not go together.</summary>
    public const string Conflict = "LT0121";

    public const string Syntax = "LT0201";

    public const string UnclosedText = "LT0202";

    public const string UnknownUnit = "LT0203";

    public const string TooDeep = "LT0204";

    public const string UnknownName = "LT0205";

    public const string TypeMismatch = "LT0206";

    /// <summary>An unknown function, or a wrong number of arguments.</summary>
    public const string Function = "LT0207";

    /// <summary>A decision would read its own label.</summary>
    public const string LabelLeak = "LT0208";

    /// <summary>A decision would read a value that becomes known later.</summary>
    public const string LateValue = "LT0209";

    public const string Aggregate = "LT0210";

    /// <summary>Good language in the wrong place: a threshold in a feature, an aggregate in a source
    /// expression.</summary>
    public const string NotHere = "LT0211";
}
