namespace Lintel.Numerics.Text;

/// <summary>Letters as search and comparison take them: lower case, Latin ones without their diacritics. Other scripts
/// keep theirs.</summary>
/// <remarks>A table, since the program runs without a culture's data, where the framework leaves every text
/// unnormalised. It covers Latin-1, Latin Extended-A and Vietnamese's tones; letters that are two by custom become two
/// (ß ss, æ ae, œ oe, þ th).</remarks>
public static class LatinFolding
{
    // a letter's plain form, by runs of code points that share it; a run is two characters and stands before its form
    private const string Runs =
        "àåa" + "ççc" + "èëe" + "ìïi" + "ððd" + "ññn" + "òöo" + "øøo" + "ùüu" + "ýýy" + "ÿÿy" + "āąa" + "ćčc" +
        "ďđd" + "ēěe" + "ĝģg" + "ĥħh" + "ĩıi" + "ĵĵj" + "ķĸk" + "ĺłl" + "ńŋn" + "ōőo" + "ŕřr" + "śšs" + "ţŧt" +
        "ũųu" + "ŵŵw" + "ŷŷy" + "źžz" + "ſſs" + "ơơo" + "ưưu" + "ǎǎa" + "ǐǐi" + "ǒǒo" + "ǔǜu" + "șșs" + "țțt" +
        "ạặa" + "ẹệe" + "ỉịi" + "ọợo" + "ụựu" + "ỳỹy";

    private static readonly char[] Plain = MakeTable();

    /// <summary>Whether a character only marks the one before it (a combining accent).</summary>
    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';

    /// <summary>One character's plain form.</summary>
    /// <param name="second">What follows when it becomes two letters, else '\0'.</param>
    public static char Fold(char c, out char second)
    {
        second = '\0';
        if (c < 128) { return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c; }
        c = char.ToLowerInvariant(c);
        switch (c)
        {
            case 'ß': second = 's'; return 's';
            case 'æ': second = 'e'; return 'a';
            case 'œ': second = 'e'; return 'o';
            case 'þ': second = 'h'; return 't';
            case 'ĳ': second = 'j'; return 'i';
            default: return c < Plain.Length && Plain[c] != '\0' ? Plain[c] : c;
        }
    }

    private static char[] MakeTable()
    {
        var table = new char[0x1F00];
        for (var run = 0; run < Runs.Length; run += 3)
        {
            for (var c = Runs[run]; c <= Runs[run + 1]; c++) { table[char.ToLowerInvariant(c)] = Runs[run + 2]; }
        }
        return table;
    }
}
