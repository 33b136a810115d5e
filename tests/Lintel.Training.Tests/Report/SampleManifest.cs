using Lintel.Pipeline.Versions;

namespace Lintel.Training.Tests.Report;

/// <summary>A version as training would leave it: the figures are made up, of a likely size, the same on every run.</summary>
internal static class SampleManifest
{
    public const string Design = """
        lintel: 1
        system: fraud
        goal: Block fraudulent card payments before they settle, without troubling honest customers.

        requirements:                                  # 1. problem and requirements: each is measured
          latency: { p99: 10ms }
          rate: 2000/s
          reviewers: { capacity: 100/day }
          costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }

        events:
          payment:
            source: payments/*.parquet
            id: transaction_id
            time: tx_time
            keys: { card: customer_id, terminal: terminal_id }
            fields: { amount: number }
          verdict:
            source: payments/*.parquet
            about: payment by transaction_id
            time: tx_time
            known: tx_time + 7d
            fields: { fraud: bool }

        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }

        features:
          amount: amount
          night: hour(time) <= 6
          card_payments_{1d,7d,30d}: count(payment) by card over {1d,7d,30d}
          terminal_risk_{1d,7d,30d}: mean(verdict.fraud) by terminal over {1d,7d,30d} ?? 0
          amount_vs_usual: amount / card_amount_30d

        outcomes: [allow, review, block]
        policy:
          - block if fraud >= threshold(precision 90%)
          - review if fraud >= threshold(top 80/day)
          - allow

        serve: { mode: online, on failure: allow, let through: 1% }
        """;

    public static DecisionForm Form { get; } = new(
        "payment",
        [new("card", "key", "596"), new("terminal", "key", "3156"), new("amount", "number", "57.16")], ["allow", "review", "block"]);

    public static VersionManifest Make() => new()
    {
        Version = 7,
        System = "fraud",
        Goal = "Block fraudulent card payments before they settle, without troubling honest customers.",
        Created = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Command = "lintel train fraud",
        LintelVersion = "0.1.0",
        DesignHash = new string('a', 24) + "91c4d3f0b7e28a5577f0e1c2d3b4a596e8f7",
        DataFingerprint = "5f0c" + new string('3', 20) + "e7a96b2d41c8f0935d7e6a1b2c3d4e5f60718293",
        Seed = 20180725,
        Split = new(
            "2018-05-01T00:00:00Z", "2018-07-02T00:00:00Z", "2018-07-09T00:00:00Z", "2018-07-24T00:00:00Z",
            "2018-07-31T00:00:00Z", "2018-08-25T00:00:00Z", "7 d", "by time"),
        Rows = new(594_120, 144_312, 239_870)
        {
            TrainPositives = 4_871,
            ValidatePositives = 1_263,
            TestPositives = 2_104,
            Unused = 325_476,
        },
        Metrics = Metrics(),
        Models = new()
        {
            ["known"] = new() { ["auc"] = 0.881, ["average-precision"] = 0.668, ["cost"] = 0.81 },
            ["simple"] = new() { ["auc"] = 0.868, ["average-precision"] = 0.594, ["cost"] = 0.97 },
            ["fraud"] = new() { ["auc"] = 0.884, ["average-precision"] = 0.684, ["cost"] = 0.78 },
        },
        Slices =
        [
            new("night", 41_220, 371, true, new() { ["auc"] = Slice(0.879, 0.861, 0.896), ["average-precision"] = Slice(0.671, 0.622, 0.716) }),
            new("card_payments_30d < 3", 5_480, 62, false, new() { ["auc"] = Slice(0.802, 0.741, 0.858), ["average-precision"] = Slice(0.455, 0.339, 0.571) }),
        ],
        Requirements =
        [
            new("latency p99 ≤ 10 ms at 2,000/s", "p99 4.1 ms", true, "lintel load fraud --rate 2000", Verdict.Holds, 4.1, "6"),
            new("rate ≥ 2,000/s", "6,310/s", true, "lintel load fraud", Verdict.Holds, 6310),
            new("reviewers: p95 of all review rules ≤ 100 a day", "p95 117 a day, mean 99.2", false, "lintel train fraud", Verdict.Broken, 117),
            new("freshness ≤ 1 s", "not measured yet", null, "lintel load fraud", Verdict.NotMeasured, null),
        ],
        Gates =
        [
            new("average-precision >= 0.60", "0.684", true, Verdict.Holds, 0.684, [0.652, 0.711]),
            new("slice auc >= 0.95 of all", "0.879 of 0.884", true, Verdict.Holds, 0.994, [0.975, 1.012], "night"),
            new("slice auc >= 0.95 of all", "0.802 of 0.884", null, Verdict.Undecided, 0.907, [0.84, 0.966], "card_payments_30d < 3"),
        ],
        Findings = Findings(),
        Thresholds =
        [
            new(0, "block if fraud >= threshold(precision 90%)", "precision 90%", "fraud", 0.412, 0.601, 0.9003, 0.887, 41, 58, 66),
            new(1, "review if fraud >= threshold(top 80/day)", "top 80/day", "fraud", -2.31, 0.0903, 80, 83.4, 82, 101, 119),
        ],
        Outcomes =
        [
            new("block", 0, "block if fraud >= threshold(precision 90%)", 1_044, 0.00435, 926, 0.887, 41.8),
            new("review", 1, "review if fraud >= threshold(top 80/day)", 2_085, 0.00869, 471, 0.226, 83.4),
            new("allow", 2, "allow", 236_741, 0.98696, 707, 0.003, 9_469.6),
        ],
        Ledger = [new("known", 0.1, 63_790, 4_871, 594_120, -2.302585, 11), new("simple", 1, 594_120, 4_871, 594_120, 0, 12)],
        Tuning =
        [
            new("known", "trees 300, depth 4", "average-precision", 0.671, true, 6.4),
            new("known", "trees 300, depth 6", "average-precision", 0.652, false, 9.1),
            new("known", "trees 100, depth 4", "average-precision", 0.664, false, 2.3),
        ],
        Features = Features(),
        Curves = Curves(),
        Kinds = new(
            1_610, 69.9, 370,
            [
                new("terminal", 917, 88, 206, true, new(0.626, [0.507, 0.763]), new(0.631, [0.516, 0.766], -0.005, [-0.029, 0.001]), Alone(0.019, 0.631)),
                new("first party", 12, 3, 9, false, new(0.444, null), new(0.444, null, 0, null), Alone(0.111, 0.444)),
                new("card <testing>", 0, 0, 169, true, new(0.598, [0.455, 0.724]), new(0.012, [0, 0.047], 0.586, [0.456, 0.703]), Alone(0.805, 0.012)),
            ],
            new("known kinds", 929, 91, 215, true, new(0.62, [0.5, 0.76]), new(0.62, [0.5, 0.76], 0, [-0.02, 0.02]), Alone(0.02, 0.63)),
            "Of 169 positives of 'card <testing>', which training never saw, the policy catches 59.8 %."),
        Seconds = new() { ["read"] = 1.31, ["replay"] = 0.94, ["fit known"] = 7.2, ["fit simple"] = 2.1, ["tune known"] = 17.8, ["evaluate"] = 6.6 },
        PeakMemoryBytes = 1_240_000_000,
        Files = new()
        {
            ["design.yaml"] = new string('7', 64),
            ["models/fraud.model"] = new string('c', 64),
            ["state/latest.state"] = new string('e', 64),
        },
        Skew = new(
            new(2026, 3, 14, 9, 41, 2, TimeSpan.Zero), "lintel verify 7", "2018-07-31T00:00:00Z", "2018-08-25T00:00:00Z",
            239_870, 0, 0, 0, 0, null, "sha256:41b2f7"),
        Refit = new("2018-05-01T00:00:00Z", "2018-08-25T00:00:00Z", 1_010_442, 0.0131, 0.0127, true),
    };

    private static SortedDictionary<string, MetricResult> Metrics() => new()
    {
        ["auc"] = new(0.884, 0.889, [0.873, 0.894], new() { ["random"] = 0.5, ["amount"] = 0.712 }),
        ["average-precision"] = new(0.684, 0.691, [0.652, 0.711], new() { ["random"] = 0.0088, ["amount"] = 0.214 }),
        ["card-precision@100"] = new(0.293, 0.301, [0.271, 0.314], new() { ["random"] = 0.021, ["amount"] = 0.118 }) { Unit = "share" },
        ["recall@1%"] = new(0.664, 0.672, [0.641, 0.687], new() { ["random"] = 0.01, ["amount"] = 0.187 }),
        ["log-loss"] = new(0.0211, 0.0207, [0.0203, 0.022], new() { ["prior"] = 0.0502 }) { HigherIsBetter = false, Unit = "nats" },
        ["cost"] = new(0.78, 0.76, [0.71, 0.86], new() { ["random"] = 2.61, ["amount"] = 1.94 }) { HigherIsBetter = false, Unit = "per decision" },
        ["calibration-ratio"] = new(1.021, 1.0, [0.968, 1.079], new() { ["prior"] = 1.04 }) { Unit = "" },
    };

    private static MetricResult Slice(double value, double low, double high) => new(value, null, [low, high], []);

    private static List<FindingResult> Findings() =>
    [
        new("LT0422", "warning", "design.yaml", 8, 3, "the policy fills the reviewers' whole capacity on an average day, so that busy days overflow",
            "mean 100 a day, p95 about 116 a day; capacity 100 a day", "Ask for at most 84 cases a day in all, or raise the capacity to 117.")
        {
            Step = 2,
            Question = "What happens to the review queue on a busy day?",
        },
        new("LT0435", "note", "design.yaml", 32, 3, "6 aggregates read labels; each sees only what was known before the decision, so none can leak",
            "'terminal_risk_1d' looks at decisions 8 d to 7 d old (median label delay 7 d)", "Nothing to mend.")
        {
            Step = 3,
            Question = "Your features use past labels: how do you know that none of them was still in the future?",
        },
        new("LT0441", "error", "design.yaml", 26, 1, "rows are parted at random, so that the model is fitted on decisions later than those that judge it",
            "99.8 % of 239,870 test decisions come before a training decision", "Split by time with a gap as long as the label's delay.")
        {
            Step = 4,
            Question = "Why would a figure from a random split hold on the day after deployment?",
            Because = "the published comparison splits so",
        },
        new("LT0455", "warning", "design.yaml", 30, 3, "nothing reads the feature 'weekend'", "0 readers; it keeps 0 windows for each key", "Take it out.")
        {
            Step = 5,
            Question = "Who uses this feature, and what does it cost to keep?",
        },
    ];

    private static List<FeatureSummary> Features() =>
    [
        new("terminal_risk_7d", "mean(verdict.fraud) by terminal over 7d ?? 0", 0, 0.0071, 0, 1, 0.842),
        new("amount", "amount", 0, 53.63, 0, 2628, 0.611),
        new("amount_vs_usual", "amount / card_amount_30d", 0.041, 1.02, 0, 11.4, 0.408),
        new("terminal_risk_30d", "mean(verdict.fraud) by terminal over 30d ?? 0", 0, 0.0068, 0, 0.91, 0.304),
        new("card_payments_7d", "count(payment) by card over 7d", 0, 13.9, 0, 41, 0.097),
        new("since_last", "since(payment) by card", 0.003, 39_411_000_000, 0, 5_100_000_000_000, 0.062),
        new("terminal_cards_1d", "distinct(payment.card) by terminal over 1d", 0.62, 0.99, 1, 7, 0.011),
        new("night", "hour(time) <= 6", 0, 0.172, 0, 1, 0.004),
    ];

    private static SortedDictionary<string, CurveResult> Curves()
    {
        var share = Enumerable.Range(0, 101).Select(static i => i / 100.0).ToArray();
        double[] predicted = [0.0009, 0.0014, 0.0021, 0.0033, 0.0051, 0.0089, 0.019, 0.064, 0.31, 0.92];
        double[] happened = [0.0011, 0.0013, 0.0024, 0.003, 0.0056, 0.0081, 0.021, 0.058, 0.33, 0.9];
        return new()
        {
            ["pr"] = new("recall", "precision", share, [.. share.Select(static r => Math.Max(0.0088, 0.97 - (0.35 * r) - (0.6 * Math.Pow(r, 6))))],
                "One point for each of the test decisions' distinct margins, thinned to 101."),
            ["roc"] = new("false positive rate", "true positive rate", share, [.. share.Select(static f => Math.Pow(f, 0.13))], "Thinned to 101 points."),
            ["gain"] = new("share of decisions", "recall", share, [.. share.Select(static f => Math.Min(1, Math.Pow(f, 0.11)))], "By falling margin."),
            ["calibration"] = new("predicted", "observed", predicted, happened, "Ten bins of equally many decisions; dots grow with their positives.")
            {
                Weights = [12, 14, 22, 31, 48, 80, 170, 420, 800, 300],
            },
        };
    }

    private static SortedDictionary<string, RecallResult> Alone(double novel, double fraud) => new(StringComparer.Ordinal)
    {
        ["fraud"] = new(fraud, null),
        ["novel"] = new(novel, null, fraud - novel),
    };
}
