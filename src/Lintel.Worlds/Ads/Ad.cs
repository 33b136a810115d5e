namespace Lintel.Worlds.Ads;

/// <summary>One ad, and what nobody may know of it. Money is in ticks of a ten-thousandth, so that sums are exact.</summary>
internal sealed record Ad
{
    public const int Ticks = 10_000;

    public static IReadOnlyList<string> Categories { get; } =
        ["Books", "Cars", "Clothes", "Education", "Finance", "Food", "Games", "Garden", "Health", "Music", "Phones", "Travel"];

    public static IReadOnlyList<string> Formats { get; } = ["image", "text", "video"];

    public required int Id { get; init; }

    public required int Advertiser { get; init; }

    public required int Campaign { get; init; }

    /// <summary>The picture or text itself; several ads of a campaign may show one.</summary>
    public required int Creative { get; init; }

    /// <summary>Index into <see cref="Categories"/>.</summary>
    public required int Category { get; init; }

    /// <summary>Index into <see cref="Formats"/>; of the creative.</summary>
    public required int Format { get; init; }

    /// <summary>What the advertiser pays for a click at most, in ticks.</summary>
    public required int Bid { get; init; }

    /// <summary>What it may cost on a day, in ticks.</summary>
    public required long Budget { get; init; }

    /// <summary>Seconds since the first midnight, below 0 before it; a whole hour.</summary>
    public required long Created { get; init; }

    /// <summary>Likewise; null: without end.</summary>
    public long? Ended { get; init; }

    /// <summary>Log odds that it adds to anyone's click: its advertiser's, its creative's and its own.</summary>
    public required double Quality { get; init; }

    public bool IsThere(long second) => Created <= second && (Ended is not { } until || second < until);

    /// <summary>Created within three days.</summary>
    public bool IsNew(long second) => second - Created is >= 0 and < 3 * 86_400;
}
