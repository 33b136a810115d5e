using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

public sealed class SegmentDamageTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private AppendLog Small() => _folder.Open(new FaultyDisk(), segmentBytes: 120);

    private string[] Files => [.. Directory.GetFiles(_folder.Path, "*.log").Order(StringComparer.Ordinal)];

    private async Task Write(int count)
    {
        using var log = Small();
        for (var i = 0; i < count; i++) { await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes($"record {i}"))); }
    }

    /// <summary>Bytes of every segment, headers and closing marks too; of the last one all but the mark that closed it,
    /// behind which nothing was acknowledged.</summary>
    [Fact]
    public async Task Flipped_bit_in_any_segment_is_refused_by_start_and_scan_and_nothing_is_changed()
    {
        await Write(7);
        Files.Length.ShouldBeGreaterThan(2);
        foreach (var file in Files)
        {
            var whole = await File.ReadAllBytesAsync(file);
            var end = whole.Length - (file == Files[^1] ? LogFormat.MarkBytes : 0);
            for (var at = 0; at < end; at += 3)
            {
                var flipped = whole.ToArray();
                flipped[at] ^= (byte)(1 << (at % 8));
                await File.WriteAllBytesAsync(file, flipped);
                Should.Throw<InvalidDataException>(() => _folder.Read(), $"byte {at}").Message.ShouldContain(file);
                Should.Throw<InvalidDataException>(Small, $"byte {at}").Message.ShouldContain(file);
                (await File.ReadAllBytesAsync(file)).ShouldBe(flipped);
            }
            await File.WriteAllBytesAsync(file, whole);
        }
        _folder.Read().Scan.Records.ShouldBe(7);
    }

    [Fact]
    public async Task Damage_before_the_place_of_a_start_does_not_stop_it_and_is_refused_when_it_is_read()
    {
        await Write(7);
        var bytes = await File.ReadAllBytesAsync(Files[0]);
        bytes[bytes.AsSpan().IndexOf("record 0"u8)] ^= 1;
        await File.WriteAllBytesAsync(Files[0], bytes);
        using (var log = AppendLog.Open(_folder.Path, LogFormat.FirstPlaceOf(Files[1]), static (in LogRecord _) => { }))
        {
            Should.Throw<InvalidDataException>(() => log.Read(LogFormat.MarkBytes, out _)).Message.ShouldContain(Files[0]);
        }
        Should.Throw<InvalidDataException>(() => _folder.Read()).Message.ShouldContain(Files[0]);
    }

    /// <summary>What a kill between two steps of rolling leaves: a next segment without its header, with half of it, with
    /// all of it and no record, or with a torn first batch.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(LogFormat.HeaderBytes)]
    [InlineData(LogFormat.HeaderBytes + 12)]
    [InlineData(LogFormat.HeaderBytes + LogFormat.MarkBytes)]
    [InlineData(LogFormat.HeaderBytes + LogFormat.MarkBytes + 5)]
    public async Task Killed_while_rolling_goes_on_in_the_next_segment(int bytes)
    {
        await Write(7);
        var last = Files[^1];
        var before = _folder.Read().Texts.Count;
        var lost = 0;
        using (var file = File.OpenHandle(last)) { lost = (int)AppendLogReader.Scan(file, last, static (in LogRecord _) => { }).Records; }
        await File.WriteAllBytesAsync(last, (await File.ReadAllBytesAsync(last))[..bytes]);
        using (var log = Small())
        {
            log.StartSegmentsWith(3, "layout"u8);
            await log.WaitAsync(log.Append(1, "after"u8));
        }
        var texts = _folder.Read().Texts;
        texts.Count.ShouldBe(before - lost + 2);
        texts[^2..].ShouldBe(["3:layout", "1:after"]);
    }

    /// <summary>One segment, one layout, also while records of the one before wait to be written.</summary>
    [Fact]
    public async Task Rolling_puts_no_record_of_before_and_after_into_one_segment()
    {
        using var slow = new SemaphoreSlim(0);
        var disk = new FaultyDisk();
        using (var log = _folder.Open(disk))
        {
            log.StartSegmentsWith(3, "one"u8);
            await log.WaitAsync(log.Append(1, "first"u8));
            disk.OnSync = slow.Wait;
            log.Append(1, "being written"u8);
            log.Append(1, "gathering, or written with it"u8);
            log.StartSegmentsWith(3, "two"u8);
            log.Roll();
            var behind = Task.Run(() =>
            {
                log.Append(3, "two"u8);                       // is the segment's first record itself: it stands once
                return log.Append(1, "behind"u8);
            });
            slow.Release(1_000);
            await log.WaitAsync(await behind);
        }
        _folder.Read().Texts.ShouldBe(
            ["3:one", "1:first", "1:being written", "1:gathering, or written with it", "3:two", "1:behind"]);
        Files.Length.ShouldBe(2);
        (await File.ReadAllBytesAsync(Files[0])).AsSpan().IndexOf("behind"u8).ShouldBe(-1);
    }
}
