using System.Globalization;

namespace Lintel.Events.Tests;

public sealed class CodeDictionaryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_are_what_new_texts_allocate(bool hashed)
    {
        const int Count = 100_000;
        string[] texts = [.. Enumerable.Range(0, Count).Select(static i => i.ToString("D12", CultureInfo.InvariantCulture))];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var dictionary = new CodeDictionary("card");
        dictionary.Reserve(Count);
        foreach (var text in texts) { dictionary.Add(text); }
        if (hashed) { dictionary.KeepHashes(); }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        ((double)dictionary.Bytes / allocated).ShouldBe(1, 0.01);
        // a key of 12 characters: 48 bytes as a text, 36 for its code; the map takes the next prime
        (dictionary.Bytes / Count).ShouldBeInRange(hashed ? 92 : 84, hashed ? 98 : 90);
    }

    [Fact]
    public void Texts_that_are_known_cost_nothing_and_growing_at_most_doubles_the_tables()
    {
        var dictionary = new CodeDictionary("card");
        for (var i = 0; i < 100_000; i++) { dictionary.Add(i.ToString("D12", CultureInfo.InvariantCulture)); }
        var bytes = dictionary.Bytes;
        (bytes / 100_000).ShouldBeInRange(84, 48 + (2 * 36));
        dictionary.Add("000000000007").ShouldBe(7);
        dictionary.Find("nobody").ShouldBe(-1);
        dictionary.Bytes.ShouldBe(bytes);
    }
}
