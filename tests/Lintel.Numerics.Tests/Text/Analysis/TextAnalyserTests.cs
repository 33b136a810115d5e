using Lintel.Numerics.Text.Analysis;
using Lintel.Numerics.Text.Analysis.Steps;

namespace Lintel.Numerics.Tests.Text.Analysis;

public sealed class TextAnalyserTests
{
    [Theory]
    [InlineData("Boundary-layer control, e.g. on a wing.", "boundary layer control e g on a wing")]
    [InlineData("don't the dog's dogs' O’Neil ''quoted'' 's", "dont the dog dogs oneil quoted s")]
    [InlineData("pi is 3.14, not 3.; 12,000 or 1,200,000 but 1,2,3 and 1,2345.", "pi is 3.14 not 3 12000 or 1200000 but 1 2 3 and 1 2345")]
    [InlineData("max_depth _x x_ S100A9 NF-kB mi/ms2", "max_depth x x s100a9 nf kb mi ms2")]
    [InlineData("Ångström naïve cafe\u0301 Straße ŒUVRE", "angstrom naive cafe strasse oeuvre")]
    [InlineData("Привет МИР, γ-ray", "привет мир γ ray")]
    [InlineData("東京 and ひらカタカナ", "東 京 and ひ ら カタカナ")]
    [InlineData("soft\u00ADhyphen zero\u200Bwidth \uFEFFbom", "softhyphen zerowidth bom")]
    [InlineData("\U0001F600 smile \U00010400x", "smile \U00010400x")]
    [InlineData("\uD800broken \u0301mark", "broken mark")]
    [InlineData("", "")]
    [InlineData(" - ' . ", "")]
    public void Texts_are_cut_and_folded(string text, string terms) =>
        string.Join(' ', TextAnalyser.Of(["fold"]).Terms(text)).ShouldBe(terms);

    [Fact]
    public void Steps_run_in_their_order()
    {
        const string text = "The Crystalline Lenses of vertebrates, and their Diseases";
        Terms(text, "fold", "stop english", "porter").ShouldBe(["crystallin", "lens", "vertebr", "diseas"]);
        Terms(text, "fold").ShouldBe("the crystalline lenses of vertebrates and their diseases".Split(' '));
        Terms("Ärger", "lower").ShouldBe(["ärger"]);
        Terms("What would one do about it", "fold", "stop english").ShouldBe(["what", "would", "one", "do", "about"]);
        Terms("What would one do about it", "fold", "stop english long").ShouldBe(["one"]);
        Terms($"abc {new string('x', 128)} {new string('y', 129)} d", "lower").ShouldBe(["abc", new('x', 128), "d"]);
        Terms("abc abcd", "lower", "longest 3").ShouldBe(["abc"]);
    }

    [Fact]
    public void Lists_of_stop_words_hold_each_word_once()
    {
        StopWords.English.Split(' ').Distinct().Count().ShouldBe(33);
        StopWords.LongEnglish.Split(' ').Distinct().Count().ShouldBe(129);
        StopWords.LongEnglish.Split(' ').Length.ShouldBe(129);
    }

    [Fact]
    public void Letters_that_become_two_fit_however_many()
    {
        Terms(new string('ß', 128), "fold").ShouldBe([new('s', 256)]);
        Terms("e\u0301ßxß", "fold").ShouldBe(["essxss"]);
    }

    [Fact]
    public void Synonyms_meet_behind_the_steps_before()
    {
        var chain = TextAnalyser.Of(["fold", "porter", "synonyms"], [["car", "automobile"], ["Film", "movies", "picture"]]);
        chain.Terms("Movies of automobiles and cars; FILMS, pictured").ShouldBe(["film", "of", "car", "and", "car", "film", "film"]);
    }

    [Fact]
    public void Places_count_the_words_left_out()
    {
        var places = new Places([]);
        TextAnalyser.Of(["fold", "stop english"]).Analyse("the lens of an eye's iris", ref places).ShouldBe(6);
        places.Seen.ShouldBe([("lens", new(1, 4, 8)), ("eye", new(4, 15, 20)), ("iris", new(5, 21, 25))]);
    }

    [Theory]
    [InlineData("stem", "'stem' is not known; expected fold, lower")]
    [InlineData("longest 0", "longest N"), InlineData("longest 129", "longest N"), InlineData("longest", "longest N")]
    [InlineData("porter", "put fold or lower before it"), InlineData("stop english", "put fold or lower before it")]
    [InlineData("synonyms", "has no groups")]
    public void Wrong_steps_are_refused(string step, string message) =>
        Should.Throw<ArgumentException>(() => TextAnalyser.Of([step])).Message.ShouldContain(message);

    [Fact]
    public void Wrong_synonyms_are_refused()
    {
        Refused([["car"]]).ShouldContain("fewer than two");
        Refused([["car", "auto"], ["auto", "self"]]).ShouldContain("two groups");
        Refused([["car", "motor car"]]).ShouldContain("2 terms");

        static string Refused(string[][] groups) =>
            Should.Throw<ArgumentException>(() => TextAnalyser.Of(["fold", "synonyms"], groups)).Message;
    }

    [Fact]
    public void Analysis_allocates_nothing()
    {
        var chain = TextAnalyser.Of(["fold", "stop english", "porter", "synonyms", "longest 40"], [["wing", "aerofoil"]]);
        var count = new Counter();
        const string text = "An experimental study of a wing in a propeller slipstream — naïve, don't — was made in order to determine 12,000 Größen";
        for (var i = 0; i < 50; i++) { _ = chain.Analyse(text, ref count); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { _ = chain.Analyse(text, ref count); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        count.Count.ShouldBeGreaterThan(1_000);
    }

    private static string[] Terms(string text, params string[] steps) => TextAnalyser.Of(steps).Terms(text);

    private readonly record struct Places(List<(string, TokenPlace)> Seen) : ITokenSink
    {
        public void Token(scoped ReadOnlySpan<char> term, TokenPlace place) => Seen.Add((term.ToString(), place));
    }

    private struct Counter : ITokenSink
    {
        public int Count;

        public void Token(scoped ReadOnlySpan<char> term, TokenPlace place) => Count++;
    }
}
