namespace Lintel.Design.Kinds;

/// <summary>Type of a policy step's slot that names a column of the candidate's row: what items are told apart
/// by.</summary>
public sealed record StepColumn;

/// <summary>What a text parameter names.</summary>
public enum ParameterNames
{
    /// <summary>Nothing of the design: any word, or any text in quotes.</summary>
    Free,
    /// <summary>One of the design's candidate sources.</summary>
    Source,
    /// <summary>One of the design's events.</summary>
    Event,
    /// <summary>One of the design's models.</summary>
    Model,
    /// <summary>One of the design's models, of a kind that knows how unsure it is of a row.</summary>
    UnsureModel,
    /// <summary>A model that gives quantiles, or a range over one.</summary>
    Quantiles,
}
