namespace Lintel.Training.Splits;

/// <summary>What a split looks at: when each decision was taken, and when its label became known. Columns are [n]; instants are
/// microseconds since 1970 UTC.</summary>
public sealed class SplitRows
{
    /// <summary>A label that the data does not hold.</summary>
    public const long Never = long.MaxValue;

    private static readonly Dictionary<string, int[]> NoKeys = [];

    /// <summary>When the decision was taken.</summary>
    public required long[] Known { get; init; }

    /// <summary>When its label became known; <see cref="Never"/>: not within the data.</summary>
    public required long[] LabelKnown { get; init; }

    /// <summary>Where days are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Codes of the keys by entity, for splits by key.</summary>
    public IReadOnlyDictionary<string, int[]> Keys { get; init; } = NoKeys;

    /// <summary>Index into <see cref="FileNames"/> of each row's file, for splits by file.</summary>
    public int[]? Files { get; init; }

    public IReadOnlyList<string> FileNames { get; init; } = [];

    public int Count => Known.Length;
}
