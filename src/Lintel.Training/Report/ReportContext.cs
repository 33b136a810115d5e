using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report;

/// <summary>What the page shows besides the manifest and the design.</summary>
public sealed record ReportContext
{
    /// <summary>Which version is live; null: none, or not known where the page is written.</summary>
    public LiveReference? Live { get; init; }

    /// <summary>The form that sends a decision to the live engine; null: no form.</summary>
    public DecisionForm? Form { get; init; }
}
