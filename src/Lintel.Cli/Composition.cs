using Lintel.Decisions.Pages;
using Lintel.Decisions.Promises;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Cli;

/// <summary>The composition root: every kind that this program knows, put together once, when it is first
/// needed.</summary>
internal static class Composition
{
    private static readonly Lazy<KindRegistry> Registry = new(static () => new KindRegistry(
        [.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. PromiseStepKinds.Kinds, .. CandidateKinds.Kinds]));

    public static KindRegistry Kinds => Registry.Value;
}
