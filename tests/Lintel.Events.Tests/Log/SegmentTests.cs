using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

public sealed class SegmentTests : IDisposable
{
    private const byte Layout = 9;

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private AppendLog Small() => _folder.Open(new LogDisk(), segmentBytes: 200);

    private string[] Files() => [.. Directory.GetFiles(_folder.Path, "*.log").Order(StringComparer.Ordinal)];

    /// <summary>Texts in order, each waited for, so that each is a batch.</summary>
    private static async Task<List<long>> Write(AppendLog log, int from, int count)
    {
        var places = new List<long>();
        for (var i = from; i < from + count; i++)
        {
            places.Add(log.Append(1, Encoding.UTF8.GetBytes($"record {i}")));
            await log.WaitAsync(places[^1]);
        }
        return places;
    }

    private (List<string> Texts, List<long> Places) From(long place)
    {
        var (texts, places) = (new List<string>(), new List<long>());
        AppendLogReader.Scan(_folder.Path, place, (in LogRecord r) =>
        {
            texts.Add(Encoding.UTF8.GetString(r.Payload));
            places.Add(r.Place);
        });
        return (texts, places);
    }

    [Fact]
    public async Task Log_rolls_at_its_size_and_every_record_stays_where_it_was()
    {
        List<long> places;
        using (var log = Small())
        {
            places = await Write(log, 0, 40);
            Files().Length.ShouldBeGreaterThan(4);
            for (var i = 0; i < places.Count; i++)
            {
                Encoding.UTF8.GetString(log.Read(places[i], out var type)).ShouldBe($"record {i}");
                type.ShouldBe((byte)1);
            }
        }
        using (var log = Small()) { places.AddRange(await Write(log, 40, 10)); }
        var (texts, found) = From(0);
        texts.ShouldBe(Enumerable.Range(0, 50).Select(static i => $"record {i}"));
        found.ShouldBe(places);
        found.ShouldBeInOrder();
    }

    [Fact]
    public async Task Each_segment_starts_with_its_first_record()
    {
        using (var log = Small())
        {
            log.StartSegmentsWith(Layout, "one"u8);
            await Write(log, 0, 10);
        }
        using (var log = Small())
        {
            log.StartSegmentsWith(Layout, "one"u8);
            await Write(log, 10, 1);
        }
        var before = Files().Length;
        long last;
        using (var log = Small())
        {
            log.StartSegmentsWith(Layout, "two"u8);
            log.Roll();
            last = (await Write(log, 11, 1))[0];
            Encoding.UTF8.GetString(log.ReadFirst(last, out var first)).ShouldBe("two");
            first.ShouldBe(LogFormat.FirstPlaceOf(Files()[^1]));
            Encoding.UTF8.GetString(log.ReadFirst(0, out _)).ShouldBe("one");
        }
        Files().Length.ShouldBe(before + 1);
        foreach (var file in Files())
        {
            using var handle = File.OpenHandle(file);
            AppendLogReader.ReadFirst(handle, out var type).ShouldNotBeNull();
            type.ShouldBe(Layout);
        }
        From(last).Texts.ShouldBe(["two", "record 11"]);
    }

    [Fact]
    public async Task Reading_from_a_place_shows_the_segments_first_record_and_what_follows()
    {
        List<long> places;
        using (var log = Small())
        {
            log.StartSegmentsWith(Layout, "layout"u8);
            places = await Write(log, 0, 30);
        }
        for (var i = 0; i < places.Count; i++)
        {
            var texts = From(places[i]).Texts;
            texts[0].ShouldBe("layout");
            texts.Where(static t => t != "layout").ShouldBe(Enumerable.Range(i, 30 - i).Select(static n => $"record {n}"));
        }
        Should.Throw<InvalidDataException>(() => From(places[^1] + 1_000)).Message.ShouldContain("newer than the log");
    }

    [Fact]
    public async Task Deleted_segments_are_gone_and_the_log_begins_later()
    {
        using var log = Small();
        var places = await Write(log, 0, 30);
        var kept = places[20];
        log.DeleteBefore(kept).ShouldBeGreaterThan(0);
        log.FirstPlace.ShouldBeLessThanOrEqualTo(kept);
        Encoding.UTF8.GetString(log.Read(kept, out _)).ShouldBe("record 20");
        Should.Throw<InvalidDataException>(() => log.Read(places[0], out _)).Message.ShouldContain("older than the log");
        log.DeleteBefore(long.MaxValue);
        await Write(log, 30, 1);                              // the segment that is written stays
        From(0).Texts[^1].ShouldBe("record 30");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(32)]
    public async Task Segment_whose_header_never_reached_the_disk_is_begun_again(int zeros)
    {
        using (var log = Small()) { await Write(log, 0, 3); }
        long end = AppendLogReader.Scan(_folder.Path, static (in LogRecord _) => { }).End;
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, LogFormat.SegmentName(end)), new byte[zeros]);
        using (var log = Small()) { await Write(log, 3, 2); }
        From(0).Texts.ShouldBe(Enumerable.Range(0, 5).Select(static i => $"record {i}"));
    }

    [Fact]
    public async Task Missing_cut_and_renamed_segments_are_refused()
    {
        using (var log = Small()) { await Write(log, 0, 30); }
        var files = Files();
        File.Move(files[2], files[2] + ".away");
        Should.Throw<InvalidDataException>(Small).Message.ShouldContain("are gone");
        File.Move(files[2] + ".away", files[2]);
        var bytes = await File.ReadAllBytesAsync(files[1]);
        await File.WriteAllBytesAsync(files[1], bytes[..^3]);
        Should.Throw<InvalidDataException>(Small).Message.ShouldContain("are gone or altered");
        await File.WriteAllBytesAsync(files[1], bytes);
        for (var at = LogFormat.HeaderBytes; at < bytes.Length - LogFormat.MarkBytes; at += 7)
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= 4;
            await File.WriteAllBytesAsync(files[1], flipped);
            Should.Throw<InvalidDataException>(Small).Message.ShouldContain(Path.GetFileName(files[1]));
        }
        await File.WriteAllBytesAsync(files[1], bytes);
        Small().Dispose();
    }

    /// <summary>Whatever call on the disk fails, and all behind it: what was acknowledged is there after the next start,
    /// once, in order, and the log goes on.</summary>
    [Fact]
    public async Task Fault_at_any_call_loses_nothing_that_was_acknowledged()
    {
        for (var failsAt = 1; ; failsAt++)
        {
            foreach (var file in Directory.GetFiles(_folder.Path)) { File.Delete(file); }
            var disk = new FaultyDisk { FailsAt = failsAt };
            var acknowledged = new List<string>();
            var isWhole = true;
            try
            {
                using var log = _folder.Open(disk, segmentBytes: 120);
                log.StartSegmentsWith(Layout, "layout"u8);
                for (var i = 0; i < 6; i++)
                {
                    await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes($"record {i}")));
                    acknowledged.Add($"record {i}");
                }
            }
            catch (IOException) { isWhole = false; }
            using (var log = _folder.Open(new FaultyDisk(), segmentBytes: 120))
            {
                log.StartSegmentsWith(Layout, "layout"u8);
                await log.WaitAsync(log.Append(1, "after"u8));
            }
            var found = From(0).Texts.Where(static t => t != "layout").ToList();
            found[^1].ShouldBe("after");
            found.ShouldBeUnique();
            found.Take(acknowledged.Count).ShouldBe(acknowledged, $"call {failsAt} failed");
            found.Count.ShouldBeInRange(acknowledged.Count + 1, acknowledged.Count + 2);
            if (isWhole && disk.Calls < failsAt) { return; }
        }
    }
}
