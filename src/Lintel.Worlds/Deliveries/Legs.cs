using Lintel.Numerics.Random;

namespace Lintel.Worlds.Deliveries;

/// <summary>What an order's legs take, as they stand when it is placed: medians in minutes; each is drawn log-normally around them.</summary>
/// <param name="Accept">Until the kitchen accepts.</param>
/// <param name="Cook">From there until the food is ready.</param>
/// <param name="Assign">From there until a courier has taken it.</param>
/// <param name="Approach">That courier's way to the store.</param>
/// <param name="Drive">From the store to the door.</param>
/// <param name="Hand">At the door.</param>
internal readonly record struct Legs(double Accept, double Cook, double Assign, double Approach, double Drive, double Hand)
{
    private const double AcceptSpread = 0.5, CookSpread = 0.25, AssignSpread = 0.4, ApproachSpread = 0.3, DriveSpread = 0.18, HandSpread = 0.35;

    /// <summary>Minutes that it takes to hand the food over to the courier.</summary>
    private const double Pickup = 1;

    /// <summary>Draws all legs: minutes from the order to being accepted, picked up and delivered.</summary>
    public (double Accepted, double PickedUp, double Delivered) Draw(RandomStream random)
    {
        var accepted = random.LogNormal(Accept, AcceptSpread);
        var pickedUp = accepted + DrawPickUp(random);
        return (accepted, pickedUp, pickedUp + DrawDrive(random));
    }

    /// <summary>Minutes from an ask to the delivery, drawn anew from what stands at that ask.</summary>
    public double DrawRest(AskStage stage, double waited, RandomStream random) => stage switch
    {
        AskStage.Placed => Draw(random).Delivered,
        AskStage.Again => DrawAfter(waited, random) - waited,
        AskStage.Accepted => DrawPickUp(random) + DrawDrive(random),
        _ => DrawDrive(random),
    };

    private double DrawPickUp(RandomStream random)
    {
        var cooked = random.LogNormal(Cook, CookSpread);
        var there = random.LogNormal(Assign, AssignSpread) + random.LogNormal(Approach, ApproachSpread);
        return Math.Max(cooked, there) + Pickup;
    }

    private double DrawDrive(RandomStream random) => random.LogNormal(Drive, DriveSpread) + random.LogNormal(Hand, HandSpread);

    /// <summary>The whole time of an order that has not been accepted yet: draws that were accepted before are none.</summary>
    private double DrawAfter(double waited, RandomStream random)
    {
        double accepted;
        do { accepted = random.LogNormal(Accept, AcceptSpread); } while (accepted <= waited);
        return accepted + DrawPickUp(random) + DrawDrive(random);
    }
}

/// <summary>At what point of an order it is asked when the order will come.</summary>
internal enum AskStage : byte
{
    Placed,
    /// <summary>Before the kitchen has accepted.</summary>
    Again,
    Accepted,
    PickedUp,
}
