namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>porter</c>: an English word's stem, the same for <c>connected</c>, <c>connecting</c> and <c>connection</c>.</summary>
/// <remarks>Source: M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980, with the two rules that its author changed later in
/// his own programs (step 2: BLI in the place of ABLI; LOGI becomes LOG), as in Lucene; words of one or two letters stay. Rules are
/// written for small letters; any other character counts as a consonant. Test: every example of the paper.</remarks>
internal sealed class PorterStep : TextStep
{
    internal override int Apply(Span<char> word, int length)
    {
        if (length <= 2) { return length; }
        var stem = new Stem(word, length);
        Plurals(ref stem);
        PastAndGerund(ref stem);
        if (stem.Ends("y") && stem.HasVowel()) { stem.Replace("i"); }
        Longest(ref stem, Two, least: 0);
        Longest(ref stem, Three, least: 0);
        Remainders(ref stem);
        FinalE(ref stem);
        return stem.Length;
    }

    /// <summary>Step 1a.</summary>
    private static void Plurals(ref Stem stem)
    {
        if (stem.Last != 's') { return; }
        if (stem.Ends("sses")) { stem.Replace("ss"); }
        else if (stem.Ends("ies")) { stem.Replace("i"); }
        else if (!stem.Ends("ss") && stem.Ends("s")) { stem.Replace(""); }
    }

    /// <summary>Step 1b.</summary>
    private static void PastAndGerund(ref Stem stem)
    {
        if (stem.Ends("eed"))
        {
            if (stem.Measure() > 0) { stem.Replace("ee"); }
            return;
        }
        if ((!stem.Ends("ed") || !stem.HasVowel()) && (!stem.Ends("ing") || !stem.HasVowel())) { return; }
        stem.Replace("");
        if (stem.Ends("at") || stem.Ends("bl") || stem.Ends("iz")) { stem.Append('e'); }
        else if (stem.EndsInTwins && stem.Last is not ('l' or 's' or 'z')) { stem.Shorten(); }
        else if (stem.EndsShort && stem.MeasureOfAll() == 1) { stem.Append('e'); }
    }

    /// <summary>Replaces the one suffix that the word ends in, if enough stands before it.</summary>
    private static void Longest(ref Stem stem, string[][] step, int least)
    {
        if (!char.IsAsciiLetterLower(stem.Penultimate)) { return; }
        var rules = step[stem.Penultimate - 'a'];
        for (var r = 0; r < rules.Length; r += 2)
        {
            if (!stem.Ends(rules[r])) { continue; }
            if (stem.Measure() > least) { stem.Replace(rules[r + 1]); }
            return;
        }
    }

    // suffix and replacement; where one suffix ends another, the longer stands first
    private static readonly string[][] Two = ByPenultimate(
        "ational ate", "tional tion", "enci ence", "anci ance", "izer ize", "bli ble", "alli al", "entli ent", "eli e", "ousli ous",
        "ization ize", "ation ate", "ator ate", "alism al", "iveness ive", "fulness ful", "ousness ous", "aliti al", "iviti ive",
        "biliti ble", "logi log");

    private static readonly string[][] Three = ByPenultimate(
        "icate ic", "ative ", "alize al", "iciti ic", "ical ic", "ful ", "ness ");

    private static readonly string[][] Four = ByPenultimate(
        "al ", "ance ", "ence ", "er ", "ic ", "able ", "ible ", "ant ", "ement ", "ment ", "ent ", "ou ", "ism ", "ate ", "iti ", "ous ",
        "ive ", "ize ");

    /// <summary>Rules that can match, by the last letter but one: [26][suffix, replacement by turns].</summary>
    private static string[][] ByPenultimate(params ReadOnlySpan<string> rules)
    {
        var by = new string[26][];
        Array.Fill(by, []);
        foreach (var rule in rules)
        {
            var blank = rule.IndexOf(' ', StringComparison.Ordinal);
            by[rule[blank - 2] - 'a'] = [.. by[rule[blank - 2] - 'a'], rule[..blank], rule[(blank + 1)..]];
        }
        return by;
    }

    /// <summary>Step 4.</summary>
    private static void Remainders(ref Stem stem)
    {
        if (stem.Ends("ion"))
        {
            if (stem.Measure() > 1 && stem.BeforeSuffix is 's' or 't') { stem.Replace(""); }
            return;
        }
        Longest(ref stem, Four, least: 1);
    }

    /// <summary>Steps 5a and 5b.</summary>
    private static void FinalE(ref Stem stem)
    {
        if (stem.Ends("e"))
        {
            var measure = stem.Measure();
            if (measure > 1 || (measure == 1 && !stem.EndsShortBeforeSuffix)) { stem.Replace(""); }
        }
        if (stem.Last == 'l' && stem.EndsInTwins && stem.MeasureOfAll() > 1) { stem.Shorten(); }
    }
}
