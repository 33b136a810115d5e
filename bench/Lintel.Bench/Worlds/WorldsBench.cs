using System.Diagnostics;
using Lintel.Worlds;

namespace Lintel.Bench.Worlds;

/// <summary>How long it takes to make each world as it is by default: wall clock and processor. Arguments: systems (all).</summary>
internal static class WorldsBench
{
    public static int Run(string[] arguments)
    {
        foreach (var world in WorldCatalogue.All)
        {
            if (arguments.Length > 0 && !arguments.Contains(world.System)) { continue; }
            var folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;
            try
            {
                var (started, processor) = (Stopwatch.GetTimestamp(), CpuClock.Start());
                var made = world.Make(new(folder, 1));
                Console.WriteLine(
                    $"{world.System}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, processor "
                    + $"{processor.Seconds:0.0} s: {made.Summary}");
            }
            finally { Directory.Delete(folder, recursive: true); }
        }
        return 0;
    }
}
