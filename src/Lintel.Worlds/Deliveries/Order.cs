namespace Lintel.Worlds.Deliveries;

/// <summary>One order, and what became of it. Instants are seconds since the first local midnight.</summary>
internal sealed record Order
{
    public required int Id { get; init; }

    public required int Store { get; init; }

    public required int Second { get; init; }

    public required int Items { get; init; }

    /// <summary>Cents.</summary>
    public required int Subtotal { get; init; }

    public required double Latitude { get; init; }

    public required double Longitude { get; init; }

    public required bool IsApartment { get; init; }

    /// <summary>What a router says that the drive takes on free roads, minutes.</summary>
    public required double Route { get; init; }

    public required Legs Legs { get; init; }

    public required int Accepted { get; init; }

    public required int PickedUp { get; init; }

    /// <summary>When it came, or would have come had it not been cancelled.</summary>
    public required int Delivered { get; init; }

    /// <summary>Null: it was not.</summary>
    public int? CancelledAt { get; init; }

    /// <summary>When somebody asks, and with what couriers there were then.</summary>
    public List<Ask> Asks { get; } = [];

    /// <summary>Whether an instant of the order came to be.</summary>
    public bool Reaches(int second) => CancelledAt is not { } end || second < end;
}

/// <param name="OnShift">Couriers of the store's area.</param> <param name="Busy">Those of them that carry something.</param>
/// <param name="Open">Orders of the area that are placed and not delivered.</param>
internal readonly record struct Ask(AskStage Stage, int Second, int OnShift, int Busy, int Open, bool Rains);
