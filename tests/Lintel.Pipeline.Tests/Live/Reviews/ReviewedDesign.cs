namespace Lintel.Pipeline.Tests.Live.Reviews;

/// <summary>The payments design with people behind it; a payment of 2,000 to 2,600 by a new card goes to them.</summary>
internal static class ReviewedDesign
{
    internal static readonly string Text = PaymentsDesign.Text
        .Replace("decision: {", """
              inspection:
                about: payment by payment
                fields: { fraud: bool }
            decision: {
            """, StringComparison.Ordinal)
        .Replace("outcomes:", "reviews: { verdict: inspection.fraud, within: 4h }\noutcomes:", StringComparison.Ordinal)
        .Replace("costs:", "reviewers: { capacity: 4/day }\n  costs:", StringComparison.Ordinal);
}
