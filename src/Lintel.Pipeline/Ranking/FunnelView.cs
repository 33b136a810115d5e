using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Ranking;

/// <summary>How a page came about: what each source offered, and which line of the policy removed how many.</summary>
/// <param name="Candidates">In the union of all sources.</param>
public sealed record FunnelView(
    IReadOnlyList<FunnelSource> Sources, int Candidates, IReadOnlyList<FunnelLine> Lines, int Shown)
{
    public static FunnelView Of(SystemVersion version, PageRecord page)
    {
        var candidates = version.Design.Decision.Ranking!.Candidates;
        var ranks = page.Shown.Select(static i => (i.Ranks, Shown: true))
            .Concat(page.Lost.Select(static i => (i.Ranks, Shown: false))).ToList();
        var policy = version.Design.Policy;
        return new(
            [.. candidates.Select((c, s) => new FunnelSource(
                c.Name,
                ranks.Count(r => s < r.Ranks.Length && r.Ranks[s] > 0),
                ranks.Count(r => s < r.Ranks.Length && r.Ranks[s] > 0 && r.Ranks.Count(static k => k > 0) == 1),
                ranks.Count(r => r.Shown && s < r.Ranks.Length && r.Ranks[s] > 0)))],
            ranks.Count,
            [.. policy.Select((line, l) => new FunnelLine(
                line.Text.Trim(), page.Lost.Count(i => i.Step == l), ((page.Infeasible >> l) & 1) != 0))],
            page.Shown.Count);
    }
}

/// <param name="Alone">Candidates that no other source offered.</param> <param name="Shown">Of its offers, how many are on the page.</param>
public sealed record FunnelSource(string Source, int Offered, int Alone, int Shown);

/// <param name="Infeasible">It could not be kept for want of candidates.</param>
public sealed record FunnelLine(string Text, int Removed, bool Infeasible);

/// <summary>Where one item was lost on its way to a page, or where it stands on it.</summary>
/// <param name="Stage"><c>shown</c>, <c>policy</c>, <c>retrieval</c>, <c>catalogue</c>.</param>
/// <param name="Why">In words.</param>
/// <param name="Ranks">By source; empty where none offered it.</param>
public sealed record ItemFate(string Item, string Stage, string Why, IReadOnlyList<(string Source, int Rank)> Ranks)
{
    /// <param name="known">When the page was made, microseconds since 1970 UTC.</param>
    public static ItemFate Of(SystemVersion version, PageRecord page, string item, long known)
    {
        var sources = version.Design.Decision.Ranking!.Candidates;
        (string, int)[] Named(int[] ranks) =>
            [.. ranks.Select((rank, s) => (sources[s].Name, rank)).Where(static r => r.rank > 0)];
        var place = page.Shown.FindIndex(i => i.Item == item);
        if (place >= 0)
        {
            return new(item, "shown", $"it stands at position {place + 1} of {page.Shown.Count}, score {page.Shown[place].Score:0.####}",
                Named(page.Shown[place].Ranks));
        }
        if (page.Lost.Find(i => i.Item == item) is { } lost)
        {
            var line = lost.Step >= 0 && lost.Step < version.Design.Policy.Length
                ? $"line {lost.Step + 1} of the policy removed it: {version.Design.Policy[lost.Step].Text.Trim()}"
                : "it was not shown: the page fell back to what one source offered";
            return new(item, "policy", $"{line} (score {lost.Score:0.####})", Named(lost.Ranks));
        }
        var code = version.Compiled.ItemNames.IndexOf(item);
        var catalogue = version.Compiled.Plan.Row!.Items;
        if (code < 0 || catalogue.From(code) == long.MaxValue)
        {
            return new(item, "catalogue", $"the catalogue '{catalogue.Design.Name}' of this version has no such item", []);
        }
        return catalogue.IsThere(code, known)
            ? new(item, "retrieval",
                $"no source offered it: it stands behind the quota of each ({string.Join(", ", sources.Select(static s => $"{s.Name} {s.Take}"))}), "
                + "or was known already to the one who asked", [])
            : new(item, "catalogue", catalogue.From(code) > known ? "it could not be had yet" : "it could not be had any more", []);
    }
}
