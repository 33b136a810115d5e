using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Design.Tests;

/// <summary>Features that are ids: how they are said, who reads them, and what only training knows.</summary>
public sealed class IdGrammarTests
{
    private const string Year = "year: movie.year\n";

    private static readonly KindRegistry Kinds = new(
    [
        .. new[] { KindFamily.Model, KindFamily.RankingMetric, KindFamily.Metric, KindFamily.CandidateSource, KindFamily.PolicyStep }
            .SelectMany(TestRankingKinds.All.Of),
        new(KindFamily.Model, "fm", typeof(NoParameters), "Reads ids.") { ReadsIds = true },
    ]);

    private static string With(string features) => MovieDesign.With(Year, $"{Year}  {features.ReplaceLineEndings("\n  ")}\n");

    private static SystemDesign Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("movies.yaml", text, Kinds, diagnostics);
        diagnostics.All.Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }

    private static FeatureDesign Feature(string text) => Read(With(text)).Features[^1];

    private static string Fault(string text)
    {
        var diagnostics = new DiagnosticBag();
        DesignFile.Parse("movies.yaml", text, Kinds, diagnostics).ShouldBeNull();
        return diagnostics.All.Select(static d => d.ToString()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("device: device", 0, "text")]
    [InlineData("user: user", 0, "user")]
    [InlineData("film: movie", 0, "movie")]
    [InlineData("franchise: movie.franchise", 0, "text")]
    [InlineData("or_none: device ?? 'none'", 0, "text")]
    [InlineData("last_device: last(visit.device) by user", 0, "text")]
    [InlineData("user: user hashed 22 bits", 22, null)]
    [InlineData("weekday: weekday(time) hashed 8 bits", 8, null)]
    [InlineData("both: cross(user, movie) hashed 24 bits", 24, null)]
    [InlineData("many: cross(user, device, weekday(time) >= 6, hour(time)) hashed 18 bits", 18, null)]
    [InlineData("of_features: cross(user_plays, device) hashed 18 bits", 18, null)]
    public void Texts_keys_and_hashes_are_ids(string text, int bits, string? domain)
    {
        var feature = Feature(text);
        feature.Id.ShouldBe(new(feature.Name, bits, domain));
        feature.Shown.ShouldBeNull();
    }

    [Theory]
    [InlineData("n: user_plays")]
    [InlineData("old: movie.year < 1990")]
    [InlineData("since_play: since(play) by user")]
    public void Numbers_conditions_and_durations_are_none(string text) => Feature(text).Id.ShouldBeNull();

    [Fact]
    public void A_list_is_columns_of_one_space()
    {
        var design = Read(With("genres: movie.genres most 3\nfilm: movie\nhashed_genres: movie.genres most 2 hashed 12 bits"));
        design.Features.TakeLast(6).Select(static f => f.Name)
            .ShouldBe(["genres_1", "genres_2", "genres_3", "film", "hashed_genres_1", "hashed_genres_2"]);
        design.Features.Single(static f => f.Name == "genres_2").Id.ShouldBe(new("genres", 0, "movie.genres"));
        FeatureShape.Of(design.Features).TakeLast(6).ShouldBe(
        [
            new(FeatureShape.MaxIds, 0), new(FeatureShape.MaxIds, 0), new(FeatureShape.MaxIds, 0), new(FeatureShape.MaxIds, 1), new(4096, 2), new(4096, 2),
        ]);
        FeatureShape.Of(design.Features)[0].ShouldBe(FeatureShape.Number);
    }

    [Fact]
    public void Models_that_read_ids_read_all()
    {
        var design = Read(With("genres: movie.genres most 2\nfilm: movie").Replace("rank: { kind: xgboost }", "rank: { kind: fm }"));
        design.Models.Single(static m => m.Name == "rank").Uses.ShouldBe(["taste", "genre_share", "user_plays", "year", "genres_1", "genres_2", "film"]);
        design.Models.Single(static m => m.Name == "like").Uses.ShouldBe(["taste", "genre_share", "user_plays", "year"]);
    }

    [Theory]
    [InlineData("[genres, film]", new[] { "genres_1", "genres_2", "film" })]
    [InlineData("[genres_1, f*]", new[] { "genres_1", "film" })]
    [InlineData("[\"*\"]", new[] { "taste", "genre_share", "user_plays", "year", "genres_1", "genres_2", "film" })]
    public void Ids_are_used_by_name(string uses, string[] expected) =>
        Read(With("genres: movie.genres most 2\nfilm: movie").Replace("rank: { kind: xgboost }", $"rank: {{ kind: fm, uses: {uses} }}"))
            .Models.Single(static m => m.Name == "rank").Uses.ShouldBe(expected);

    [Theory]
    [InlineData("film", "LT0206: a model of kind 'xgboost' reads numbers, and 'film' is an id; got a key; expected a number, a condition or a duration; turn it into a number, such as a count or a rate by it, or give it to a kind that reads ids: fm")]
    [InlineData("genres", "LT0206: a model of kind 'xgboost' reads numbers, and 'genres_1' is an id; got a text")]
    [InlineData("both", "LT0206: a model of kind 'xgboost' reads numbers, and 'both' is an id; got an id")]
    [InlineData("at", "LT0206: a model cannot read 'at'; got a time")]
    public void A_kind_without_ids_says_so(string uses, string expected) =>
        Fault(With("genres: movie.genres most 2\nfilm: movie\nboth: cross(user, movie) hashed 20 bits\nat: time")
            .Replace("rank: { kind: xgboost }", $"rank: {{ kind: xgboost, uses: [{uses}] }}")).ShouldContain(expected);

    [Theory]
    [InlineData("x: cross(user, movie)", "LT0201: a cross has no dictionary of its own")]
    [InlineData("x: cross(user) hashed 20 bits", "LT0207: 'cross' joins several values; got 1; expected cross(user, ad.creative) hashed 22 bits")]
    [InlineData("x: 1 + cross(user, movie)", "LT0211: 'cross' is a feature of its own")]
    [InlineData("x: cross(user, movie.genres) hashed 20 bits", "LT0206: a list cannot be hashed; expected a text, a key, a whole number or a condition; say how many of its members")]
    [InlineData("x: cross(user, time) hashed 20 bits", "LT0206: a time cannot be hashed")]
    [InlineData("x: user hashed 7 bits", "LT0201: the expression cannot go on like this; got '7'; expected a whole number of bits from 8 to 24")]
    [InlineData("x: user hashed 25 bits", "expected a whole number of bits from 8 to 24")]
    [InlineData("x: user hashed 8.5 bits", "expected a whole number of bits from 8 to 24")]
    [InlineData("x: user hashed 20", "got the end; expected 'bits'")]
    [InlineData("x: movie.genres", "LT0206: feature 'x' is a list; got 'movie.genres'; expected one value; read its members (x: movie.genres most 3)")]
    [InlineData("x: movie.year most 3", "LT0206: 'most' is said of a catalogue's list")]
    [InlineData("x: movie.genres most 0", "expected a whole number from 1 to 50")]
    [InlineData("x: user hashed 20 bits\nx_is: x = x", "LT0206: '=' does not join these two; got an id = an id")]
    [InlineData("x: movie.genres most 2\nx_2: movie.year", "LT0103: feature 'x_2' is already declared")]
    [InlineData("device: user hashed 20 bits", "LT0103: 'device' is a value of the decided event")]
    public void A_wrong_word_is_one_diagnostic(string features, string expected) => Fault(With(features)).ShouldContain(expected);

    private const string Impression = "keys: { movie: movie_id } }";

    private static string Shown(string features) => With(features).Replace(
        $"time: at, {Impression}", $"time: at, {Impression[..^2]}, fields: {{ position: number, row: text, dwell: number known left }} }}");

    [Theory]
    [InlineData("position: impression.position (serving 1)", 1)]
    [InlineData("position: min(impression.position, 10) (serving -2)", -2)]
    [InlineData("first: impression.position = 1 (serving true)", 1)]
    [InlineData("position: impression.position (serving missing)", double.NaN)]
    public void What_only_training_knows_has_a_value_for_serving(string text, double served)
    {
        var feature = Read(Shown(text)).Features[^1];
        feature.Value.ShouldBeOfType<Expression.Constant>().Value.ShouldBe(served);
        feature.Shown.ShouldNotBeNull();
        ExpressionWalk.Columns(feature.Shown).ShouldAllBe(static c => c.Event.Name == "impression");
        feature.Id.ShouldBeNull();
    }

    [Fact]
    public void It_may_be_an_id()
    {
        var feature = Read(Shown("row: impression.row hashed 8 bits (serving 'top')")).Features[^1];
        feature.Id.ShouldBe(new("row", 8, null));
        feature.Value.ShouldBeOfType<Expression.Hashed>().Parts[0].ShouldBeOfType<Expression.TextConstant>().Value.ShouldBe("top");
    }

    [Theory]
    [InlineData("x: impression.position (serving 'top')", "LT0206: this cannot stand for it when serving")]
    [InlineData("x: impression.position (serving user)", "LT0205: unknown name 'user'")]
    [InlineData("x: impression.position (served 1)", "expected 'serving'")]
    [InlineData("x: impression.dwell (serving 1)", "LT0209: 'impression.dwell' becomes known later")]
    [InlineData("x: play.share (serving 1)", "LT0210: 'play.share' is another event")]
    [InlineData("x: count(play) by user (serving 1)", "LT0211")]
    [InlineData("x: impression.position (serving 1)\ny: x + 1", "LT0211: 'x' is known to training alone: only models read it")]
    public void A_wrong_serving_is_one_diagnostic(string features, string expected) => Fault(Shown(features)).ShouldContain(expected);

    [Fact]
    public void Without_a_shown_event_there_is_nothing_to_serve() =>
        Fault(Shown("x: impression.position (serving 1)").Replace("  shown: impression\n", ""))
            .ShouldContain("LT0121: 'serving' is said of what a ranking has shown");

    [Fact]
    public void The_label_is_not_learnt_from() =>
        Fault(Shown("x: impression.position (serving 1)").Replace("like: play.liked", "like: impression.position < 3"))
            .ShouldContain("LT0208: a feature would read the label: 'position'");

    [Theory]
    [InlineData("like_rate: rate(play, impression) by movie over 7d",
        "count(play) by movie over 7d / count(impression) by movie over 7d")]
    [InlineData("like_rate: rate(play, impression) by movie over 7d smoothed 20",
        "(count(play) by movie over 7d + 20 * (count(play) over 7d / count(impression) over 7d)) / (count(impression) by movie over 7d + 20)")]
    [InlineData("like_rate: 1 - rate(play, impression where visit.device = 'tv') by user",
        "1 - (count(play where play.impression.visit.device = \"tv\") by user) / (count(impression where impression.visit.device = \"tv\") by user)")]
    public void A_rate_is_counts_over_counts(string text, string expected) =>
        ExpressionPrinter.Print(Feature(text).Value).Replace("impression.visit.user", "user").Replace("visit.user", "user")
            .Replace("impression.movie", "movie").ShouldBe(expected);

    [Fact]
    public void Rates_expand_with_their_braces() =>
        Read(With("ctr_{1h,1d}: rate(play, impression) by movie over {1h,1d} smoothed 20")).Features
            .TakeLast(2).Select(static f => f.Name).ShouldBe(["ctr_1h", "ctr_1d"]);

    [Theory]
    [InlineData("x: rate(play) by movie", "LT0210: 'rate' counts one event over another; got 1 arguments")]
    [InlineData("x: rate(play, impresion) by movie", "LT0205: unknown event 'impresion'")]
    [InlineData("x: rate(play, impression) by movie smoothed 0", "expected a weight above 0, in counts")]
    [InlineData("x: rate(play, impression) by film smoothed 5", "has no key 'film'")]
    public void A_wrong_rate_is_told(string features, string expected)
    {
        var diagnostics = new DiagnosticBag();
        DesignFile.Parse("movies.yaml", With(features), Kinds, diagnostics).ShouldBeNull();
        diagnostics.All[0].ToString().ShouldContain(expected);
    }
}
