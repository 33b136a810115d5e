using Lintel.Numerics.Text.Analysis;

namespace Lintel.Numerics.Tests.Text.Analysis;

public sealed class PorterTests
{
    private static readonly TextAnalyser Porter = TextAnalyser.Of(["lower", "porter"]);

    // the examples of Porter 1980, by its steps, each through all steps
    [Theory]
    [InlineData("caresses caress ponies poni ties ti caress caress cats cat")]
    [InlineData("feed feed agreed agre plastered plaster bled bled motoring motor sing sing")]
    [InlineData("conflated conflat troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file")]
    [InlineData("happy happi sky sky")]
    [InlineData("relational relat conditional condit rational ration valenci valenc hesitanci hesit digitizer digit conformabli conform")]
    [InlineData("radicalli radic differentli differ vileli vile analogousli analog vietnamization vietnam predication predic operator oper")]
    [InlineData("feudalism feudal decisiveness decis hopefulness hope callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl")]
    [InlineData("triplicate triplic formative form formalize formal electriciti electr electrical electr hopeful hope goodness good")]
    [InlineData("revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop adjustable adjust defensible defens")]
    [InlineData("irritant irrit replacement replac adjustment adjust dependent depend adoption adopt homologou homolog communism commun")]
    [InlineData("activate activ angulariti angular homologous homolog effective effect bowdlerize bowdler")]
    [InlineData("probate probat rate rate cease ceas controll control roll roll")]
    [InlineData("generalizations gener oscillators oscil connect connect connected connect connecting connect connection connect connections connect")]
    public void Every_example_of_the_paper_holds(string pairs)
    {
        var words = pairs.Split(' ');
        for (var i = 0; i < words.Length; i += 2) { Porter.Terms(words[i]).ShouldBe([words[i + 1]], words[i]); }
    }

    // what the author's program does beyond the paper
    [Theory]
    [InlineData("possibly", "possibl"), InlineData("archaeology", "archaeolog"), InlineData("as", "as"), InlineData("is", "is")]
    [InlineData("S100A9s", "s100a9"), InlineData("saying", "sai"), InlineData("dying", "dy"), InlineData("yyy", "yyi")]
    public void Departures_and_odd_words_are_as_in_the_authors_program(string word, string stem) =>
        Porter.Terms(word).ShouldBe([stem]);
}
