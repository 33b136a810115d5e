using System.Collections.Concurrent;
using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

/// <summary>Disks that fill up, turn read-only or break: what was acknowledged is there after the next start, once and in
/// its writer's order.</summary>
public sealed class LogDiskFaultTests
{
    private const int Writers = 4;

    /// <summary>Records of each writer.</summary>
    private const int Each = 5;

    /// <summary>Writers that each wait for their record before the next, until they are done or the log refuses.</summary>
    /// <returns>What was acknowledged, by writer, and what the first refused one was told.</returns>
    private static async Task<(string[][] Acknowledged, LogClosedException? Told)> Write(AppendLog log, int count, int padding)
    {
        LogClosedException? told = null;
        var acknowledged = new ConcurrentQueue<string>[Writers];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var own = acknowledged[w] = new();
            try
            {
                for (var i = 0; i < count; i++)
                {
                    var text = $"{w}:{i}".PadRight(padding);
                    await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes(text)));
                    own.Enqueue(text);
                }
            }
            catch (LogClosedException fault) { told = fault; }
        })));
        return ([.. acknowledged.Select(static q => q.ToArray())], told);
    }

    /// <summary>Each writer's acknowledged records stand first and in order; at most one more was written but not told.</summary>
    private static void AssertKept(string folder, string[][] acknowledged, string because)
    {
        var found = new List<string>();
        AppendLogReader.Scan(folder, (in LogRecord r) => found.Add(Encoding.UTF8.GetString(r.Payload)));
        for (var w = 0; w < Writers; w++)
        {
            var own = found.Where(t => t.StartsWith($"{w}:", StringComparison.Ordinal)).ToArray();
            own.Take(acknowledged[w].Length).ShouldBe(acknowledged[w], because);
            own.Length.ShouldBeLessThanOrEqualTo(acknowledged[w].Length + 1, because);
        }
        found.ShouldBeUnique(because);
    }

    [SmallDiskFact]
    public async Task Full_disk_closes_the_log_and_after_space_is_freed_all_that_was_acknowledged_is_there()
    {
        using var disk = new SmallDisk(8);
        disk.Fill(2 << 20);
        string[][] acknowledged;
        using (var log = Open(disk.Folder))
        {
            (acknowledged, var told) = await Write(log, int.MaxValue, 1_000);
            told.ShouldNotBeNull();
            told.Message.ShouldContain(disk.Folder);
            told.Message.ShouldContain("No space left");
            told.Message.ShouldContain("Free the disk");
            Should.Throw<LogClosedException>(() => log.Append(1, "later"u8));
        }
        acknowledged.Sum(static a => a.Length).ShouldBeGreaterThan(1_000);
        disk.Free();
        using (var log = Open(disk.Folder)) { await log.WaitAsync(log.Append(1, "after"u8)); }
        AssertKept(disk.Folder, acknowledged, "the disk was full");
        Directory.GetFiles(disk.Folder, "*.log").Length.ShouldBeGreaterThan(3);
    }

    [SmallDiskFact]
    public void Disk_that_is_full_from_the_start_is_told_at_open_and_leaves_nothing_in_the_way()
    {
        using var disk = new SmallDisk(1);
        Directory.CreateDirectory(disk.Folder);
        disk.Fill(2 << 20);
        var told = Should.Throw<IOException>(() => Open(disk.Folder));
        told.Message.ShouldContain(disk.Folder);
        told.Message.ShouldContain("No space left");
        told.Message.ShouldContain("Free");
        disk.Free();
        using var log = Open(disk.Folder);
        log.Append(1, "begun"u8).ShouldBeGreaterThanOrEqualTo(0);
    }

    [SmallDiskFact]
    public async Task Read_only_folder_is_told_at_open_and_can_still_be_read()
    {
        using var disk = new SmallDisk(4);
        using (var log = Open(disk.Folder)) { await log.WaitAsync(log.Append(1, "kept"u8)); }
        disk.MakeReadOnly();
        var told = Should.Throw<IOException>(() => Open(disk.Folder));
        told.Message.ShouldContain(disk.Folder);
        told.Message.ShouldContain("read-only", Case.Insensitive);
        told.Message.ShouldNotContain("another process");
        AppendLogReader.Scan(disk.Folder, static (in LogRecord _) => { }).Records.ShouldBe(1);
    }

    /// <summary>The k-th call on the disk fails, for every k until a pass ends before it: with the disk broken from then on,
    /// and with one that works again, where a retry would acknowledge what is not there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault_at_any_call_under_many_writers_loses_nothing_that_was_acknowledged(bool heals)
    {
        for (var failsAt = 1; ; failsAt++)
        {
            using var folder = new LogFolder();
            var disk = new FaultyDisk { FailsAt = failsAt, Heals = heals };
            var acknowledged = Enumerable.Repeat(Array.Empty<string>(), Writers).ToArray();
            LogClosedException? told = null;
            try
            {
                using var log = folder.Open(disk, segmentBytes: 300);
                (acknowledged, told) = await Write(log, Each, 30);
                if (told is not null) { log.Fault.ShouldNotBeNull(); }
            }
            catch (IOException fault) { fault.Message.ShouldContain($"call {failsAt} fails"); }
            using (var log = folder.Open(new FaultyDisk(), segmentBytes: 300)) { await log.WaitAsync(log.Append(1, "after"u8)); }
            AssertKept(folder.Path, acknowledged, $"call {failsAt} failed");
            if (disk.Calls < failsAt)
            {
                told.ShouldBeNull();
                acknowledged.ShouldAllBe(static a => a.Length == Each);
                return;
            }
        }
    }

    private static AppendLog Open(string folder) =>
        AppendLog.Open(folder, 0, static (in LogRecord _) => { }, new() { SegmentBytes = 512 << 10 });
}
