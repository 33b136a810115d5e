using Lintel.Decisions.Pages;
using Lintel.Decisions.Promises;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Bench;

/// <summary>Every kind that the program knows.</summary>
internal static class KnownKinds
{
    public static KindRegistry All { get; } = new(
        [.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. PromiseStepKinds.Kinds, .. CandidateKinds.Kinds]);
}
