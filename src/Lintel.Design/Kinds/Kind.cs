namespace Lintel.Design.Kinds;

/// <summary>What a kind belongs to: each family is one plug-in point of the grammar.</summary>
public enum KindFamily
{
    Model,
    /// <summary>A model made of other models' scores.</summary>
    Combiner,
    Calibrator,
    Metric,
}

/// <summary>A kind: a name that the design file may use, the record of its parameters, and its documentation. The room
/// that implements a kind registers it; the schema, the reference and the checker read it here.</summary>
/// <param name="Parameters">A sealed record with <see cref="ParameterAttribute"/> on each property, a parameterless
/// constructor and defaults; its keys in the file are the properties' names in lower case with blanks (<c>min child
/// weight</c>).</param>
/// <param name="Summary">One sentence in the field's words.</param>
public sealed record Kind(KindFamily Family, string Name, Type Parameters, string Summary);

/// <summary>Documents and bounds one parameter of a kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string summary) : Attribute
{
    public string Summary { get; } = summary;

    public double Min { get; set; } = double.NegativeInfinity;

    public double Max { get; set; } = double.PositiveInfinity;

    /// <summary>A percentage such as 80% is meant: 0.8 in the record.</summary>
    public bool Share { get; set; }

    /// <summary>The values that a text parameter may take; empty: any.</summary>
    public string[] OneOf { get; set; } = [];
}

/// <summary>A kind without parameters.</summary>
public sealed record NoParameters;

/// <summary>Every kind that this program knows, put together once at the composition root.</summary>
public sealed class KindRegistry
{
    private readonly Dictionary<(KindFamily, string), Kind> _kinds = [];

    public KindRegistry(IEnumerable<Kind> kinds)
    {
        foreach (var kind in kinds) { _kinds.Add((kind.Family, kind.Name), kind); }
    }

    public Kind? Find(KindFamily family, string name) => _kinds.GetValueOrDefault((family, name));

    public IEnumerable<Kind> Of(KindFamily family) =>
        _kinds.Values.Where(k => k.Family == family).OrderBy(static k => k.Name, StringComparer.Ordinal);
}
