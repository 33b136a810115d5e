namespace Lintel.Pipeline.Versions;

/// <summary>What one source of candidates, or their union, retrieves of what turned out to be right.</summary>
/// <param name="Source">The source's name; <c>union</c>: all together.</param>
/// <param name="At">At several depths, ascending.</param>
/// <param name="Offered">Mean number of candidates of a decision.</param>
/// <param name="OnlyHere">Share of what was right that no other source offered; null for the union.</param>
public sealed record RetrievalResult(
    string Source, IReadOnlyList<RetrievalDepth> At, double Offered, double? OnlyHere);

/// <param name="K">Each source's first k; of the union the first k of every source.</param>
/// <param name="Recall">Mean over decisions of the share of what was right that is among them.</param>
/// <param name="HitRate">Share of decisions with something right among them.</param>
/// <param name="Candidates">Mean number of distinct candidates among them.</param>
public sealed record RetrievalDepth(int K, double Recall, double HitRate, double Candidates);
