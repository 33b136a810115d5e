using Lintel.Numerics.Random;

namespace Lintel.Worlds.Queries;

/// <summary>What somebody does with a page.</summary>
/// <remarks><para>Position-based: place p, from 1, is examined with probability p^−0.7, whatever stands above; what is examined is clicked
/// with probability a + (1 − a) · t / p, where a is what the document deserves (<see cref="Relevance.Attractive"/>) and t the trust in high
/// places.</para><para>Cascade: the first place is examined; what is examined is clicked with probability a; a click satisfies by its grade
/// and ends the search; who is not satisfied goes on to the next place with probability 0.9.</para></remarks>
internal static class ClickUser
{
    /// <summary>Of the cascade: chance to go on.</summary>
    public const double GoesOn = 0.9;

    private const double Reads = 9;

    /// <summary>Chance that a place, from 1, is examined by a position-based user.</summary>
    public static double Examined(int place) => Math.Pow(place, -0.7);

    /// <summary>Chance that what is examined is clicked by a position-based user.</summary>
    public static double IfExamined(QueriesOptions options, int grade, int place) =>
        Relevance.Attractive(grade) is var a ? a + ((1 - a) * options.Trust / place) : 0;

    /// <param name="grades">Of the page, from the top.</param> <param name="clicks">Seconds from the search, or none.</param>
    /// <param name="purchases">Seconds from the click, or none.</param> <param name="priceLevels">Of the page.</param>
    /// <returns>Whether a click satisfied.</returns>
    public static bool Go(
        QueriesOptions options, ReadOnlySpan<int> grades, ReadOnlySpan<double> priceLevels, RandomStream random, Span<int> clicks,
        Span<int> purchases)
    {
        clicks.Fill(SearchLedger.None);
        purchases.Fill(SearchLedger.None);
        var (second, isSatisfied) = (0, false);
        for (var i = 0; i < grades.Length; i++)
        {
            // four draws for each place, so that one document's fate does not move the next one's
            var (examined, clicked, content, time) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
            var isCascade = options.UserModel == UserModel.Cascade;
            if (isCascade && i > 0 && (isSatisfied || examined >= GoesOn)) { break; }
            if (!isCascade && examined >= Examined(i + 1)) { continue; }
            if (clicked >= (isCascade ? Relevance.Attractive(grades[i]) : IfExamined(options, grades[i], i + 1))) { continue; }
            second += 2 + (int)(-Reads * Math.Log(1 - time));
            clicks[i] = second;
            if (content >= Relevance.Satisfies(grades[i])) { continue; }
            isSatisfied = true;
            // a part of those who are content buy, fewer where it is dear
            if (content < 0.3 * Relevance.Satisfies(grades[i]) * Math.Exp(-0.3 * priceLevels[i]))
            {
                purchases[i] = 60 + (int)(-600 * Math.Log(1 - time));
            }
        }
        return isSatisfied;
    }
}
