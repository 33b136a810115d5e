namespace Lintel.Worlds.Posts;

/// <summary>How often reviewers err on the posts that they looked at: expected, by policy and dialect.</summary>
/// <param name="Dialect">Language and dialect, e.g. <c>en harbour</c>.</param> <param name="Missed">Share of looks at violations.</param>
/// <param name="FalseAlarms">Share of looks at what does not violate it.</param>
public sealed record ReviewError(string Policy, string Dialect, int Looks, double Missed, double FalseAlarms)
{
    internal static IReadOnlyList<ReviewError> Of(PostsOptions options, Community[] communities, Reviewer[] reviewers, PostLedger ledger)
    {
        var forms = new FormTable(options.Prevalence);
        List<ReviewError> errors = [];
        foreach (var group in ledger.Verdicts.GroupBy(v => Name(communities[ledger.Community[v.Post]])).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            foreach (var policy in PostPolicies.All)
            {
                var (violating, missed, other, alarms) = (0, 0.0, 0, 0.0);
                foreach (var verdict in group)
                {
                    var (form, violates) = (ledger.Form[verdict.Post], ledger.IsViolating(verdict.Post, policy));
                    var knows = reviewers[verdict.Reviewer].Dialects.Contains(communities[ledger.Community[verdict.Post]].Dialect);
                    var says = Reviewer.Says(policy, violates, form, forms.PolicyOf(form), knows);
                    if (violates) { (violating, missed) = (violating + 1, missed + 1 - says); }
                    else { (other, alarms) = (other + 1, alarms + says); }
                }
                errors.Add(new(
                    PostPolicies.Name(policy), group.Key, group.Count(), Math.Round(missed / Math.Max(1, violating), 4), Math.Round(alarms / Math.Max(1, other), 4)));
            }
        }
        return errors;
    }

    private static string Name(Community community) => $"{community.Language.Code} {community.Dialect.Name}";
}
