using Lintel.Pipeline.Versions;

namespace Lintel.Training.Fitting;

/// <summary>A manifest that says what was read and by which command, and nothing yet of what was found.</summary>
internal static class DraftManifest
{
    public static VersionManifest Of(Preparation prepared, int number, TrainingRequest request)
    {
        var design = prepared.Design;
        return new()
        {
            Version = number,
            System = design.System,
            Goal = design.Goal,
            Created = request.Clock.GetUtcNow(),
            Command = request.Command,
            LintelVersion = typeof(DraftManifest).Assembly.GetName().Version!.ToString(3),
            DesignHash = design.Hash,
            DataFingerprint = prepared.History.Fingerprint,
            LogTo = prepared.History.LogTo,
            Seed = request.Seed,
            Split = prepared.Split.Times,
            Rows = new(0, 0, 0),
            Metrics = [],
            MetricOrder = [.. design.Evaluate.Metrics.Select(static m => m.Name)],
            Files = [],
            Form = DecisionForm.Of(design, prepared.History),
        };
    }
}
