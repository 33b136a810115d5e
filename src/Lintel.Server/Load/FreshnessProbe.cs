using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;

namespace Lintel.Server.Load;

/// <summary>What shows that an accepted event counts: the decided event, else the nearest of what it is about, whose records some features
/// count. A record of it is sent, and those features of the next decision of the same keys are others.</summary>
/// <param name="Features">Names of the features that count it.</param>
internal sealed record FreshnessProbe(EventDesign Sent, IReadOnlySet<string> Features)
{
    /// <returns>Null: no feature counts what a decision brings along.</returns>
    public static FreshnessProbe? Of(SystemDesign design)
    {
        for (var sent = design.Decision.Each; sent is not null; sent = sent.About?.Event)
        {
            var features = design.Features.Where(f => ExpressionWalk.All(f.Value).OfType<Expression.Aggregate>().Any(a => a.Source == sent))
                .Select(static f => f.Name).ToHashSet();
            if (features.Count > 0) { return new(sent, features); }
        }
        return null;
    }

    /// <summary>The record that a decision brings along.</summary>
    /// <returns>Null: it is not among the data.</returns>
    public LogEntry? Of(EventHistory history, LogEntry decided)
    {
        var (at, row) = (history.Design.Events[decided.Type], decided.Row);
        while (at != Sent)
        {
            row = history.Tables[at.Number].Subjects![row];
            if (row < 0) { return null; }
            at = at.About!.Event;
        }
        return new(decided.Known, Sent.Number, row);
    }
}
