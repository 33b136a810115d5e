using System.Collections.Concurrent;
using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

public sealed class AppendLogTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_then_wait_is_read_back_in_order()
    {
        using (var log = _folder.Open())
        {
            var first = log.Append(1, "one"u8);
            var second = log.Append(2, "two"u8);
            second.ShouldBeGreaterThan(first);
            await log.WaitAsync(second);
            log.Durable.ShouldBeGreaterThan(second);
            Encoding.UTF8.GetString(log.Read(first, out var type)).ShouldBe("one");
            type.ShouldBe((byte)1);
        }
        var (texts, scan) = _folder.Read();
        texts.ShouldBe(["1:one", "2:two"]);
        scan.TornBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Reopened_log_goes_on_where_it_ended()
    {
        long before;
        using (var log = _folder.Open()) { await log.WaitAsync(before = log.Append(1, "a"u8)); }
        using (var log = _folder.Open())
        {
            log.Recovered.Records.ShouldBe(1);
            log.Append(1, "b"u8).ShouldBeGreaterThan(before);
        }
        _folder.Read().Texts.ShouldBe(["1:a", "1:b"]);
    }

    [Fact]
    public async Task Many_writers_lose_nothing_and_places_rise()
    {
        var places = new ConcurrentDictionary<long, string>();
        using (var log = _folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    var text = $"{writer}-{i}";
                    var place = log.Append(1, Encoding.UTF8.GetBytes(text));
                    places.TryAdd(place, $"1:{text}").ShouldBeTrue();
                    await log.WaitAsync(place);
                    log.Durable.ShouldBeGreaterThan(place);
                }
            })));
        }
        _folder.Read().Texts.ShouldBe(places.OrderBy(static p => p.Key).Select(static p => p.Value));
    }

    [Fact]
    public void Record_larger_than_every_buffer_is_kept()
    {
        var large = new byte[5 << 20];
        large.AsSpan().Fill((byte)'x');
        using (var log = _folder.Open())
        {
            log.Append(1, large);
            log.Append(1, "after"u8);
        }
        var lengths = new List<int>();
        AppendLogReader.Scan(_folder.Path, (in LogRecord r) => lengths.Add(r.Payload.Length));
        lengths.ShouldBe([large.Length, 5]);
    }

    [Fact]
    public async Task Failed_sync_closes_the_log_and_acknowledges_nothing()
    {
        var fail = false;
        var disk = new FaultyDisk { OnSync = () => { if (Volatile.Read(ref fail)) { throw new IOException("disk on fire"); } } };
        using var log = _folder.Open(disk);
        await log.WaitAsync(log.Append(1, "kept"u8));
        Volatile.Write(ref fail, true);
        var lost = log.Append(1, "lost"u8);
        var told = await Should.ThrowAsync<LogClosedException>(async () => await log.WaitAsync(lost));
        told.Message.ShouldContain("disk on fire");
        told.Message.ShouldContain("takes no more records");
        Should.Throw<LogClosedException>(() => log.Append(1, "later"u8));
        log.Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Second_writer_on_the_same_folder_is_refused()
    {
        using var log = _folder.Open();
        Should.Throw<IOException>(() => _folder.Open()).Message.ShouldContain("another process has this log open");
    }
}
