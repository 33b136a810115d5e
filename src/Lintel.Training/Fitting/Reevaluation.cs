using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Judges a version again: its models as they stand on disk, on its data, with the intervals and gates of its design. The
/// same data give the same figures; a version that says otherwise was altered.</summary>
public static class Reevaluation
{
    /// <returns>The version's manifest with metrics, slices, gates, thresholds and outcomes measured anew; nothing is written.</returns>
    /// <exception cref="InvalidDataException">The data are not those it was made of, it was judged on out-of-fold scores, or keeps no
    /// ranges.</exception>
    public static VersionManifest Run(int version, TrainingRequest request, CancellationToken cancellation = default)
    {
        var judged = SystemVersion.Load(request.Workspace.VersionFolder(version), request.Kinds, VersionFiles.Judged);
        var manifest = judged.Manifest!;
        var prepared = Preparation.OfVersion(manifest, request);
        if (!prepared.Split.HasValidate)
        {
            throw new InvalidDataException(
                $"version {version} solved its thresholds on out-of-fold scores, which no version keeps; run lintel train to judge it again.");
        }
        var replay = Replay.Run(prepared, prepared.ChoosesOrJudges, [], request.Progress, cancellation);
        var splitShifts = RangePass.Validate(judged, prepared, replay);
        request.Progress.Stage("evaluate");
        var (examples, train) = (replay.Examples, prepared.Split.Rows(SplitPart.Train));
        ScoredRows Scored(SplitPart part) =>
            ScoredRows.Of(prepared, examples, replay.Registers, judged.Graph, prepared.Split.AllRows(part));
        var result = JudgedSystem.Of(
            prepared, judged.Graph, Scored(SplitPart.Validate), Scored(SplitPart.Test),
            TrainLevels.Of(examples, train), manifest.Seed, request.Threads, cancellation, splitShifts);
        return manifest with
        {
            Metrics = result.Evaluation.Metrics,
            Models = result.Models,
            Slices = result.Evaluation.Slices,
            Gates = result.Evaluation.Gates,
            Thresholds = result.Thresholds,
            Outcomes = result.Outcomes,
            RulePrices = result.Prices,
            Curves = result.Evaluation.Curves,
            Kinds = result.Kinds,
            Estimate = result.Estimate,
            Command = request.Command,
        };
    }
}
