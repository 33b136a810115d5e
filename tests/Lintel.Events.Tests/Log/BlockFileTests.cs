using Lintel.Events.Log;
using Lintel.Numerics.Random;

namespace Lintel.Events.Tests.Log;

public sealed class BlockFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-blocks-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "some.state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Bytes(int count)
    {
        var random = new RandomStream(5);
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) { bytes[i] = (byte)random.NextInt32(256); }
        return bytes;
    }

    private byte[] Read(int count) => BlockFile.Read(Path, "numbers", 3, reader =>
    {
        var bytes = new byte[count];
        reader.BaseStream.ReadExactly(bytes);
        return bytes;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BlockFormat.BlockBytes - 12)]       // format and kind fill the first block
    [InlineData(BlockFormat.BlockBytes)]
    [InlineData((3 * BlockFormat.BlockBytes) + 17)]
    public void What_was_written_reads_the_same_and_nothing_else_stays(int count)
    {
        var bytes = Bytes(count);
        var blocks = 0;
        BlockFile.Write(Path, "numbers", 3, writer => writer.Write(bytes), () => blocks++);
        Read(count).ShouldBe(bytes);
        blocks.ShouldBeGreaterThan(count / BlockFormat.BlockBytes);
        Directory.GetFiles(_folder).ShouldBe([Path]);
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_seen()
    {
        const int Count = 3000;
        var bytes = Bytes(Count);
        BlockFile.Write(Path, "numbers", 3, writer => writer.Write(bytes));
        var whole = File.ReadAllBytes(Path);
        var random = new RandomStream(1);
        for (var round = 0; round < 300; round++)
        {
            var altered = whole.ToArray();
            altered[random.NextInt32(altered.Length)] ^= (byte)(1 << random.NextInt32(8));
            File.WriteAllBytes(Path, altered);
            Should.Throw<InvalidDataException>(() => Read(Count)).Message.ShouldContain(Path);
            File.WriteAllBytes(Path, whole[..random.NextInt32(whole.Length)]);
            Should.Throw<InvalidDataException>(() => Read(Count)).Message.ShouldContain(Path);
        }
        File.WriteAllBytes(Path, [.. whole, 0]);
        Should.Throw<InvalidDataException>(() => Read(Count)).Message.ShouldContain("more than its end says");
    }

    [Fact]
    public void Blocks_that_changed_places_are_seen()
    {
        const int Count = 3 * BlockFormat.BlockBytes;
        BlockFile.Write(Path, "numbers", 3, writer => writer.Write(Bytes(Count)));
        var whole = File.ReadAllBytes(Path);
        const int Frame = BlockFormat.FrameBytes + BlockFormat.BlockBytes;
        var (first, second) = (8 + Frame, 8 + (2 * Frame));
        byte[] swapped = [.. whole[..first], .. whole[second..(second + Frame)], .. whole[first..second], .. whole[(second + Frame)..]];
        swapped.Length.ShouldBe(whole.Length);
        File.WriteAllBytes(Path, swapped);
        Should.Throw<InvalidDataException>(() => Read(Count)).Message.ShouldContain("does not match");
    }

    [Fact]
    public void Another_kind_a_newer_format_and_a_short_payload_say_so()
    {
        BlockFile.Write(Path, "letters", 3, static writer => writer.Write(1));
        Should.Throw<InvalidDataException>(() => Read(1)).Message.ShouldContain("holds 'letters', expected 'numbers'");
        BlockFile.Write(Path, "numbers", 4, static writer => writer.Write(1));
        Should.Throw<InvalidDataException>(() => Read(1)).Message.ShouldContain("use a newer Lintel");
        BlockFile.Write(Path, "numbers", 3, static writer => writer.Write((byte)1));
        Should.Throw<InvalidDataException>(() => Read(2)).Message.ShouldContain("shorter than what it says");
        Should.Throw<InvalidDataException>(() => Read(0)).Message.ShouldContain("more than its end says");
    }
}
