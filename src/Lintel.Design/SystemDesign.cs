using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

/// <summary>What one design file said, checked: every name resolved, every expression typed.</summary>
public sealed record SystemDesign
{
    /// <summary>Where the file stands; sources are relative to its folder.</summary>
    public required string Path { get; init; }

    /// <summary>The file's text, as it was read.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text with line ends normalised, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required string System { get; init; }

    public required string Goal { get; init; }

    /// <summary>Where calendar functions are meant; UTC by default.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    public required RequirementsDesign Requirements { get; init; }

    /// <summary>Event types; the index is the type's number everywhere.</summary>
    public required ImmutableArray<EventDesign> Events { get; init; }

    /// <summary>What is known of things: of those that are ranked, and of those that the decided event names.</summary>
    public ImmutableArray<CatalogueDesign> Catalogues { get; init; } = [];

    public required DecisionDesign Decision { get; init; }

    public required SplitDesign Split { get; init; }

    /// <summary>Features in an order in which each comes after those it reads.</summary>
    public required ImmutableArray<FeatureDesign> Features { get; init; }

    /// <summary>Models in an order in which each comes after those it reads.</summary>
    public required ImmutableArray<ModelDesign> Models { get; init; }

    /// <summary>How the answer's ranges follow outcomes; null: they do not.</summary>
    public RangeDesign? Range { get; init; }

    /// <summary>The models of the answer's quantiles, the lowest first; empty: the final model gives one value.</summary>
    public ImmutableArray<ModelDesign> Quantiles =>
        Models.FirstOrDefault(static m => m.IsFinal)?.Quantile is { } final
            ? [.. Models.Where(m => m.Quantile?.Entry == final.Entry).OrderBy(static m => m.Quantile!.Level)] : [];

    public required EvaluateDesign Evaluate { get; init; }

    /// <summary>Names of what can be decided, from the mildest to the hardest.</summary>
    public required ImmutableArray<string> Outcomes { get; init; }

    /// <summary>Beside <see cref="Outcomes"/>: what each does.</summary>
    public required ImmutableArray<OutcomeDesign> OutcomeDesigns { get; init; }

    /// <summary>Rules in order; the first that matches decides.</summary>
    public required ImmutableArray<PolicyRule> Policy { get; init; }

    /// <summary>Null: nobody reviews through this system.</summary>
    public required ReviewsDesign? Reviews { get; init; }

    public required ServeDesign Serve { get; init; }

    public required MonitorDesign Monitor { get; init; }

    public required RetrainDesign Retrain { get; init; }

    /// <summary>Warnings and notes that the loader had; it throws when there are errors.</summary>
    public required ImmutableArray<Diagnostic> Remarks { get; init; }

    /// <summary>Folder that relative sources start from, unless the caller points them elsewhere.</summary>
    public string Folder => global::System.IO.Path.GetDirectoryName(global::System.IO.Path.GetFullPath(Path))!;

    /// <summary>The model whose score decides: the last one declared.</summary>
    public ModelDesign FinalModel => Models.First(m => m.IsFinal);
}
