using System.Globalization;
using Lintel.Numerics.Text.Analysis.Steps;

namespace Lintel.Numerics.Text.Analysis;

/// <summary>Every step of an analysis, in one place: a new one is a file in Steps and a line here.</summary>
public static class AnalysisSteps
{
    /// <summary>How each is written, and what it does.</summary>
    public static IReadOnlyList<(string Written, string Summary)> All { get; } =
    [
        ("fold", "lower case, Latin letters without their diacritics"),
        ("lower", "lower case, diacritics kept"),
        ("stop english", "leaves out the 33 English words of Lucene's classic list"),
        ("stop english long", "leaves out 129 English function words: articles, pronouns, prepositions, conjunctions, auxiliaries"),
        ("porter", "English words to their stems (Porter, 1980)"),
        ("longest N", "leaves out words of more than N characters, 1 to 128; without it, more than 128"),
        ("synonyms", "the first word of its group in the place of each word of it"),
    ];

    /// <param name="before">The steps before this one.</param>
    /// <exception cref="ArgumentException">It is not known, lacks its argument, or stands where it does nothing.</exception>
    internal static TextStep Make(string step, TextAnalyser before, IReadOnlyList<IReadOnlyList<string>> synonyms)
    {
        switch (step)
        {
            case "fold": return new FoldStep();
            case "lower": return new LowerStep();
            case "stop english": return new StopStep(StopWords.English, Lowered(step, before));
            case "stop english long": return new StopStep(StopWords.LongEnglish, Lowered(step, before));
            case "porter":
                _ = Lowered(step, before);
                return new PorterStep();
            case "synonyms": return new SynonymStep(synonyms, before);
            default:
                const string longest = "longest ";
                return step.StartsWith(longest, StringComparison.Ordinal)
                    && int.TryParse(step.AsSpan(longest.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                    && most is >= 1 and <= WordBreaker.MaxLength
                    ? new LongestStep(most)
                    : throw new ArgumentException(
                        $"analyse: step '{step}' is not known; expected {string.Join(", ", All.Select(static s => s.Written))}");
        }
    }

    private static TextAnalyser Lowered(string step, TextAnalyser before) =>
        before.Steps.Any(static s => s is "fold" or "lower")
            ? before
            : throw new ArgumentException($"analyse: '{step}' reads small letters; put fold or lower before it");
}
