using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

public sealed class LogVerificationTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task Write(int count)
    {
        using var log = _folder.Open();
        for (var i = 0; i < count; i++) { await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes($"record {i}"))); }
    }

    [Fact]
    public async Task Whole_log_is_counted()
    {
        await Write(7);
        var found = LogVerification.Of(_folder.Path);
        (found.Segments, found.Records, found.FirstPlace, found.TornBytes).ShouldBe((1, 7, 0, 0));
        found.Bytes.ShouldBe(new FileInfo(_folder.Segment).Length);
        found.End.ShouldBe(found.Bytes - LogFormat.HeaderBytes);
        LogVerification.Of(Path.Combine(_folder.Path, "none")).ShouldBe(new(0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task Flipped_bit_is_found_with_file_and_byte_and_nothing_is_changed()
    {
        await Write(4);
        var whole = await File.ReadAllBytesAsync(_folder.Segment);
        for (var at = 0; at < whole.Length - LogFormat.MarkBytes; at += 3)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(_folder.Segment, flipped);
            Should.Throw<InvalidDataException>(() => LogVerification.Of(_folder.Path), $"byte {at}").Message
                .ShouldContain(_folder.Segment);
            (await File.ReadAllBytesAsync(_folder.Segment)).ShouldBe(flipped);
        }
    }

    [Fact]
    public async Task Torn_end_is_counted_and_left_to_the_next_start()
    {
        await Write(4);
        await File.AppendAllTextAsync(_folder.Segment, "torn");
        var found = LogVerification.Of(_folder.Path);
        (found.Records, found.TornBytes).ShouldBe((4, 4));
        new FileInfo(_folder.Segment).Length.ShouldBe(found.Bytes);
    }
}
