namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Lists of stop words, parted by blanks.</summary>
internal static class StopWords
{
    /// <summary>The 33 of Lucene's EnglishAnalyzer (ENGLISH_STOP_WORDS_SET), which published BM25 figures go by.</summary>
    internal const string English =
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with";

    /// <summary>Those, and the other English pronouns, prepositions, conjunctions and auxiliaries. Words that may bear the meaning of a
    /// question (first, more, new, own, same, use) are not among them.</summary>
    internal const string LongEnglish = English
        + " i me my we us our ours you your yours he him his she her hers its them theirs who whom whose which what"
        + " am were been being has have had having do does did doing can could may might must shall should would"
        + " about above after again against all also although among any because before below between both during each either every from"
        + " further here how however nor only other out over per since so some than those through thus too under until up upon very via when"
        + " where whether while why within without yet";
}
