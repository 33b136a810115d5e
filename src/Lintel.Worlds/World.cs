using Lintel.Worlds.Ads;
using Lintel.Worlds.Deliveries;
using Lintel.Worlds.Movies;
using Lintel.Worlds.Payments;
using Lintel.Worlds.Posts;
using Lintel.Worlds.Queries;

namespace Lintel.Worlds;

/// <summary>A simulator that makes the events of one system and, in files of their own, the truth behind them. The same seed
/// makes the same bytes.</summary>
/// <param name="System">The system whose events it makes, e.g. <c>fraud</c>.</param>
/// <param name="Summary">One sentence: what is simulated.</param>
/// <param name="Make">Writes the files; returns what was made.</param>
public sealed record World(string System, string Summary, Func<WorldOrder, WorldMade> Make);

/// <summary>What is asked of a world.</summary>
/// <param name="Folder">Where the files go; the truth goes to <c>truth/</c> below it, which no design reads.</param>
/// <param name="Progress">Share done, 0 to 1.</param>
public sealed record WorldOrder(string Folder, ulong Seed, IProgress<double>? Progress = null)
{
    /// <summary>The day on which the events will be served: the world's calendar then ends at most two weeks before it, when every
    /// label is known and the windows still hold something. It moves by whole weeks, so that nothing else changes. Null: the
    /// world's own calendar.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Days simulated; null: the world's default.</summary>
    public int? Days { get; init; }
}

/// <param name="Records">Events written.</param>
/// <param name="Summary">One line for people: how many, from when to when, what share is positive.</param>
/// <param name="Fresh">False: the same files were there already.</param>
public sealed record WorldMade(string Folder, long Records, string Summary, bool Fresh);

/// <summary>Every world, in one place.</summary>
public static class WorldCatalogue
{
    public static IReadOnlyList<World> All { get; } = [PaymentsWorld.World, MoviesWorld.World, AdsWorld.World, DeliveriesWorld.World, PostsWorld.World,
        QueriesWorld.World];

    public static World? Find(string system) => All.FirstOrDefault(w => w.System == system);
}
