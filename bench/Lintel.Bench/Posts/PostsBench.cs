using Lintel.Models.Texts;

namespace Lintel.Bench.Posts;

/// <summary>Learners of texts on the shared moderation data.</summary>
internal static class PostsBench
{
    private static readonly Dictionary<string, Action<string>> Parts = new()
    {
        ["tweets"] = TweetsBench.Run,
        ["davidson"] = static folder => DavidsonBench.Run(folder, new()),
        ["settings"] = Settings,
        ["rows"] = RowFormsBench.Run,
        ["near"] = NearBench.Run,
        ["cascade"] = CascadeBench.Run,
    };

    /// <param name="arguments">Parts, or none for all.</param> <returns>0, 2 on wrong use or without the data.</returns>
    public static int Run(string[] arguments)
    {
        if (Array.Find(arguments, static a => !Parts.ContainsKey(a)) is { } unknown)
        {
            Console.Error.WriteLine($"posts has no part '{unknown}'; there are: {string.Join(", ", Parts.Keys)}");
            return 2;
        }
        if (SharedFiles.Find("data/moderation") is not { } folder)
        {
            Console.Error.WriteLine("shared/data/moderation is not beside a folder above this program");
            return 2;
        }
        foreach (var part in arguments.Length > 0 ? arguments : [.. Parts.Keys]) { Parts[part](folder); }
        return 0;
    }

    /// <summary>What each setting is worth, by out-of-fold scores of the train parts: how the defaults were chosen.</summary>
    private static void Settings(string folder)
    {
        foreach (var name in (string[])["offensive_olid", "hate", "irony"])
        {
            var train = PostSet.Tweets(Path.Combine(folder, $"tweeteval_{name}"), "train");
            foreach (var (what, settings) in new (string, TextParameters)[]
            {
                ("defaults", new()), ("penalty 1", new() { Penalty = 1 }), ("penalty 0.06", new() { Penalty = 0.06 }), ("no ratios", new() { Ratio = 0 }),
                ("half ratios", new() { Ratio = 0.5 }), ("words alone", new() { CharactersTo = 0 }), ("characters alone", new() { Words = 0 }),
                ("characters 2..5", new() { CharactersFrom = 2 }), ("words 1..3", new() { Words = 3 }), ("18 bits", new() { Bits = 18 }),
                ("22 bits", new() { Bits = 22 }), ("class weight 2", new() { ClassWeight = 2 }), ("smoothing 0.3", new() { Smoothing = 0.3 }),
            })
            {
                var margins = PostFits.OutOfFold(train, 1, settings);
                var figures = ClassFigures.Judge(margins, null, train.Labels(1), ["auc"], static _ => []);
                Console.WriteLine($"{name}: {what,-18} out-of-fold AUC {ClassFigures.Show(figures["auc"])}, "
                    + $"macro-F1 {Thresholds.BestMacroF1(margins, train.Labels(1)).MacroF1:F4}");
            }
        }
    }
}
