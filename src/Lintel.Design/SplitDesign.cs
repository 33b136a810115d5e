using Lintel.Design.Diagnostics;

namespace Lintel.Design;

/// <summary>How decisions are parted into those that fit, that choose, and that judge.</summary>
public abstract record SplitDesign(SourceSpan At, string? Because)
{
    private SplitDesign() : this(default, null) { }

    /// <summary>Consecutive stretches of time; the gap stands before validate and before test. Shares are of the
    /// rest.</summary>
    public sealed record ByTime(
        SourceSpan At, string? Because, Stretch Train, Stretch? Validate, Stretch Test, TimeSpan Gap)
        : SplitDesign(At, Because)
    {
        /// <summary>Time before train that only fills windows; with days, the days before train do it.</summary>
        public TimeSpan WarmUp { get; init; }
    }

    /// <summary>The test part stands in files of its own.</summary>
    public sealed record ByFile(SourceSpan At, string? Because, string Train, string? Validate, string Test)
        : SplitDesign(At, Because);

    /// <summary>By a key: <c>folds: 5</c>, <c>leave: last</c>, or <c>random: 75%, seeds: 5</c>.</summary>
    public sealed record ByKey(
        SourceSpan At, string? Because, string Key, int? Folds, string? Leave, double? Random, int? Seeds)
        : SplitDesign(At, Because);

    /// <summary>Rows at random: what the review refuses, unless <c>because:</c> gives a reason.</summary>
    public sealed record AtRandom(
        SourceSpan At, string? Because, double Train, double Validate, double Test, ulong Seed)
        : SplitDesign(At, Because);
}

/// <summary>A stretch of a split: a share of the whole, or dates (first and last day, both included).</summary>
public abstract record Stretch
{
    private protected Stretch() { }

    /// <param name="Part">0 to 1.</param>
    public sealed record Share(double Part) : Stretch;

    public sealed record Days(DateOnly First, DateOnly Last) : Stretch;
}
