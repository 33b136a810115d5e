using Lintel.Bench.Batch;
using Lintel.Bench.Clicks;
using Lintel.Bench.Durable;
using Lintel.Bench.Novelty;
using Lintel.Bench.Pages;
using Lintel.Bench.Posts;
using Lintel.Bench.Quotes;
using Lintel.Bench.Replay;
using Lintel.Bench.Retrieval;
using Lintel.Bench.Serve;
using Lintel.Bench.State;
using Lintel.Bench.Trees;
using Lintel.Bench.Words;
using Lintel.Bench.Worlds;

// each bench takes its arguments and returns the exit code; figures are ratios to a peer in the same run
var benches = new SortedDictionary<string, (string Summary, Func<string[], int> Run)>(StringComparer.Ordinal)
{
    ["adsregret"] = ("pages of the ads world beside the best possible ones, and the truth's own score", AdsRegretBench.Run),
    ["als"] = ("implicit matrix factorisation on the shared als data: seconds an iteration", AlsBench.Run),
    ["batch"] = ("pages made ahead for a shard of 100,000 users over 10,000 films: pages a second", BatchBench.Run),
    ["clickmodels"] = ("click models over the log of the search world: seconds, and nDCG by clicks beside the truth's", ClickModelBench.Run),
    ["ctr"] = ("learners of clicks on the shared ctr data: speed, log loss, AUC, beside Vowpal Wabbit's", CtrBench.Run),
    ["ctr10m"] = ("FTRL over ten million rows of 39 columns: seconds, memory", LongCtrBench.Run),
    ["ctrsampling"] = ("calibration on the shared ctr data after learning from 100 %, 10 % and 1 % of the negatives", CtrSamplingBench.Run),
    ["durable"] = ("durable acknowledged writes, 16 and 64 writers, beside Redis with appendfsync always", DurableBench.Run),
    ["etanight"] = ("the asks of the deliveries world's test days, promised at night and online: accuracy, rate, latency", NightBench.Run),
    ["etatruth"] = ("the deliveries world: how far the best possible estimate and range are off, and what cancelling hides", DeliveriesTruthBench.Run),
    ["etaversion"] = ("estimates and ranges of a trained version beside the truth of the deliveries world, cancelled orders included", DeliveriesVersionBench.Run),
    ["iforest"] = ("isolation forest, one row and batches, beside scikit-learn", IsolationForestBench.Run),
    ["ingest"] = ("events in batches to a running server: durable events a second", IngestBench.Run),
    ["offpolicy"] = ("off-policy intervals over many logs of the movies world: how often they hold the truth", OffPolicyBench.Run),
    ["pace"] = ("payments to a running server at a fixed rate: latency percentiles", PaceBench.Run),
    ["page"] = ("a policy of six steps over 500 candidates: microseconds a page", PageBench.Run),
    ["posts"] = ("learners of texts on the shared moderation data: F1, calibration, hidden words, speed, memory", PostsBench.Run),
    ["versionregret"] = ("pages of a trained version, and of its sources alone, by the truth of the movies world", VersionRegretBench.Run),
    ["rank"] = ("a whole page without its transport: 5 sources, 500 candidates, 40 features, 300 trees, by part", RankBench.Run),
    ["adsserve"] = ("pages of the ads system over HTTP, beside a server that learns on the stream and one that does not", AdsServeBench.Run),
    ["adsstream"] = ("the ads system learning on a stream of its own pages, clicked by the truth: by day, and what learning costs", AdsStreamBench.Run),
    ["adsscore"] = ("200 candidates of 30 ids, crosses and rates in a request, at a rate: FTRL, and DCN beside it", AdsScoreBench.Run),
    ["poststruth"] = ("the posts world: the best possible scores, what removing late costs, and how reviewers err by dialect", PostsTruthBench.Run),
    ["quote"] = ("a page of 300 stores quoted in one request: over HTTP, and by part", QuoteBench.Run),
    ["adsversion"] = ("probabilities and auctions of a trained version beside the truth of the ads world", AdsVersionBench.Run),
    ["rtbpace"] = ("a campaign's real bids, paced beside spent until nothing is left and the published control of cost per click", BidPacingBench.Run),
    ["regret"] = ("pages of the movies world beside the best possible ones, by slice", RegretBench.Run),
    ["replay"] = ("feature replay over the Handbook's payments, beside the same windows in DuckDB's SQL", ReplayBench.Run),
    ["scan"] = ("top 10 of 10,000 items for one user, by exact scan", ScanBench.Run),
    ["serve"] = ("the fraud system over HTTP, for bench/serve.sh", ServeBench.Run),
    ["state"] = ("the live state at size: memory, features read, snapshot, restart", StateBench.Run),
    ["towers"] = ("two-tower source on the shared recommendation data: seconds of a fit, hit rate", TowersBench.Run),
    ["worlds"] = ("how long it takes to make each world as it is by default", WorldsBench.Run),
    ["words"] = ("BM25 on the shared search collections: nDCG, MAP, recall, docs/s, bytes, latency; hybrid: beside vectors", WordsBench.Run),
    ["trees"] = ("tree inference, one row and batches, beside XGBoost's C API", TreesBench.Run),
};

if (args.Length > 0 && benches.TryGetValue(args[0], out var bench)) { return bench.Run(args[1..]); }
Console.Error.WriteLine("dotnet run -c Release --project bench/Lintel.Bench -- BENCH [ARGUMENTS]");
foreach (var (name, (summary, _)) in benches) { Console.Error.WriteLine($"  {name,-12} {summary}"); }
return 2;
