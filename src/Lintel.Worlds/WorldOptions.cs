namespace Lintel.Worlds;

/// <summary>What every world is asked: a seed, and a calendar. Immutable; its other members are the world's own.</summary>
public abstract record WorldOptions
{
    /// <param name="firstDay">Default of <see cref="FirstDay"/>.</param> <param name="days">Default of <see cref="Days"/>.</param>
    private protected WorldOptions(DateOnly firstDay, int days) => (FirstDay, Days) = (firstDay, days);

    public ulong Seed { get; init; } = 1;

    /// <summary>The first day, from midnight by the world's clock.</summary>
    public DateOnly FirstDay { get; init; }

    public int Days { get; init; }

    /// <summary>Days behind the last one until all that belongs to it is known.</summary>
    internal abstract int SettleDays { get; }

    /// <exception cref="ArgumentException">Names every member that is out of range, at once.</exception>
    public abstract void Check();
}

/// <summary>What a world's <c>truth/world.json</c> says.</summary>
/// <param name="Generation">Of the simulator: another one makes other bytes of the same options.</param>
public abstract record WorldDescription<TOptions>(int Generation, TOptions Options, IReadOnlyList<DriftMoment> Drifts)
    where TOptions : WorldOptions
{
    /// <summary>Events in the files.</summary>
    internal abstract long Records { get; }

    /// <summary>One line for people: how many, from when to when, what share is positive.</summary>
    internal abstract string Summary { get; }

    /// <summary><c>2025-01-01 to 2025-02-28</c>.</summary>
    private protected string Calendar => $"{Options.FirstDay:yyyy-MM-dd} to {Options.FirstDay.AddDays(Options.Days - 1):yyyy-MM-dd}";
}
