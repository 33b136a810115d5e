using System.Text;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>Scores a decision's registers and runs the policy: what live decisions, recovery and what-ifs share.
/// Thread-safe.</summary>
internal sealed class Decider(SystemVersion version)
{
    private readonly string[] _rules = [.. version.Design.Policy.Select(static r => r.Text)];
    private readonly string[] _outcomes = [.. version.Design.Outcomes];
    private readonly LetThrough _letThrough = LetThroughOf(version);

    /// <summary>What a decision is when scoring fails: as the design says, else what its last rule gives.</summary>
    private readonly string _onFailure =
        version.Design.Decision.Ranking is not null ? ""
            : version.Design.Serve.OnFailure
            ?? (version.Estimate is not null ? ""
                : version.Design.Outcomes[version.Compiled.Policy.OutcomeOf(version.Design.Policy.Length - 1)]);

    private readonly int _root = version.Manifest?.Continuous?.Root ?? version.Number;

    /// <summary>The source whose items are shown when a ranking fails; −1: none are.</summary>
    private readonly int _fallback = SourceNamed(version.Design, version.Design.Serve.OnFailure);

    internal SystemVersion Version { get; } = version;

    /// <summary>What the design says of human review; null: nothing.</summary>
    internal ReviewPlan? Reviews { get; } = ReviewPlan.Of(version.Compiled);

    /// <summary>The draw that decides who passes: by the id, under the version's seed.</summary>
    internal static LetThrough LetThroughOf(SystemVersion version) =>
        new(version.Design.Serve.LetThrough, version.Manifest?.Seed ?? 0, version.Design.OutcomeDesigns);

    /// <summary>Decides: registers with their list memberships, id, place and known are there, the rest is filled in.</summary>
    /// <param name="page">Of a ranking: its candidates' registers are there.</param>
    /// <returns>Why scoring failed; null when it did not.</returns>
    internal Exception? Decide(DecisionRecord record, PageRequest? page = null)
    {
        (record.Version, record.Root) = (Version.Number, _root);
        record.LetThrough = record.Recovered = record.Failed = record.Late = false;
        record.Precomputed = page is { IsPrecomputed: true };
        record.Propensity = 1;
        try
        {
            if (page is not null)
            {
                Rank(record, page);
                return null;
            }
            Version.Score(record.Registers);
            var decision = Version.Decide(record.Registers);
            record.Rule = decision.Rule;
            record.RuleText = decision.Rule < 0 ? "" : _rules[decision.Rule];
            Show(record, decision.Outcome);
            record.Margin = decision.Margin;
            record.Probability = decision.Probability;
            Review(record);
            return null;
        }
        catch (Exception fault)
        {
            Fail(record, isLate: false, page);
            return fault;
        }
    }

    /// <summary>Makes a decision the one that the design gives on failure; registers stay as they are.</summary>
    /// <param name="isLate">It was answered because the time-out had passed, not because scoring failed.</param>
    /// <param name="page">Of a ranking, when its candidates are there: one source's items are shown then.</param>
    internal void Fail(DecisionRecord record, bool isLate, PageRequest? page = null)
    {
        if (Version.Retriever is not null)
        {
            record.Page ??= new();
            record.Page.Clear();
            page?.RecordFallBack(record.Page, _fallback, Version.Compiled.Page!.Length);
        }
        record.Failed = true;
        record.Late = isLate;
        record.LetThrough = record.Recovered = false;
        record.Propensity = 1;
        record.Rule = -1;
        record.RuleText = "on failure";
        record.Outcome = _onFailure;
        record.Margin = record.Probability = double.NaN;
        Review(record);
    }

    private void Rank(DecisionRecord record, PageRequest page)
    {
        Span<char> id = stackalloc char[IdIndex.MaxIdBytes];
        var draw = _letThrough.Bits(id[..Encoding.UTF8.GetChars(record.IdUtf8, id)]);
        (record.Rule, record.RuleText, record.Outcome) = (-1, "", "");
        record.Page ??= new();
        if (page.Stored.Count > 0) { page.RecordStored(record.Page); }
        else
        {
            Version.Rank(page, draw);
            page.Record(record.Page);
        }
        record.Margin = record.Page.Shown is [var first, ..] ? first.Score : double.NaN;
        record.Probability = double.NaN;
        record.Reviewed = false;
    }

    private static int SourceNamed(SystemDesign design, string? name) =>
        design.Decision.Ranking is { } ranking && name is not null
            ? ranking.Candidates.Select(static c => c.Name).ToList().IndexOf(name)
            : -1;

    private void Review(DecisionRecord record)
    {
        record.Reviewed = Reviews is not null && Reviews.Reviews(Array.IndexOf(_outcomes, record.Outcome));
        if (record.Reviewed) { Reviews!.Rank(record); }
    }

    /// <summary>What is shown of the policy's outcome: the hardest one gives way for the share let through.</summary>
    private void Show(DecisionRecord record, int outcome)
    {
        if (outcome < 0)
        {
            record.Outcome = "";
            return;
        }
        Span<char> id = stackalloc char[IdIndex.MaxIdBytes];
        var shown = _letThrough.Show(id[..Encoding.UTF8.GetChars(record.IdUtf8, id)], outcome);
        record.Outcome = _outcomes[shown.Outcome];
        record.Propensity = shown.Propensity;
        record.LetThrough = shown.LetThrough;
    }
}
