namespace Lintel.Worlds.Posts;

/// <summary>The best possible score of every post when it is posted: the true probability that it violates each policy, given the world's
/// parameters, the post's form, and form and truth of every earlier post of its author. No model that reads the events up to it can rank
/// better in expectation, for it knows less.</summary>
/// <remarks>Exact: a post's form and truth depend on its author's kind alone, forms and truths are independent given the kind, and the
/// text on nothing but the form (<see cref="Wording"/>). With b the belief about the kind after the earlier posts and this one's form,
/// P(violates) = Σ over kinds of b · P(violates | form, kind). Followers, rates and reports given the truth tell nothing of the
/// kind.</remarks>
internal static class BestScores
{
    /// <returns>[posts × policies], 0 to 1.</returns>
    public static double[] Of(PostsOptions options, PostLedger ledger, int authors)
    {
        var forms = new FormTable(options.Prevalence);
        var policies = PostPolicies.All.Count;
        var beliefs = new double[authors * FormTable.Kinds];
        for (var i = 0; i < beliefs.Length; i++) { beliefs[i] = FormTable.KindShares[i % FormTable.Kinds]; }
        var scores = new double[ledger.Posts * policies];
        for (var post = 0; post < ledger.Posts; post++)
        {
            var belief = beliefs.AsSpan(ledger.Author[post] * FormTable.Kinds, FormTable.Kinds);
            var (form, drawn) = (ledger.Form[post], ledger.Drawn[post]);
            for (var kind = 0; kind < belief.Length; kind++) { belief[kind] *= forms.Share(kind, drawn); }
            Normalise(belief);
            if (forms.PolicyOf(form) is not { } policy) { continue; }
            double score = 0;
            for (var kind = 0; kind < belief.Length; kind++) { score += belief[kind] * forms.Violates(kind, form); }
            scores[(post * policies) + (int)policy] = score;
            if (form == Form.GroupThreat) { scores[(post * policies) + (int)PostPolicy.Hate] = FormTable.AlsoHate; }
            var isViolating = ledger.IsViolating(post, policy);
            for (var kind = 0; kind < belief.Length; kind++)
            {
                var chance = forms.Violates(kind, form);
                belief[kind] *= isViolating ? chance : 1 - chance;
            }
            Normalise(belief);
        }
        return scores;
    }

    private static void Normalise(Span<double> belief)
    {
        var sum = 0d;
        foreach (var part in belief) { sum += part; }
        foreach (ref var part in belief) { part /= sum; }
    }
}
