using Lintel.Numerics.Text;

namespace Lintel.Numerics.Tests.Text;

public sealed class TitleTextTests
{
    [Theory]
    [InlineData("The Matrix (1999)", "matrix 1999")]
    [InlineData("Matrix, The (1999)", "matrix 1999")]
    [InlineData("Les Misérables", "les miserables")]
    [InlineData("Les Mise\u0301rables", "les miserables")]
    [InlineData("Ocean's  Eleven!", "oceans eleven")]
    [InlineData("Ocean’s Eleven", "oceans eleven")]
    [InlineData("Fast & Furious", "fast and furious")]
    [InlineData("Straße ÆON Þór Łódź Đorđe İstanbul", "strasse aeon thor lodz dorde istanbul")]
    [InlineData("Sự thật về Đường", "su that ve duong")]
    [InlineData("A", "a")]
    [InlineData("The", "the")]
    [InlineData("A Bug's Life", "bugs life")]
    [InlineData("Catch the Wind", "catch the wind")]
    [InlineData("Ван Гог", "ван гог")]
    [InlineData("千と千尋の神隠し", "千と千尋の神隠し")]
    [InlineData("शोले", "शोले")]
    [InlineData("😀 film", "😀 film")]
    [InlineData("???", "???")]
    [InlineData("", "")]
    public void Titles_become_plain_words(string title, string expected)
    {
        TitleText.Normalise(title).ShouldBe(expected);
        TitleText.Normalise(TitleText.Normalise(title)).ShouldBe(expected);
    }

    [Fact]
    public void Every_Latin_letter_with_an_accent_becomes_a_plain_one()
    {
        // Latin-1 and Extended-A, but the signs × and ÷; what is no letter of the Latin alphabet (ŋ, ĸ) is given its
        // neighbour's
        foreach (var c in Enumerable.Range(0xC0, 0x180 - 0xC0).Select(static c => (char)c)
            .Where(static c => c is not ('×' or '÷' or 'ŉ')))
        {
            LatinFolding.Fold(c, out var second).ShouldBeInRange('a', 'z', $"U+{(int)c:X4}");
            (second == '\0' || second is >= 'a' and <= 'z').ShouldBeTrue();
        }
    }
}
