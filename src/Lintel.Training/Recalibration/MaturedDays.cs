using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Recalibration;

/// <summary>The latest days whose labels have come, parted into those that fit and the later ones that judge.</summary>
/// <remarks>A day has matured when nearly as many of its decisions have a label as on the best labelled day: where a yes comes
/// sooner than a no, younger days would promise too much.</remarks>
internal sealed record MaturedDays(int[] Fit, int[] Judge, int[] FitDecisions, int[] JudgeDecisions, long JudgeFrom)
{
    private const double LabelledShare = 0.9;
    private const double JudgedShare = 0.3;
    private const int LeastFitPositives = 20;
    private const int LeastJudgePositives = 10;

    /// <param name="after">Decisions up to this instant taught the models; those behind it are looked at.</param>
    /// <param name="over">Longest stretch of days, the judged ones included.</param>
    /// <exception cref="InvalidDataException">Too little has matured; the message says how much.</exception>
    public static MaturedDays Of(Preparation prepared, long after, TimeSpan over)
    {
        var zone = prepared.Design.TimeZone;
        var labels = prepared.Labels;
        var days = Enumerable.Range(0, prepared.Known.Length)
            .Where(row => prepared.Known[row] > after)
            .GroupBy(row => CalendarDay.Of(prepared.Known[row], zone))
            .OrderBy(static d => d.Key)
            .Select(d => (Day: d.Key, Rows: d.ToArray(), Labelled: d.Count(row => !float.IsNaN(labels.Values[row]))))
            .ToArray();
        var best = days.Select(static d => (double)d.Labelled / d.Rows.Length).DefaultIfEmpty().Max();
        var matured = days.Where(d => d.Labelled > 0 && (double)d.Labelled / d.Rows.Length >= LabelledShare * best).ToArray();
        if (matured.Length > 0)
        {
            var first = matured[^1].Day - (int)Math.Ceiling(over.TotalDays) + 1;
            matured = [.. matured.Where(d => d.Day >= first)];
        }
        var judged = Math.Max(1, (int)Math.Round(JudgedShare * matured.Length));
        if (matured.Length < 2) { throw TooLittle(prepared, after, matured.Length, 0, 0); }
        var from = CalendarDay.StartOf(matured[^judged].Day, zone);
        int[] fitDecisions = [.. matured[..^judged].SelectMany(static d => d.Rows)];
        int[] judgeDecisions = [.. matured[^judged..].SelectMany(static d => d.Rows)];
        // what judging begins with, the fit may not know
        int[] fit = [.. fitDecisions.Where(row => labels.Known[row] < from)];
        int[] judge = [.. judgeDecisions.Where(row => !float.IsNaN(labels.Values[row]))];
        int Positives(int[] rows) => rows.Count(row => labels.Values[row] > 0);
        return Positives(fit) < LeastFitPositives || Positives(fit) == fit.Length || Positives(judge) < LeastJudgePositives
            ? throw TooLittle(prepared, after, matured.Length, Positives(fit), Positives(judge))
            : new(fit, judge, fitDecisions, judgeDecisions, from);
    }

    private static InvalidDataException TooLittle(Preparation prepared, long after, int days, int fit, int judge) => new(
        $"{prepared.Design.System}: since {CalendarDay.Iso(after)}, which the models have seen, {days} days have matured, with {fit} positives "
        + $"to fit on and {judge} on later days to judge by; {LeastFitPositives} and {LeastJudgePositives} are needed. Wait for more "
        + "labels, or train a new version.");
}
