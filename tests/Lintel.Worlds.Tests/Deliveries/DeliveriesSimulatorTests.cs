using Lintel.Worlds.Deliveries;

namespace Lintel.Worlds.Tests.Deliveries;

public sealed class DeliveriesSimulatorTests
{
    private static readonly DeliveriesOptions Options = new() { Days = 28, Stores = 120, Orders = 1_200, Seed = 3, DriftAt = 0.75 };

    private static readonly Store[] Stores = Store.Draw(Options);

    private static readonly City City = new(Options);

    private static readonly List<Order> Orders = DeliveriesSimulator.Run(Options, Stores, City);

    [Fact]
    public void Orders_go_through_their_stages_in_order()
    {
        Orders.Zip(Orders.Skip(1)).All(static p => p.First.Second <= p.Second.Second).ShouldBeTrue();
        foreach (var order in Orders)
        {
            (order.Second < order.Accepted && order.Accepted < order.PickedUp && order.PickedUp < order.Delivered).ShouldBeTrue();
            (order.CancelledAt is not { } end || (end > order.Second && end <= order.Delivered)).ShouldBeTrue();
            City.DayOf(order.Second).ShouldBeGreaterThanOrEqualTo(Stores[order.Store].Opens);
        }
    }

    [Fact]
    public void An_order_is_asked_for_at_each_stage_that_it_reaches()
    {
        foreach (var order in Orders)
        {
            order.Asks[0].Stage.ShouldBe(AskStage.Placed);
            order.Asks.Count(static a => a.Stage == AskStage.Placed).ShouldBe(1);
            order.Asks.Any(static a => a.Stage == AskStage.Accepted).ShouldBe(order.Reaches(order.Accepted + 1));
            order.Asks.Any(static a => a.Stage == AskStage.PickedUp).ShouldBe(order.Reaches(order.PickedUp + 1));
            order.Asks.All(a => a.Second > order.Second && a.Second < (order.CancelledAt ?? order.Delivered) + 2).ShouldBeTrue();
            order.Asks.All(static a => a.Busy <= a.OnShift && a.OnShift >= 0 && a.Open >= 0).ShouldBeTrue();
        }
    }

    /// <summary>More orders for a courier make an order wait, and what is waited for is cancelled more often.</summary>
    [Fact]
    public void Short_couriers_and_full_kitchens_make_orders_late()
    {
        var byLoad = Orders.Where(static o => o.Asks[0].OnShift > 0).GroupBy(static o => o.Asks[0].Open > 2 * o.Asks[0].OnShift)
            .ToDictionary(static g => g.Key, static g => g.Average(Minutes));
        byLoad[true].ShouldBeGreaterThan(byLoad[false] + 3);
        var late = Orders.Where(static o => Minutes(o) > 60).ToList();
        var early = Orders.Where(static o => Minutes(o) < 30).ToList();
        ((double)late.Count(static o => o.CancelledAt is not null) / late.Count)
            .ShouldBeGreaterThan(3.0 * early.Count(static o => o.CancelledAt is not null) / early.Count);
    }

    [Fact]
    public void Roadworks_lengthen_the_drives_of_one_area()
    {
        double Drive(int area, bool after) => Orders
            .Where(o => Stores[o.Store].Area == area && City.DayOf(o.Second) >= Options.DriftDay == after)
            .Where(static o => o.Route > 2).Average(static o => o.Legs.Drive / o.Route);
        (Drive(1, true) / Drive(1, false) / (Drive(2, true) / Drive(2, false))).ShouldBe(City.Roadworks, 0.1);
    }

    /// <summary>In California clocks went forward on the 9th of March 2025 at two: that day has 23 hours.</summary>
    [Fact]
    public void A_day_of_a_clock_change_has_its_own_length()
    {
        var change = new DateOnly(2025, 3, 9).DayNumber - Options.FirstDay.DayNumber;
        (City.SecondOf(change + 1) - City.SecondOf(change)).ShouldBe(23 * 3_600);
        (City.SecondOf(change) - City.SecondOf(change - 1)).ShouldBe(24 * 3_600);
        City.HourOf(City.SecondOf(change) + (2 * 3_600)).ShouldBe(3);
        City.DayOf(City.SecondOf(change + 1)).ShouldBe(change + 1);
        City.DayOf(City.SecondOf(change + 1) - 1).ShouldBe(change);
        DateTimeOffset.FromUnixTimeMilliseconds(City.Instant(0) / 1_000).ShouldBe(new(2025, 2, 17, 8, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The truth's quantiles are those of what happens: so many outcomes lie below each, whatever stage is asked at.</summary>
    [Fact]
    public void True_quantiles_hold_as_often_as_they_say()
    {
        var truth = DeliveriesTruth.Of(Options);
        truth.Orders.ShouldBe(Orders.Count);
        double[] levels = [0.1, 0.5, 0.9];
        var below = new int[3];
        var asks = 0;
        for (var ask = 0; ask < truth.Asks; ask += 11, asks++)
        {
            var quantiles = truth.Quantiles(ask, levels, 200);
            for (var l = 0; l < levels.Length; l++) { below[l] += truth.Rest(ask) <= quantiles[l] ? 1 : 0; }
        }
        for (var l = 0; l < levels.Length; l++) { ((double)below[l] / asks).ShouldBe(levels[l], 0.02, $"level {levels[l]} of {asks} asks"); }
    }

    private static double Minutes(Order order) => (order.Delivered - order.Second) / 60d;
}
