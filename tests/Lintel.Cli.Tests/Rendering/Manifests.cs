using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Tests.Rendering;

/// <summary>A manifest by hand, with every shape that a view must bear.</summary>
internal static class Manifests
{
    public static VersionManifest Fraud() => new()
    {
        Version = 3,
        System = "fraud",
        Goal = "Block fraudulent card payments before they settle, without troubling honest customers.",
        Created = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero),
        Command = "lintel train fraud",
        LintelVersion = "0.1.0",
        DesignHash = "d0",
        DataFingerprint = "f1",
        Seed = 1,
        Split = new("2025-01-01T00:00:00Z", "2025-03-18T00:00:00Z", "2025-03-25T00:00:00Z", "2025-04-12T00:00:00Z", "2025-04-19T00:00:00Z", "2025-05-21T00:00:00Z", "7d", "time"),
        Rows = new(220_512, 53_008, 93_377) { TrainPositives = 1_932, ValidatePositives = 488, TestPositives = 921, Unused = 41_249 },
        Metrics = new()
        {
            ["average-precision"] = new(0.7123, 0.6871, [0.668, 0.751], new() { ["amount"] = 0.231, ["random"] = 0.0099 }) { Unit = "share" },
            ["auc"] = new(0.9021, 0.8955, [0.88, 0.921], new() { ["amount"] = 0.741, ["random"] = 0.5 }) { Unit = "share" },
            ["card-precision@30"] = new(0.4412, 0.4187, [0.402, 0.479], new() { ["amount"] = 0.12, ["random"] = 0.0101 }),
            ["recall@1%"] = new(0.6917, 0.66, [0.65, 0.73], new() { ["amount"] = 0.241, ["random"] = 0.0098 }),
            ["cost"] = new(0.4123, 0.4402, [0.371, 0.456], new() { ["amount"] = 0.391, ["random"] = 1.204 }) { HigherIsBetter = false, Unit = "per decision" },
            ["log-loss"] = new(null, 0.0312, null, []) { HigherIsBetter = false },
        },
        Models = new()
        {
            ["simple"] = new() { ["average-precision"] = 0.5312, ["auc"] = 0.871 },
            ["trees"] = new() { ["average-precision"] = 0.7011, ["auc"] = 0.899 },
            ["fraud"] = new() { ["average-precision"] = 0.7123, ["auc"] = 0.9021 },
        },
        Slices =
        [
            new("night", 24_118, 240, true, new() { ["auc"] = new(0.897, null, [0.86, 0.93], []), ["average-precision"] = new(0.69, null, null, []) }),
            new("card_payments_30d < 3", 1_022, 9, false, new() { ["auc"] = new(0.84, null, null, []) }),
        ],
        Requirements =
        [
            new("latency p99 ≤ 10ms", "0.84 ms", true, "lintel verify 3", Verdict.Holds, 0.00084, "fraud/design.yaml:10"),
            new("rate ≥ 2000/s", "not measured", null, "lintel verify 3", Verdict.NotMeasured, null),
            new("reviewers ≤ 30/day", "p95 34 a day", false, "lintel train fraud", Verdict.Broken, 34),
            new("freshness ≤ 1s", "0.9 to 1.2 s", null, "lintel verify 3", Verdict.Undecided, 1.0),
        ],
        Gates =
        [
            new("average-precision >= 0.60", "0.712 [0.668, 0.751]", true, Verdict.Holds, 0.7123, [0.668, 0.751]),
            new("slice auc >= 0.95 of all", "0.994 of all", null, Verdict.Undecided, 0.994, [0.94, 1.02], "night"),
        ],
        Findings =
        [
            new("LT0471", "warning", "systems/fraud/design.yaml", 65, 5, "the threshold of 'review if fraud >= threshold(top 25/day)' leaves 5 of 30 cases unused", "p95 of 34 a day against a capacity of 30", "lower top to 22/day, or raise the capacity") { Rule = "reviewers' load", Step = 7, Question = "What happens on the worst day of the month?" },
            new("LT0421", "error", "systems/fraud/design.yaml", 37, 1, "rows are split at random [by choice]", "the test part holds payments 0 days after train", "split by time") { Rule = "random split", Step = 2, Question = "Would you know the future in production?", Because = "a published protocol" },
            new("LT0431", "error", "systems/fraud/design.yaml", 31, 3, "labels are used before they are known", "38.2 % of verdicts later than 7d", "known: tx_time + 14d") { Step = 3, Question = "When do you know that a payment was fraud?" },
        ],
        Thresholds =
        [
            new(0, "block if fraud >= threshold(precision 90%)", "precision 90%", "fraud", 1.82, 0.861, 0.9, 0.893, 11, 17, 24),
            new(1, "review if fraud >= threshold(top 25/day)", "top 25/day", "fraud", -2.1, 0.109, 25, 25.4, 25, 34, 41),
            new(3, "review if novel >= threshold(precision 99%)", "precision 99%", "novel", null, null, null, null, null, null, null),
        ],
        Outcomes =
        [
            new("block", 0, "block if fraud >= threshold(precision 90%)", 352, 0.00377, 314, 0.892, 11.4),
            new("review", 1, "review if fraud >= threshold(top 25/day)", 787, 0.00843, 301, 0.382, 25.4),
            new("allow", 2, "allow", 92_238, 0.9878, 306, 0.0033, 2_975.4),
        ],
        Ledger = [new("trees", 0.1, 23_790, 1_932, 220_512, -2.3026, 1), new("simple", 1, 220_512, 1_932, 220_512, 0, 1)],
        Tuning = [],
        Features = [],
        Curves = [],
        Kinds = new(
            1_610, 69.9, 370,
            [
                new("terminal", 917, 88, 206, true, new(0.626, [0.507, 0.763]), new(0.631, [0.516, 0.766], -0.005, [-0.029, 0.001]), Alone(0.019, 0.631)),
                new("first party", 12, 3, 9, false, new(0.444, null), new(0.444, null, 0, null), Alone(0.111, 0.444)),
                new("card <testing>", 0, 0, 169, true, new(0.598, [0.455, 0.724]), new(0.012, [0, 0.047], 0.586, [0.456, 0.703]), Alone(0.805, 0.012)),
            ],
            new("known kinds", 929, 91, 215, true, new(0.62, [0.5, 0.76]), new(0.62, [0.5, 0.76], 0, [-0.02, 0.02]), Alone(0.02, 0.63)),
            "Of 169 positives of 'card <testing>', which training never saw, the policy catches 59.8 %."),
        Seconds = new() { ["replay"] = 0.41, ["fit"] = 6.2 },
        PeakMemoryBytes = 912L << 20,
        Files = [],
        Refit = new("2025-01-01", "2025-05-20T00:00:00Z", 367_120, 0.0131, 0.0127, true),
        Skew = new(new DateTimeOffset(2025, 6, 1, 12, 5, 0, TimeSpan.Zero), "lintel verify 3", "2025-04-19", "2025-05-21", 93_377, 0, 0, 0, 0, null, "ab"),
    };

    private static SortedDictionary<string, RecallResult> Alone(double novel, double fraud) => new(StringComparer.Ordinal)
    {
        ["fraud"] = new(fraud, null),
        ["novel"] = new(novel, null, fraud - novel),
    };
}
