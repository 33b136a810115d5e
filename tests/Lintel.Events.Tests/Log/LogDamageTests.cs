using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

public sealed class LogDamageTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes batches of one record each, closes cleanly, and gives the file's bytes.</summary>
    private async Task<byte[]> Written(params string[] texts)
    {
        using (var log = _folder.Open())
        {
            foreach (var text in texts) { await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes(text))); }
        }
        return await File.ReadAllBytesAsync(_folder.Segment);
    }

    [Fact]
    public async Task Cut_anywhere_behind_the_last_sync_keeps_every_record_before()
    {
        var whole = await Written("alpha", "beta", "gamma");
        var start = whole.AsSpan().LastIndexOf("gamma"u8) - LogFormat.FrameBytes - LogFormat.MarkBytes;
        for (var length = start; length < whole.Length - LogFormat.MarkBytes; length++)
        {
            await File.WriteAllBytesAsync(_folder.Segment, whole[..length]);
            using (var log = _folder.Open())
            {
                log.Recovered.Records.ShouldBe(2);
                // a whole mark is no loss; anything else behind the records is cut off and told, zeros at the very end apart
                var torn = whole.AsSpan(start..length);
                if (torn.Length >= LogFormat.MarkBytes) { torn = torn[LogFormat.MarkBytes..]; }
                log.Recovered.TornBytes.ShouldBe(torn.TrimEnd((byte)0).Length);
                await log.WaitAsync(log.Append(1, "delta"u8));
            }
            _folder.Read().Texts.ShouldBe(["1:alpha", "1:beta", "1:delta"]);
        }
    }

    [Fact]
    public async Task Flipped_bit_is_refused_with_its_position_and_nothing_is_changed()
    {
        var whole = await Written("alpha", "beta", "gamma");
        // every bit of every byte behind the header, up to the mark that closed the file
        for (var at = LogFormat.HeaderBytes; at < whole.Length - LogFormat.MarkBytes; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(_folder.Segment, damaged);
            var told = Should.Throw<InvalidDataException>(() => _folder.Open());
            told.Message.ShouldContain("does not match its checksum");
            told.Message.ShouldContain("byte ");
            (await File.ReadAllBytesAsync(_folder.Segment)).ShouldBe(damaged);
        }
    }

    [Fact]
    public async Task Zeros_behind_the_end_stood_ready_and_are_no_loss()
    {
        var whole = await Written("alpha");
        await File.WriteAllBytesAsync(_folder.Segment, [.. whole, .. new byte[3_000_000]]);
        _folder.Read().Scan.TornBytes.ShouldBe(0);
        using (var log = _folder.Open())
        {
            log.Recovered.TornBytes.ShouldBe(0);
            await log.WaitAsync(log.Append(1, "beta"u8));
        }
        _folder.Read().Texts.ShouldBe(["1:alpha", "1:beta"]);
        new FileInfo(_folder.Segment).Length.ShouldBeLessThan(1_000);
    }

    [Fact]
    public async Task Torn_write_before_zeros_is_cut()
    {
        var whole = await Written("alpha", "beta");
        var cut = whole.AsSpan().IndexOf("beta"u8) + 2;
        await File.WriteAllBytesAsync(_folder.Segment, [.. whole[..cut], .. new byte[5_000]]);
        using var log = _folder.Open();
        (log.Recovered.Records, log.Recovered.TornBytes).ShouldBe((1, LogFormat.FrameBytes + 2));
    }

    [Fact]
    public async Task Reader_beside_a_busy_writer_never_takes_it_for_damage()
    {
        using var log = _folder.Open();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++) { await log.WaitAsync(log.Append(1, new byte[300 + (i % 7)])); }
        });
        var seen = 0L;
        do
        {
            var scan = AppendLogReader.Scan(_folder.Path, static (in LogRecord _) => { });
            scan.Records.ShouldBeGreaterThanOrEqualTo(seen);
            seen = scan.Records;
        }
        while (!writing.IsCompleted);
        await writing;
        AppendLogReader.Scan(_folder.Path, static (in LogRecord _) => { }).Records.ShouldBe(2_000);
    }

    [Fact]
    public async Task Altered_header_and_foreign_file_are_told_apart()
    {
        var whole = await Written("alpha");
        whole[17] ^= 1;
        await File.WriteAllBytesAsync(_folder.Segment, whole);
        Should.Throw<InvalidDataException>(() => _folder.Open()).Message.ShouldContain("header's checksum");
        await File.WriteAllTextAsync(_folder.Segment, "an old poem that somebody put here by mistake");
        Should.Throw<InvalidDataException>(() => _folder.Open()).Message.ShouldContain("not a Lintel log");
        LogFormat.WriteHeader(whole, 0);
        whole[8] = 9;
        await File.WriteAllBytesAsync(_folder.Segment, whole);
        Should.Throw<InvalidDataException>(() => _folder.Open()).Message.ShouldContain("use a newer Lintel");
    }

    [Fact]
    public async Task Killed_before_the_header_was_whole_begins_again()
    {
        var whole = await Written("alpha");
        await File.WriteAllBytesAsync(_folder.Segment, whole[..10]);
        using (var log = _folder.Open()) { log.Append(1, "b"u8); }
        _folder.Read().Texts.ShouldBe(["1:b"]);
    }

    [Fact]
    public async Task Reader_beside_a_writer_sees_what_is_durable()
    {
        using var log = _folder.Open();
        await log.WaitAsync(log.Append(1, "one"u8));
        _folder.Read().Texts.ShouldBe(["1:one"]);
        await log.WaitAsync(log.Append(1, "two"u8));
        _folder.Read().Texts.ShouldBe(["1:one", "1:two"]);
    }
}
