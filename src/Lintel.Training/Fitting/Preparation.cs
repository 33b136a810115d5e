using Lintel.Decisions;
using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Sources;
using Lintel.Pipeline;
using Lintel.Pipeline.Versions;
using Lintel.Training.Ranking;
using Lintel.Training.Review;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>A design with its data: read, compiled, labelled and split, before any feature is computed. Review, training, evaluation
/// and the skew check all start here.</summary>
public sealed class Preparation
{
    private readonly Lazy<double[]?> _weights;

    private Preparation(
        CompiledDesign compiled, EventHistory history, LabelColumn labels, PairLabels? pairs, SplitPlan split, long[] known)
    {
        Compiled = compiled;
        History = history;
        Labels = labels;
        Pairs = pairs;
        Split = split;
        Known = known;
        _weights = new(() => (Workspace is { } workspace ? LabelWeights.OfLog(this, workspace) : null) ?? Censored?.Weights);
    }

    public CompiledDesign Compiled { get; }

    public SystemDesign Design => Compiled.Design;

    public EventHistory History { get; }

    /// <summary>Whose log is among the history; null: files only.</summary>
    internal Workspace? Workspace { get; private init; }

    /// <summary>Seed of what is let through.</summary>
    internal ulong Seed { get; private init; }

    /// <summary>Inverse propensities by row of the decided event's table, where refused decisions have no label but those that were
    /// let through, or what ends a decision ends the long ones; null: all 1. Metrics and calibrators weight by them.</summary>
    internal double[]? Weights => _weights.Value;

    /// <summary>Decisions that were ended without a label; null: the design names nothing that does. Fits weight by it, too.</summary>
    internal Censoring? Censored { get; private init; }

    /// <summary>By row of the decided event's table. Of a ranking: whether anything was relevant.</summary>
    public LabelColumn Labels { get; }

    /// <summary>A ranking's labels, by request and item; null: the decision is no ranking.</summary>
    internal PairLabels? Pairs { get; }

    public SplitPlan Split { get; }

    /// <summary>When each decision was made, microseconds.</summary>
    public long[] Known { get; }

    /// <summary>The instant from which on the skew certificate compares serving with replay: the start of the test period; of a ranking
    /// so late that at most <see cref="MostVerifiedPages"/> requests follow.</summary>
    public long VerifiedFrom => _verifiedFrom ??= FindVerifiedFrom();

    private long? _verifiedFrom;

    private long FindVerifiedFrom()
    {
        var start = Split.Periods[SplitPart.Test].From;
        if (Pairs is null) { return start; }
        var end = Split.Periods[SplitPart.Test].To;
        long[] late = [.. Known.Where(k => k < end).Order()];
        return Math.Max(start, late[Math.Max(0, late.Length - MostVerifiedPages)]);
    }

    /// <summary>A page takes as long as a thousand scores.</summary>
    private const int MostVerifiedPages = 2_000;

    public EventTable Decided => History.Tables[Design.Decision.Each.Number];

    /// <summary>Reads the sources and what the log accepted, and splits what they hold.</summary>
    public static Preparation Read(SystemDesign design, TrainingRequest request)
    {
        var dictionaries = new CodeDictionaries();
        var history = ReadHistory(design, dictionaries, request);
        return Of(
            CompiledDesign.Compile(design, dictionaries, history.Catalogues), history, request.Workspace, request.Seed);
    }

    /// <summary>The same for a version that is there: what it knows keeps its codes.</summary>
    public static Preparation Read(CompiledDesign compiled, TrainingRequest request) =>
        Of(
            compiled, ReadHistory(compiled.Design, compiled.Dictionaries, request with { DataFolder = DataFolder(request) }),
            request.Workspace, request.Seed);

    private static EventHistory ReadHistory(SystemDesign design, CodeDictionaries dictionaries, TrainingRequest request)
    {
        request.Progress.Stage("read events");
        return HistoryReader.Read(
            design, request.DataFolder ?? design.Folder, dictionaries, new HistoryOptions
            {
                Threads = request.Threads,
                Log = new(request.Workspace.LogFolder, request.LogTo),
            });
    }

    /// <summary>Sources stand beside the design file that was trained, not beside the version's copy of it.</summary>
    private static string? DataFolder(TrainingRequest request) =>
        request.DataFolder ?? Path.GetDirectoryName(Path.GetFullPath(request.DesignPath));

    /// <summary>Reads what a version was made of.</summary>
    /// <exception cref="InvalidDataException">The sources hold other data now.</exception>
    public static Preparation OfVersion(VersionManifest manifest, TrainingRequest request)
    {
        var copy = Path.Combine(request.Workspace.VersionFolder(manifest.Version), VersionFiles.Design);
        var prepared = Read(
            DesignFile.Load(copy, request.Kinds),
            request with
            {
                DataFolder = DataFolder(request),
                LogTo = manifest.LogTo,
                Seed = manifest.Seed,
            });
        return prepared.History.Fingerprint == manifest.DataFingerprint ? prepared : throw new InvalidDataException(
            $"version {manifest.Version} was made from other data (fingerprint {manifest.DataFingerprint[..12]}…, these sources"
            + $"{(manifest.LogTo > 0 ? $" with the log to place {manifest.LogTo}" : "")} have {prepared.History.Fingerprint[..12]}…); "
            + "bring its data back with --data, or train a new version.");
    }

    /// <summary>Labels and splits a history that is already there.</summary>
    /// <param name="workspace">Whose log it was read with; null: files only.</param>
    /// <param name="seed">Of what is let through.</param>
    public static Preparation Of(
        CompiledDesign compiled, EventHistory history, Workspace? workspace = null, ulong seed = 1)
    {
        var design = compiled.Design;
        var decided = history.Tables[design.Decision.Each.Number];
        var known = Array.ConvertAll(decided.Columns[1], static k => (long)k);
        var horizon = history.Order.Length == 0 ? 0 : history.Order[^1].Known;
        var pairs = design.Decision.Ranking is null ? null : PairLabels.Read(history);
        var labels = pairs?.Column(known, horizon) ?? LabelReader.Read(history, horizon);
        var rows = new SplitRows
        {
            Known = known,
            LabelKnown = labels.Known,
            Zone = design.TimeZone,
            Keys = DecidedKeys(design, decided),
        };
        var split = pairs is not null && design.Split is SplitDesign.ByKey key && known.Length > 0
            ? SplitPlan.OfRecords(key, rows) : SplitPlan.Make(design.Split, rows);
        return new(compiled, history, labels, pairs, split, known)
        {
            Workspace = workspace,
            Seed = seed,
            Censored = Censoring.Of(history, labels, split, known, horizon),
        };
    }

    /// <summary>What a policy that aggregates its own decisions needs of some rows besides their registers; null: it aggregates
    /// none.</summary>
    internal DecisionFeedback? Feedback(int[] rows) => !Compiled.Plan.ReadsDecisions ? null : new()
    {
        Known = [.. rows.Select(row => Known[row])],
        Id = place => Decided.Ids[rows[place]],
        LetThrough = new(Design.Serve.LetThrough, Seed, Design.OutcomeDesigns),
    };

    /// <summary>The decided event's keys by entity, each [rows].</summary>
    public Dictionary<string, int[]> Keys() => DecidedKeys(Design, Decided);

    /// <summary>Decisions that choose thresholds, are judged, or come while others are: their registers are needed again.</summary>
    public bool ChoosesOrJudges(int row) =>
        Known[row] >= Split.Periods[SplitPart.Test].From
        || Split.Parts[row] == (Split.HasValidate ? SplitPart.Validate : SplitPart.Train);

    /// <summary>What the review may look at before and after features are there.</summary>
    public ReviewEvidence Evidence(FeatureEvidence? features = null, IReadOnlyList<SliceEvidence>? slices = null) => new()
    {
        History = History,
        Labels = Array.ConvertAll(Labels.Values, static l => (double)l),
        Parts = Split.Parts,
        Features = features,
        Slices = slices ?? [],
    };

    private static Dictionary<string, int[]> DecidedKeys(SystemDesign design, EventTable decided)
    {
        var keys = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var columns = design.Decision.Each.Columns;
        for (var c = 0; c < decided.Columns.Length; c++)
        {
            if (columns[c].Kind == ColumnKind.Key)
            {
                // a missing key is a cluster of its own
                keys[columns[c].Name] = Array.ConvertAll(decided.Columns[c], static k => double.IsNaN(k) ? -1 : (int)k);
            }
        }
        return keys;
    }
}
