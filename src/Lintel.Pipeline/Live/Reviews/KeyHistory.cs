using Lintel.Design;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>The latest decisions of one key, the newest first.</summary>
/// <param name="Key">Column of the decided event.</param>
public sealed record KeyHistory(ColumnDesign Key, IReadOnlyList<DecisionRecord> Decisions);
