using Lintel.Bench.Trees;

// Each benchmark puts our figure beside its peer's, measured in the same run by turns, and prints the ratio: absolute figures
// move with the machine, ratios hold.
var benches = new Dictionary<string, Func<int>>
{
    ["trees"] = TreesBench.Run,
};
if (args is [var name] && benches.TryGetValue(name, out var run)) { return run(); }
Console.Error.WriteLine($"usage: dotnet run -c Release --project bench/Lintel.Bench -- {string.Join(" | ", benches.Keys)}");
return 2;
