using Lintel.Numerics.Random;

namespace Lintel.Worlds.Deliveries;

/// <summary>Random streams of the world: one for each thing that is drawn, so that more stores or days change nothing of the
/// others.</summary>
internal static class DeliveryStreams
{
    public const ulong Store = 1, Demand = 2, Order = 3, Legs = 4, Fate = 5, Weather = 6, Shifts = 7, Again = 8;

    public static RandomStream Open(DeliveriesOptions options, ulong what, long which = 0, long part = 0) =>
        WorldStreams.Open(options.Seed, what, which, part);
}
