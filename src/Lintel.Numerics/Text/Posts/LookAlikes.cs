namespace Lintel.Numerics.Text.Posts;

/// <summary>Characters that are drawn like a Latin letter or a digit, as that letter: what Cyrillic, Greek, Armenian and Cherokee lend to
/// those who hide a word, and the alphabets of mathematics, circles, squares, full width, small capitals and raised or lowered letters.</summary>
/// <remarks>A table of ours, chosen by the drawing, not by the sound, and without a culture's data. It is read whatever the word around the letter:
/// words that are Cyrillic through and through are still told apart afterwards, since two letters of one script hardly ever become the same
/// one. Characters that are not in it stay as they are. Source of the candidates: Unicode Technical Standard 39, confusables.</remarks>
public static class LookAlikes
{
    // the plain letter first, then what is drawn like it
    private static readonly string[] Groups =
    [
        "aаАαάΑΆɑᴀᵃₐᎪª", "bвВьЬΒβʙᵇƀɓᏴℬ", "cсСϲϹᴄᶜⅽⅭᏟƈℂℭ", "dԁԀᴅᵈⅾⅮᎠɗɖⅆ", "eеЕёЁεέΕΈєЄҽᴇᵉₑᎬɛəℯℰⅇ℮", "fғҒϝꜰᶠƒℱ",
        "gɡɢցᵍԍԌɠᏀℊ", "hһҺнНΗΉʜհʰₕᎻɦℋℌℍℎ", "iіІїЇιίϊΐΙΊɪⁱᵢɩӏӀᎥⅰⅠℐℑℹⅈ¡", "jјЈϳᴊʲⱼᎫⅉ", "kкКκΚᴋᵏₖᏦƙқҚ\u212A",
        "lʟˡₗᏞⅼⅬɭℒℓǀ", "mмМΜᴍᵐₘᎷⅿⅯℳ", "nпПηήΝոɴⁿₙℕ", "oоОοόΟΌօᴏᵒₒөӨɵ໐ℴ", "pрРρΡᴘᵖₚᏢℙ℘", "qԛԚզʠℚ", "rгГʀʳᵣᏒɾℛℜℝ",
        "sѕЅʂꜱˢₛᏚ", "tтТτΤᴛᵗₜᎢ", "uυύϋΰµμսᴜᵘᵤ", "vνѵѴᴠᵛᵥⅴⅤᏙʋ", "wωώԝԜшШѡѠᴡʷᎳ", "xхХχΧˣₓⅹⅩ×", "yуУүҮұҰΥΎγʏʸᎩўЎ",
        "zᴢᶻΖᏃʐℤℨ", "0⁰₀", "1¹₁①", "2²₂②", "3³₃③", "4⁴₄④", "5⁵₅⑤", "6⁶₆⑥", "7⁷₇⑦", "8⁸₈⑧", "9⁹₉⑨",
    ];

    private static readonly char[] Table = MakeTable();

    /// <summary>What a character is drawn like: a to z in lower case, or ASCII for its full-width form; else itself.</summary>
    /// <param name="codePoint">Any of Unicode's.</param>
    public static int Plain(int codePoint) => codePoint switch
    {
        < 0x80 => codePoint,
        < 0x10000 => Table[codePoint] is var plain and not '\0' ? plain : codePoint,
        // mathematical letters: thirteen alphabets of capitals and small letters, five Greek ones, five rows of digits
        >= 0x1D400 and <= 0x1D6A3 => 'a' + ((codePoint - 0x1D400) % 26),
        0x1D6A4 => 'i',
        0x1D6A5 => 'j',
        >= 0x1D6A8 and <= 0x1D7C9 => Greek((codePoint - 0x1D6A8) % 58) is var greek && Table[greek] is var plain and not '\0' ? plain : greek,
        >= 0x1D7CE and <= 0x1D7FF => '0' + ((codePoint - 0x1D7CE) % 10),
        // squared and circled capitals
        >= 0x1F130 and <= 0x1F149 => 'a' + codePoint - 0x1F130,
        >= 0x1F150 and <= 0x1F169 => 'a' + codePoint - 0x1F150,
        >= 0x1F170 and <= 0x1F189 => 'a' + codePoint - 0x1F170,
        _ => codePoint,
    };

    /// <summary>Whether a character is not seen, or only decorates the one before it: zero width, direction, variation, soft hyphen, combining
    /// marks of the Latin script, tags, skin colours.</summary>
    public static bool IsUnseen(int codePoint) => codePoint switch
    {
        < 0x20 => codePoint is not ('\t' or '\n' or '\v' or '\f' or '\r'),
        < 0xAD => codePoint is >= 0x7F and <= 0x9F and not 0x85,
        0xAD or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFEFF or 0xFFA0 => true,
        >= 0x300 and <= 0x36F or >= 0x1AB0 and <= 0x1AFF or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20FF or >= 0xFE20 and <= 0xFE2F => true,
        >= 0x180B and <= 0x180F or >= 0x200B and <= 0x200F or >= 0x202A and <= 0x202E or >= 0x2060 and <= 0x206F => true,
        >= 0xFE00 and <= 0xFE0F or >= 0xFFF0 and <= 0xFFFC => true,
        >= 0x1F3FB and <= 0x1F3FF or >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };

    // capitals, nabla, small letters, then variants that have no look-alike
    private static int Greek(int place) => place <= 24 ? 0x391 + place : place is >= 26 and <= 50 ? 0x3B1 + place - 26 : 0x3B8;

    private static char[] MakeTable()
    {
        var table = new char[0x10000];
        foreach (var group in Groups)
        {
            foreach (var c in group.AsSpan(1)) { table[c] = group[0]; }
        }
        for (var i = 0; i < 26; i++)
        {
            // in brackets, and circled
            table[0x249C + i] = table[0x24B6 + i] = table[0x24D0 + i] = (char)('a' + i);
        }
        for (var c = 0xFF01; c <= 0xFF5E; c++) { table[c] = char.ToLowerInvariant((char)(c - 0xFF01 + '!')); }
        return table;
    }
}
