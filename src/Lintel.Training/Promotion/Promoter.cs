using Lintel.Pipeline.Versions;
using Lintel.Training.Review;

namespace Lintel.Training.Promotion;

/// <summary>Holds a version to its design's word: moves the live reference, or says why not.</summary>
public static class Promoter
{
    /// <summary>Why a version may not go live; empty: it may. What is undecided is shown elsewhere and does not block.</summary>
    public static IReadOnlyList<string> Reasons(VersionManifest manifest)
    {
        var reasons = new List<string>();
        reasons.AddRange(manifest.Findings.Where(Reviewer.Blocks)
            .Select(static f => $"review {f.Code}: {f.Message} ({f.Evidence})"));
        reasons.AddRange(manifest.Gates.Where(static g => g.Verdict == Verdict.Broken)
            .Select(static g => $"gate '{g.Gate}'{(g.Slice is null ? "" : $" on slice {g.Slice}")} is broken: {g.Measured}"));
        reasons.AddRange(manifest.Requirements.Where(static c => c.Verdict == Verdict.Broken)
            .Select(static c => $"requirement '{c.Claim}' is broken: {c.Measured}"));
        if (manifest.Skew is not { } skew)
        {
            reasons.Add($"nothing shows that serving computes what training computed; run: lintel verify {manifest.Version}");
        }
        else if (skew.Mismatches > 0)
        {
            reasons.Add($"the skew check found {skew.Mismatches:N0} of {skew.Decisions:N0} decisions that differ when served: {skew.FirstDifference}");
        }
        else if (skew.Decisions == 0)
        {
            reasons.Add("the skew check compared no decision");
        }
        return reasons;
    }

    /// <summary>Promotes a version if nothing speaks against it, or if someone overrides with a reason that stays on record.</summary>
    /// <param name="by">Who promotes.</param> <param name="overrideReason">Null: the reasons decide.</param>
    public static PromotionResult Promote(Workspace workspace, int version, string by, string? overrideReason, TimeProvider clock)
    {
        var manifest = SystemVersion.ReadManifest(workspace.VersionFolder(version));
        var reasons = Reasons(manifest);
        var overridden = reasons.Count > 0 && !string.IsNullOrWhiteSpace(overrideReason);
        if (reasons.Count > 0 && !overridden) { return new(false, version, reasons); }
        Move(
            workspace, version, by,
            overridden ? $"overridden: {overrideReason}" : "every gate and requirement that could be told holds, and serving equals training",
            overridden ? overrideReason : null, clock);
        return new(true, version, reasons);
    }

    /// <summary>Goes back to the champion before this one.</summary>
    public static PromotionResult Rollback(Workspace workspace, string by, TimeProvider clock)
    {
        var live = LiveReference.Read(workspace);
        if (live is null || live.History.Count == 0)
        {
            return new(false, live?.Champion ?? 0, ["there is no earlier champion to go back to"]);
        }
        var before = live.History[0];
        (live with
        {
            Champion = before.Version,
            Since = clock.GetUtcNow(),
            By = by,
            Reason = $"rollback from version {live.Champion}",
            Override = null,
            History = [.. live.History.Skip(1)],
        }).Write(workspace);
        return new(true, before.Version, []);
    }

    private static void Move(
        Workspace workspace, int version, string by, string reason, string? overrideReason, TimeProvider clock)
    {
        var live = LiveReference.Read(workspace);
        IReadOnlyList<LivePromotion> history = live is null
            ? [] : [new(live.Champion, live.Since, live.By, live.Reason), .. live.History];
        new LiveReference(version, clock.GetUtcNow(), by, reason) { Override = overrideReason, History = history }.Write(workspace);
    }
}

/// <param name="Reasons">What speaks against the version; not empty for one that was promoted by an override.</param>
public sealed record PromotionResult(bool Promoted, int Version, IReadOnlyList<string> Reasons);
