using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>How people review what the policy gives them.</summary>
/// <param name="Verdict">The event that carries a verdict; it is about the decided one.</param>
/// <param name="VerdictColumn">Its bool column that says yes or no, an index into its columns.</param>
/// <param name="Priority">Who comes first, over the decision's registers; null: the calibrated probability times the
/// cost <c>missed</c> where that is declared, else the probability.</param>
/// <param name="Lock">How long a reviewer holds an item before another may take it.</param>
/// <param name="Within">The time to a verdict that is promised; null: none.</param>
public sealed record ReviewsDesign(
    EventDesign Verdict, int VerdictColumn, Expression? Priority, TimeSpan Lock, TimeSpan? Within, SourceSpan At);
