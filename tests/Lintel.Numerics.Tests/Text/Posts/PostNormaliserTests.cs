using System.Text;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Numerics.Tests.Text.Posts;

public sealed class PostNormaliserTests
{
    private static readonly PostNormaliser Normaliser = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("You ARE an idiot.", "you are an idiot")]
    [InlineData("h4t3 b1tch a$$ $hit sh!t b@stard 4ss", "hate bitch ass shit shit bastard ass")]
    [InlineData("1st 22nd 90s 10pm 5k 1488 2018", "1st 22nd 90s 10pm 5k 1488 2018")]
    [InlineData("hаtе ѕtυріd ｓｔｕｐｉｄ 𝐬𝐭𝐮𝐩𝐢𝐝 𝓼𝓽𝓾𝓹𝓲𝓭 ⓢⓣⓤⓟⓘⓓ 🅂🅃🅄🄿🄸🄳 ꜱᴛᴜᴘɪᴅ", "hate stupid stupid stupid stupid stupid stupid stupid")]
    [InlineData("𝛼𝛽 𝟘𝟙", "ab 01")]
    [InlineData("h a t e you, h.a.t.e h-a-t-e h_a_t_e h 4 t 3", "hate you hate hate hate hate")]
    [InlineData("a b i", "abi")]
    [InlineData("I a man", "i a man")]
    [InlineData("e.g. a.b c.d a.4 5 b", "eg ab cd asb")]
    [InlineData("4 5 6", "4 5 6")]
    [InlineData("U.S.A. is great", "usa is great")]
    [InlineData("h\u200Ba\u200Dt\u00ADe s\u0336t\u0336u\u0336pid id\u0301iot", "hate stupid idiot")]
    [InlineData("haaaaate sooooo gooood helllll fuuuck 2000000", "hate so god hel fuck 2000000")]
    [InlineData("f*ck f**k f**'*k **bold** don't don’t rock'n'roll", "fck fk fk bold dont dont rocknroll")]
    [InlineData("@user hi @Some_One: @", "@ hi @")]
    [InlineData("see https://t.co/Ab#C and www.x.org/y now", "see http and http now")]
    [InlineData("#BuildTheWall #MAGA ##x # 1", "# build the wall # maga # x # 1")]
    [InlineData("What?!?! no!!! ok... yes; (maybe)", "what ? ! ? ! no ! ok yes maybe")]
    [InlineData("😂😂😂👍🏽❤️ good😀", "😂 👍 ❤ good 😀")]
    [InlineData("&#128514;&amp;&lt;b&gt; it&#8217;s &#x1F602; a&b &nosuch; &#0; &#xD800;", "😂 b its 😂 ab nosuch # 0 # xdboo")]
    [InlineData("Straße Łódź CAFÉ naïve", "strasse lodz cafe naive")]
    [InlineData("千と千尋の神隠し शोले 안녕", "千と千尋の神隠し शोले 안녕")]
    [InlineData("$5 us$ $AAPL 20$", "5 uss sapl 20")]
    public void Posts_become_plain_words(string text, string expected)
    {
        Normalise(text).ShouldBe(expected);
        Normalise(expected).ShouldBe(expected);
    }

    [Fact]
    public void Normalising_twice_is_once_and_the_length_is_bounded()
    {
        var random = new RandomStream(11);
        string[] pieces = ["a", "b", "aa", "4", "2", "5s", "1st", " ", " ", "  ", ".", "!", "?", "#", "@", "$", "*", "'", "&amp;", "&#49;", "&", ";", "ß", "æ", "é", "e\u0301",
            "\u200B", "\uFE0F", "😂", "👍🏽", "а", "Σ", "Ƙ", "ｈ", "𝐱", "🅰", "\uD800", "http://", "www.", "x.co", "hate", "A", "#A", "_", "-", "शो", "千", "İ", "ẞ", "\u0345", "ŉ", "①", "!!", "$$"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.NextInt32(14)).Select(_ => pieces[random.NextInt32(pieces.Length)]));
            var once = Normalise(text);
            Normalise(once).ShouldBe(once, $"'{text}' became '{once}'");
            once.Length.ShouldBeLessThanOrEqualTo(3 * text.Length);
        }
    }

    [Theory]
    [InlineData("æÆ"), InlineData("ß?"), InlineData("!?"), InlineData("@a"), InlineData("a."), InlineData("æ."), InlineData("😂😀"), InlineData("aB"), InlineData("$"), InlineData("Æ#")]
    public void Long_texts_of_what_grows_most_find_room(string piece)
    {
        foreach (var text in new[] { string.Concat(Enumerable.Repeat(piece, 5_000)), "#" + string.Concat(Enumerable.Repeat(piece, 5_000)) })
        {
            var once = new PostNormaliser().Normalise(text).ToString();
            once.Length.ShouldBeLessThanOrEqualTo(3 * text.Length);
            Normalise(once).ShouldBe(once);
        }
    }

    [Fact]
    public void Time_grows_with_the_length_whatever_it_is_made_of()
    {
        // a quadratic step would take minutes
        foreach (var piece in (string[])["*", "1 ", "1.", "a ", "$", "&", "&#", "@", "'", "#A", "ww", "h"])
        {
            var text = "a" + string.Concat(Enumerable.Repeat(piece, 300_000)) + "b";
            Normalise(text).Length.ShouldBeLessThanOrEqualTo(3 * text.Length);
        }
    }

    [Fact]
    public void Every_character_alone_and_in_a_word_is_stable()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (!Rune.TryCreate(code, out var rune)) { continue; }
            var once = Normalise($"{rune} x{rune}y {rune}");
            Normalise(once).ShouldBe(once, $"U+{code:X4}");
        }
    }

    [Theory]
    [InlineData(Disguise.Leet), InlineData(Disguise.Spacing), InlineData(Disguise.Homoglyphs), InlineData(Disguise.Unseen), InlineData(Disguise.Repeats)]
    internal void A_hidden_word_is_found_again(Disguise disguise)
    {
        string[] words = ["hate", "stupid", "idiot", "bastard", "disgusting", "liberals", "moron", "trash", "vermin", "pathetic"];
        var obfuscator = new Obfuscator(3, 1);
        var found = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var text = $"those {words[i % words.Length]} always";
            found += Normalise(obfuscator.Hide(text, disguise)).Contains(words[i % words.Length], StringComparison.Ordinal) ? 1 : 0;
        }
        // blanks between the letters of two neighbours make them one word, which holds both
        found.ShouldBeGreaterThan(disguise == Disguise.Repeats ? 900 : 970);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_buffers_have_grown()
    {
        var (normaliser, bag) = (new PostNormaliser(), new GramBag());
        var text = string.Concat(Enumerable.Repeat("h4t3 &#128514; #BuildIt 𝐬𝐭𝐮𝐩𝐢𝐝 h a t e 😂 ", 100));
        var shape = new NgramShape();
        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Once()
        {
            bag.Clear();
            Ngrams.Add(normaliser.Normalise(text), shape, bag);
        }
    }

    [Fact]
    public void No_character_looks_like_two()
    {
        for (var code = 0x80; code <= 0x10FFFF; code++)
        {
            var plain = LookAlikes.Plain(code);
            if (plain != code) { LookAlikes.Plain(plain).ShouldBe(plain, $"U+{code:X4}"); }
        }
    }

    private static string Normalise(string text) => Normaliser.Normalise(text).ToString();
}
