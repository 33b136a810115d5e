using Lintel.Numerics.Text;

namespace Lintel.Numerics.Tests.Text;

public sealed class TextHashTests
{
    // Fowler, Noll and Vo, RFC 9923, appendix B
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Texts_hash_as_the_reference_does(string text, ulong expected) => TextHash.Of(text).ShouldBe(expected);

    [Fact]
    public void A_lone_surrogate_is_the_replacement_character() => TextHash.Of("\uD800").ShouldBe(TextHash.Of("\uFFFD"));

    [Fact]
    public void Parts_have_an_order()
    {
        var (a, b) = (TextHash.Of("a"), TextHash.Of("b"));
        TextHash.Join(TextHash.Join(0, a), b).ShouldNotBe(TextHash.Join(TextHash.Join(0, b), a));
    }

    [Fact]
    public void Ids_are_spread_evenly()
    {
        const int Bits = 8, Texts = 256 * 400;
        var counts = new int[1 << Bits];
        for (var t = 0; t < Texts; t++) { counts[TextHash.Id(TextHash.Join(0, TextHash.Of($"user {t}")), Bits)]++; }
        var expected = (double)Texts / counts.Length;
        // chi-square with 255 degrees of freedom: the 99.99th percentile is 347.7
        counts.Sum(c => (c - expected) * (c - expected) / expected).ShouldBeLessThan(347.7);
    }
}
