namespace Lintel.Features;

/// <summary>What a replay keeps. Instants are known instants, microseconds since 1970 UTC.</summary>
public sealed class ReplayOptions
{
    /// <summary>Records known before this are skipped: the engine's state already holds them. Default: from the first.</summary>
    public long Start { get; set; } = long.MinValue;

    /// <summary>Records known at or after this are left out. Default: to the last.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Features of decisions known from here on are kept; those before only warm the windows up. Default: of all.</summary>
    public long KeepFrom { get; set; } = long.MinValue;

    /// <summary>Features of decisions known before this are kept. Default: of all.</summary>
    public long KeepTo { get; set; } = long.MaxValue;

    /// <summary>Rows of the decided table whose whole register file is kept too. Default null: of none.</summary>
    public Func<int, bool>? KeepRegisters { get; set; }

    /// <summary>Where the engine's state is wanted on the way: called before the first record known at or after the instant, or at the
    /// end, e.g. to save it. In rising order. Default: nowhere.</summary>
    public IReadOnlyList<(long Instant, Action<FeatureEngine> Take)> Snapshots { get; set; } = [];

    /// <summary>Called from time to time with the share done, 0 to 1. Default null.</summary>
    public IProgress<double>? Progress { get; set; }
}

/// <summary>What a replay kept, in log order.</summary>
public sealed class ReplayResult
{
    /// <summary>Row-major, [Rows.Length, FeatureCount]; missing is NaN.</summary>
    public required float[] Features { get; init; }

    public required int FeatureCount { get; init; }

    /// <summary>Rows of the decided event's table.</summary>
    public required int[] Rows { get; init; }

    /// <summary>When each decision's record became known.</summary>
    public required long[] Known { get; init; }

    /// <summary>Positions in <see cref="Rows"/> whose registers are kept, rising.</summary>
    public required int[] RegisterRows { get; init; }

    /// <summary>Row-major, [RegisterRows.Length, RegisterCount]; scores, thresholds and lists are still to be filled.</summary>
    public required double[] Registers { get; init; }

    public required int RegisterCount { get; init; }

    public Span<double> RegistersOf(int index) => Registers.AsSpan(index * RegisterCount, RegisterCount);

    public ReadOnlySpan<float> FeaturesOf(int position) => Features.AsSpan(position * FeatureCount, FeatureCount);
}
