using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Training.Ranking;

/// <summary>A competitor's lists at the same decisions: the ranker without the policy, one source alone, popular,
/// random.</summary>
/// <param name="Lists">Item codes, best first, as <see cref="JudgedPages.Lists"/>.</param>
public sealed record PageContender(string Name, int[][] Lists);

/// <summary>A part of the catalogue, as it stood at each decision.</summary>
/// <param name="Kept">Which of what was right lies in it, [decisions][relevant].</param>
public sealed record ItemSlice(string Name, bool[][] Kept);

/// <summary>What is judged of a ranking, and by what.</summary>
public sealed record PageEvaluationRequest
{
    /// <summary>The design's metrics, kinds of <see cref="RankingMetricKinds"/>; those that gates name are
    /// added.</summary>
    public required IReadOnlyList<MetricDesign> Metrics { get; init; }

    /// <summary>Decisions that chose nothing, with the lists of the policy.</summary>
    public required JudgedPages Test { get; init; }

    /// <summary>Decisions of the validation days; null: there are none.</summary>
    public JudgedPages? Validate { get; init; }

    /// <summary>Competitors at the test decisions.</summary>
    public IReadOnlyList<PageContender> Contenders { get; init; } = [];

    /// <summary>Slices of the test decisions.</summary>
    public IReadOnlyList<SliceRows> Slices { get; init; } = [];

    /// <summary>Slices of the catalogue: what was right is only what lies inside, and lists stay as they are.</summary>
    public IReadOnlyList<ItemSlice> ItemSlices { get; init; } = [];

    public IReadOnlyList<GateDesign> Gates { get; init; } = [];

    /// <summary>The entity whose decisions move together; null: every decision by itself (and its day).</summary>
    public string? ResampleBy { get; init; }

    public required ulong Seed { get; init; }

    public int Replicates { get; init; } = ClusterBootstrap.DefaultReplicates;

    /// <summary>1 or more; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>What judging found, in the manifest's records.</summary>
/// <param name="Slices">Rows are decisions, positives those at which something was right.</param>
/// <param name="Gains">The policy beside each competitor.</param>
/// <param name="Undefined">Metrics that the test decisions do not define, with the reason.</param>
/// <param name="Decisions">Test decisions. Metrics of what was found are means over <paramref name="WithRelevant"/> of
/// them.</param>
public sealed record PageEvaluationResult(
    SortedDictionary<string, MetricResult> Metrics,
    IReadOnlyList<SliceResult> Slices,
    IReadOnlyList<GateResult> Gates,
    IReadOnlyList<GainResult> Gains,
    IReadOnlyDictionary<string, string> Undefined,
    int Decisions,
    int WithRelevant);
