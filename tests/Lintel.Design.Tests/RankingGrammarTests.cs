namespace Lintel.Design.Tests;

/// <summary>What a ranking says besides its steps: labels of models, metrics, baselines, serving.</summary>
public sealed class RankingGrammarTests
{
    [Fact]
    public void Models_learn_one_of_the_labels() =>
        MovieDesign.Read().Models.Select(static m => m.Label).ShouldBe(["like", "finish", null]);

    [Fact]
    public void Metrics_and_baselines_are_those_of_rankings()
    {
        var evaluate = MovieDesign.Read().Evaluate;
        evaluate.Metrics.Select(static m => (m.Name, m.Kind, m.At)).ShouldBe([("ndcg@10", "ndcg", 10), ("mrr", "mrr", null)]);
        evaluate.Baselines.Select(static b => (b.Name, b.Value)).ShouldBe([("random", null), ("popular", null), ("taste", null)]);
    }

    [Fact]
    public void Batches_have_a_rhythm_and_are_rescored()
    {
        var serve = MovieDesign.Read().Serve;
        (serve.Mode, serve.Every, serve.RescoresOnline, serve.OnFailure).ShouldBe((ServeMode.Batch, TimeSpan.FromDays(1), true, "trending"));
        MovieDesign.Read(MovieDesign.With(", then: online rescoring", "")).Serve.RescoresOnline.ShouldBeFalse();
    }

    [Theory]
    [InlineData("label: finish", "label: finsh", "error LT0114: there is no label 'finsh'; expected like | finish; did you mean 'finish'?")]
    [InlineData("metrics: [ndcg@10, mrr]", "metrics: [ndgc@10, mrr]", "error LT0113: there is no metric 'ndgc' of rankings; did you mean 'ndcg'?")]
    [InlineData("metrics: [ndcg@10, mrr]", "metrics: [brier, mrr]", "error LT0113: there is no metric 'brier' of rankings")]
    [InlineData("metrics: [ndcg@10, mrr]", "metrics: [ndcg@1%, mrr]", "error LT0109: a page is cut off at a count; got 'ndcg@1%'; expected such as ndcg@10")]
    [InlineData("popular, taste]", "prior]", "error LT0114: there is no baseline 'prior' of rankings; expected random, popular, or the name of a source of candidates")]
    [InlineData("on failure: trending", "on failure: trendy", "error LT0114: no candidates come from 'trendy'; expected taste | trending | fresh")]
    [InlineData("on failure: trending", "let through: 1%", "error LT0121: a ranking has no outcome to let through")]
    [InlineData("mode: batch, every: 1d, then: online rescoring", "mode: online, every: 1d", "error LT0121: 'every' is said of batches; expected mode: batch")]
    [InlineData("every: 1d", "every: 0d", "error LT0111: 'every' leaves nothing")]
    [InlineData("then: online rescoring", "then: rescoring", "error LT0109: the value has another form; got 'rescoring'; expected online rescoring")]
    public void A_wrong_word_is_one_diagnostic(string old, string replacement, string expected) =>
        MovieDesign.Fault(MovieDesign.With(old, replacement)).ShouldContain(expected);

    [Fact]
    public void Metrics_of_probabilities_judge_what_was_shown()
    {
        var judging = MovieDesign.With("metrics: [ndcg@10, mrr]", "metrics: [ndcg@10, auc]");
        MovieDesign.Read(judging).Evaluate.Metrics.Select(static m => (m.Name, m.OfShown)).ShouldBe([("ndcg@10", false), ("auc", true)]);
        MovieDesign.Fault(judging.Replace("  shown: impression\n", "")).ShouldContain("error LT0121: 'auc' judges the items that were shown, and nothing says which");
    }

    [Fact]
    public void Only_a_ranking_has_labels_to_choose() =>
        FraudDesign.Fault(FraudDesign.With("trees: 300, depth: 4", "trees: 300, label: fraud"))
            .ShouldContain("error LT0121: only a ranking has several labels");

    [Theory]
    [InlineData("kind: als, from: play", "kind: alls, from: play", "error LT0113: there is no source kind 'alls'")]
    [InlineData("kind: popular, from: play", "kind: popular, from: pley", "error LT0114: there is no event 'pley'; did you mean 'play'?")]
    public void What_names_a_faulty_source_is_not_faulted_too(string old, string replacement, string expected) =>
        MovieDesign.Fault(MovieDesign.With(old, replacement).Replace("  - take 20", "  - at least 1 of taste\n  - take 20")).ShouldContain(expected);

    private const string Users = "user: { source: users.parquet, key: user_id, fields: { region: text, age: number } }";

    [Fact]
    public void Text_files_may_be_laid_out_by_the_design()
    {
        var layout = MovieDesign.Read(MovieDesign.With(Users,
                "user: { source: u.user, columns: [user_id, region, age], separator: '|', encoding: latin-1, key: user_id, fields: { region: text, age: number } }"))
            .Catalogues[1].Layout.ShouldNotBeNull();
        layout.Columns.ShouldBe(["user_id", "region", "age"]);
        (layout.Separator, layout.IsLatin1, layout.Unfolds).ShouldBe(("|", true, false));
        MovieDesign.Read().Catalogues[1].Layout.ShouldBeNull();
    }

    [Theory]
    [InlineData("user: { source: users.parquet, columns: [user_id], key: user_id }", "error LT0121: 'columns' describes text files, and 'user' has Parquet, which tells itself")]
    [InlineData("user: { separator: tab }", "error LT0121: 'separator' describes files, and 'user' has none")]
    [InlineData("user: { source: u.user, columns: [a, b, A], key: a }", "error LT0103: column 'a' is listed twice")]
    [InlineData("user: { source: u.user, columns: [a, b], unfold: last, key: a }", "error LT0121: 'unfold' needs to know the columns, and what parts them")]
    [InlineData("user: { source: u.user, separator: comma, key: a }", "error LT0109: the value has another form; got 'comma'; expected tab | space | , | ; | | | ::")]
    [InlineData("user: { source: u.user, key: a, fields: { region: \"list of\" } }", "error LT0201: the expression cannot go on like this; got the end; expected a column that is 1 where a row has the member")]
    public void A_wrong_layout_is_one_diagnostic(string users, string expected) =>
        MovieDesign.Fault(MovieDesign.With(Users, users).Replace(" and user.age < 16", "")).ShouldContain(expected);
}
