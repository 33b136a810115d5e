using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;

namespace Lintel.Pipeline.Tests.Ranking;

public sealed class PageRecordTests
{
    [Theory]
    [InlineData(double.NaN, false), InlineData(double.NaN, true), InlineData(0.25, false), InlineData(0.25, true)]
    public void A_page_comes_back_with_its_prices(double price, bool reviewed)
    {
        var record = Record(price, reviewed);
        var read = new DecisionRecord();
        read.Read(Written(record));

        read.Page!.HasPrices.ShouldBe(!double.IsNaN(price));
        read.Page.Shown.Select(static s => (s.Item, s.Score, s.Propensity, s.Price)).ShouldBe([("a", 2, double.NaN, price), ("b", 1, double.NaN, price * 2)]);
        read.Page.Lost.ShouldHaveSingleItem().Item.ShouldBe("c");
        (read.Priority, read.Stake).ShouldBe(reviewed ? (3, 4) : (double.NaN, double.NaN));
        // used again for a page without prices
        read.Read(Written(Record(double.NaN, reviewed)));
        read.Page.HasPrices.ShouldBeFalse();
    }

    [Fact]
    public void A_page_without_prices_is_written_as_before() =>
        (Written(Record(0.25, reviewed: false)).Length - Written(Record(double.NaN, reviewed: false)).Length).ShouldBe(2 * sizeof(double));

    private static DecisionRecord Record(double price, bool reviewed)
    {
        var page = new PageRecord();
        page.Shown.Add(new("a", 2, double.NaN, -1, [1, 0], [0.5]) { Price = price });
        page.Shown.Add(new("b", 1, double.NaN, -1, [2, 1], [0.25]) { Price = price * 2 });
        page.Lost.Add(new("c", 0, 1, [3, 2]));
        var record = new DecisionRecord { Page = page, Reviewed = reviewed };
        if (reviewed) { (record.Priority, record.Stake) = (3, 4); }
        return record;
    }

    private static byte[] Written(DecisionRecord record)
    {
        var writer = new PayloadWriter();
        record.Write(writer);
        return writer.Written.ToArray();
    }
}
