namespace Lintel.Worlds.Posts;

/// <summary>The peoples of the world, and the slurs against them: all are made up.</summary>
internal static class Peoples
{
    public static IReadOnlyList<string> Names { get; } = ["hill folk", "marsh folk", "lantern folk", "tide folk"];

    /// <summary>Known from the first day on.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Slurs { get; } =
        [["grobbit", "stelk"], ["krelp", "mirnok"], ["wixel", "glarn"], ["drubb", "flenk"]];

    /// <summary>Comes up at the drift, against <see cref="NewSlurOf"/>.</summary>
    public const string NewSlur = "voskit";

    public const int NewSlurOf = 1;
}
