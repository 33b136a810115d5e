using Lintel.Design.Diagnostics;

namespace Lintel.Design.Tests;

/// <summary>What YAML refuses, and what it would pass over in silence.</summary>
public sealed class YamlFaultTests
{
    [Theory]
    [InlineData("", "fraud.yaml:1:1: error LT0102: the file is empty")]
    [InlineData("# only a comment\n", "fraud.yaml:1:1: error LT0102: the file is empty")]
    [InlineData("lintel: 1\n\tsystem: fraud", "error LT0101: the file is not YAML")]
    [InlineData("just a sentence", "fraud.yaml:1:1: error LT0109: the file is no design; got 'just a sentence'")]
    [InlineData("- a\n- b\n", "fraud.yaml:1:1: error LT0109: the file is no design; got a list")]
    [InlineData("system: \"fraud\nlintel: 1", "error LT0101: the file is not YAML")]
    [InlineData("lintel: \uFFFD1", "fraud.yaml:1:9: error LT0101: the file is not UTF-8 text")]
    public void What_is_no_design_is_told_apart(string text, string expected) => FraudDesign.Fault(text).ShouldContain(expected);

    [Fact]
    public void A_second_document_is_refused() =>
        FraudDesign.Fault(FraudDesign.Text + "\n---\nlintel: 1\n").ShouldBe(
            "fraud.yaml:67:1: error LT0106: the file holds a second document; got '---'; expected one design a file; put each design into a file of its own");

    [Fact]
    public void The_same_key_twice_is_refused() =>
        FraudDesign.Fault(FraudDesign.With("goal:", "system: again\ngoal:")).ShouldBe(
            "fraud.yaml:3:1: error LT0103: 'system' is already declared at fraud.yaml:2:1; rename or remove one of them");

    [Theory]
    [InlineData("rate: 2000/s", "rate: &r 2000/s", "error LT0107: an anchor ('&') stands here; got &r")]
    [InlineData("rate: 2000/s", "rate: !!str 2000/s", "error LT0107: a tag ('!') stands here")]
    public void Anchors_and_tags_are_refused(string old, string replacement, string expected) =>
        FraudDesign.Fault(FraudDesign.With(old, replacement)).ShouldContain(expected);

    [Fact]
    public void An_alias_is_refused_with_the_hint_to_quote_a_star() =>
        FraudDesign.Faults(FraudDesign.With("uses: [amount, card_*, since_last]", "uses: [*_1d]"))
            .ShouldContain(f => f.Contains("error LT0107: an alias ('*') stands here; got *_1d; expected a value; write the value out; quote a name that starts with a star"));

    [Theory]
    [InlineData("missed: amount,", "missed: max(amount, 5),", "fraud.yaml:10:20: error LT0105: inside { } YAML ends an expression at its comma or bracket; got 'max(amount'")]
    [InlineData("missed: amount,", "missed: if amount in [1, 2] then 1 else 2,", "error LT0105: YAML cannot read this line as it stands")]
    [InlineData("slices: [night, card", "slices: [min(amount, 3) > 2, card", "fraud.yaml:53:12: error LT0105: inside [ ] YAML ends an expression at its comma or bracket; got 'min(amount'")]
    [InlineData("average-precision: \">= 0.60\"", "average-precision: >= 0.60", "error LT0105: YAML cannot read this line as it stands")]
    [InlineData("  amount: amount", "  kind: if x then \"a: b\" else \"c\"", "error LT0105: YAML cannot read this line as it stands")]
    public void An_expression_that_yaml_would_cut_must_be_quoted(string old, string replacement, string expected)
    {
        var fault = FraudDesign.Fault(FraudDesign.With(old, replacement));
        fault.ShouldContain(expected);
        fault.ShouldEndWith("quote this expression: \"…\"");
    }

    [Fact]
    public void A_key_without_a_value_is_no_cut_expression() =>
        FraudDesign.Fault(FraudDesign.With("missed: amount,", "missed: ,")).ShouldBe(
            "fraud.yaml:10:20: error LT0109: a value is missing here; got nothing; expected a number expression over the decided event, such as 5 + 0.01 * amount");

    [Fact]
    public void Deep_nesting_is_a_fault() =>
        FraudDesign.Fault(new string('[', 100_000)).ShouldContain("nested deeper than 32 levels");

    [Fact]
    public void A_file_too_large_is_a_fault() => FraudDesign.Fault(new string('x', (1 << 20) + 1)).ShouldContain("LT0101: the file is too large");

    [Fact]
    public void Places_survive_quotes_folding_and_braces()
    {
        var folded = FraudDesign.With("  amount_vs_usual: amount / card_amount_30d", "  amount_vs_usual:\n    amount /\n      card_amount_30x");
        FraudDesign.Fault(folded).ShouldStartWith("fraud.yaml:45:7: error LT0205: unknown name 'card_amount_30x'");
        var block = FraudDesign.With("  amount_vs_usual: amount / card_amount_30d", "  amount_vs_usual: >-\n    amount /\n      card_amount_30x");
        FraudDesign.Fault(block).ShouldStartWith("fraud.yaml:45:7: error LT0205: unknown name 'card_amount_30x'");
        var quoted = FraudDesign.With("missed: amount,", "missed: \"max(amuont, 5)\",");
        FraudDesign.Fault(quoted).ShouldStartWith("fraud.yaml:10:25: error LT0205: unknown name 'amuont' in a cost; did you mean 'amount'?");
        var braces = FraudDesign.With("count(payment) by card over {1d,7d,30d}", "count(payment) by card over {1d,7d,30y}");
        FraudDesign.Fault(braces).ShouldStartWith("fraud.yaml:37:65: error LT0203: unknown unit 'y'");
    }

    [Theory]
    [InlineData("rate", "rat", "rate")]
    [InlineData("on failure", "onfailure", "on failure")]
    [InlineData("xgboost", "xbgoost", "xgboost")]
    [InlineData("isolation-forest", "card", null)]
    public void The_nearest_known_word_is_suggested(string known, string written, string? expected) =>
        Suggestion.Nearest(written, [known, "unrelated"]).ShouldBe(expected);
}
