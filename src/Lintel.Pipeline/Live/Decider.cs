using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>Scores a decision's registers and runs the policy: what live decisions, recovery and what-ifs share. Thread-safe.</summary>
internal sealed class Decider(SystemVersion version)
{
    private readonly string[] _rules = [.. version.Design.Policy.Select(static r => r.Text)];
    private readonly string[] _outcomes = [.. version.Design.Outcomes];
    private readonly double _share = version.Design.Serve.LetThrough;

    /// <summary>What a decision is when scoring fails: as the design says, else what its last rule gives.</summary>
    private readonly string _onFailure =
        version.Design.Serve.OnFailure ?? version.Design.Outcomes[version.Compiled.Policy.OutcomeOf(version.Design.Policy.Length - 1)];

    internal SystemVersion Version { get; } = version;

    /// <summary>Decides: registers, id, place and known are there, the rest is filled in.</summary>
    /// <returns>Why scoring failed; null when it did not.</returns>
    internal Exception? Decide(DecisionRecord record)
    {
        record.Version = Version.Number;
        record.LetThrough = record.Recovered = record.Failed = false;
        record.Propensity = 1;
        try
        {
            Version.Score(record.Registers);
            var decision = Version.Decide(record.Registers);
            record.Rule = decision.Rule;
            record.RuleText = _rules[decision.Rule];
            record.Outcome = _outcomes[decision.Outcome];
            record.Margin = decision.Margin;
            record.Probability = decision.Probability;
            if (_share > 0 && decision.Outcome == _outcomes.Length - 1) { Pass(record); }
            return null;
        }
        catch (Exception fault)
        {
            record.Failed = true;
            record.Rule = -1;
            record.RuleText = "on failure";
            record.Outcome = _onFailure;
            record.Margin = record.Probability = double.NaN;
            return fault;
        }
    }

    /// <summary>The hardest outcome, the last of the design's, gives way to the mildest, the first, for the share let through.</summary>
    private void Pass(DecisionRecord record)
    {
        record.LetThrough = LetThrough.Passes(record.IdUtf8, _share);
        record.Propensity = record.LetThrough ? _share : 1 - _share;
        if (record.LetThrough) { record.Outcome = _outcomes[0]; }
    }
}
