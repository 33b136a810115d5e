namespace Lintel.Pipeline.Versions;

/// <summary>Whether ranges that follow outcomes keep their word in the test period, and what following them bought.</summary>
/// <param name="Name">The design's entry.</param> <param name="By">Feature by whose value ranges are moved apart; null: all together.</param>
/// <param name="Covers">One for each range, the narrowest first.</param>
/// <param name="Groups">Values of <paramref name="By"/>, the one farthest from its shares first; those with fewer than
/// <see cref="LeastRows"/> test decisions are left out.</param>
/// <param name="LeftOut">Groups that were left out.</param>
public sealed record RangeResult(string Name, string? By, IReadOnlyList<CoverResult> Covers, IReadOnlyList<RangeGroup> Groups, int LeftOut)
{
    /// <summary>Fewer decisions leave the coverage of an 80 % range uncertain by 8 points and more.</summary>
    public const int LeastRows = 100;

    /// <summary>The design's slices, the one farthest from its shares first; again those with decisions enough.</summary>
    public IReadOnlyList<RangeGroup> Slices { get; init; } = [];
}

/// <param name="Share">What the range is to hold, e.g. 0.8.</param>
/// <param name="Fitted">The quantiles as they were fitted.</param>
/// <param name="Split">Split conformal prediction: moved by what it would be when the test period began, and never again.</param>
/// <param name="Served">Moved by the outcomes that had become known before each decision.</param>
public sealed record CoverResult(double Share, RangeFigures Fitted, RangeFigures Split, RangeFigures Served);

/// <param name="Coverage">Share of the labels within the range; null: there were none.</param>
/// <param name="Interval">95 % of the coverage, over days and the split's key.</param>
/// <param name="Width">Mean, in the label's unit.</param>
public sealed record RangeFigures(double? Coverage, double?[]? Interval, double? Width);

/// <summary>Some of the test decisions.</summary>
/// <param name="Name">Value of the feature that ranges are moved apart by, or condition of the slice.</param> <param name="Covers">Parallel to <see cref="RangeResult.Covers"/>.</param>
public sealed record RangeGroup(string Name, int Rows, IReadOnlyList<CoverResult> Covers);
