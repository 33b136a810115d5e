using Lintel.Pipeline.Batch;
using Lintel.Pipeline.Versions;

namespace Lintel.Bench.Batch;

/// <summary>Pages made ahead: 10,000 films, 100,000 users, of whom one shard is made; the rest follows from it.</summary>
internal static class BatchBench
{
    public static int Run(string[] arguments)
    {
        var shards = arguments.Length > 0 ? int.Parse(arguments[0]) : 20;
        var workspace = new Workspace(Directory.CreateTempSubdirectory("lintel-bench-batch-").FullName);
        try
        {
            var making = CpuClock.Start();
            SyntheticCinema.Write(workspace, SyntheticCinema.Text);
            Console.WriteLine($"a version over {SyntheticCinema.Films:N0} films and {SyntheticCinema.Users:N0} users: {making.Seconds:0.0} s of processor time");
            var cpu = CpuClock.Start();
            var result = BatchRun.Run(new()
            {
                Workspace = workspace,
                Kinds = KnownKinds.All,
                Version = 1,
                Shard = new(1, shards),
                Clock = TimeProvider.System,
            });
            var bytes = Directory.GetFiles(result.Folder, "*.parquet").Sum(static f => new FileInfo(f).Length);
            Console.WriteLine(
                $"{result.Made:N0} pages in {result.Seconds:0.0} s ({cpu.Seconds:0.0} s of processor time with reading the version): "
                + $"{result.PerSecond:N0} a second, {result.Seconds / result.Made * SyntheticCinema.Users:0} s for {SyntheticCinema.Users:N0}; "
                + $"{100 * result.ShortShare:0.0} % short, {bytes / result.Made:N0} bytes a page; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
            return 0;
        }
        finally { Directory.Delete(workspace.Folder, recursive: true); }
    }
}
