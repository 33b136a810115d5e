using Lintel.Decisions.Review;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Reviews;

namespace Lintel.Pipeline.Tests.Live.Reviews;

/// <summary>Reviewers at the payments' desk.</summary>
internal static class ReviewedPayments
{
    internal static async Task<DecisionRecord> ReviewedAsync(this LivePayments live, string id, double amount = 2_000)
    {
        var decision = await live.DecideAsync(id, amount, card: $"c-{id}", terminal: $"t-{id}");
        decision.Outcome.ShouldBe("review");
        return decision;
    }

    internal static ReviewDesk Desk(this LivePayments live) => new(live.Service);

    internal static async Task<ReviewAnswer> DoAsync(
        this LivePayments live, ReviewActKind kind, string? item, string by, bool? fraud = null, string act = "",
        bool overrule = false) => await live.Desk().DoAsync(new()
        {
            Kind = kind,
            Item = item,
            By = by,
            Act = act,
            Value = fraud is { } yes ? (yes ? 1 : 0) : double.NaN,
            Overrule = overrule,
        });

    internal static async Task<RequestFault> RefusedAsync(this LivePayments live, ReviewActKind kind, string? item,
        string by, bool? fraud = null, string act = "") => (await Should.ThrowAsync<RequestException>(
            () => live.DoAsync(kind, item, by, fraud, act))).Faults.ShouldHaveSingleItem();
}
