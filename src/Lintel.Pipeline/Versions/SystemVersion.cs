using System.Security.Cryptography;
using System.Text.Json;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Scoring;
using Lintel.Retrieval.Sources;

namespace Lintel.Pipeline.Versions;

/// <summary>Everything that one version decides with: immutable, replaced whole, safe for many threads. Evaluation, batch,
/// what-if and online serving call the same two steps: <see cref="Score(Span{double})"/>, then <see cref="Decide"/>.</summary>
public sealed class SystemVersion
{
    private readonly ThresholdRegisters _filled;
    private readonly int _scoreStart;
    private readonly int _finalNode;

    // the model by whose variance the policy explores; −1: it does not
    private readonly int _sampledNode;

    /// <param name="thresholds">Solved margins in the order of the plan's thresholds; +∞ turns a rule off.</param>
    public SystemVersion(
        int number, CompiledDesign compiled, ScoringGraph graph, IReadOnlyList<ThresholdMargins> thresholds,
        VersionManifest? manifest)
    {
        Number = number;
        Compiled = compiled;
        Graph = graph;
        Manifest = manifest;
        Thresholds = thresholds;
        _filled = new(compiled.Policy, compiled.Plan, thresholds);
        Estimate = EstimateAnswer.Of(compiled);
        _scoreStart = compiled.Plan.ScoreRegister(graph.Nodes[0].Name);
        _finalNode = graph.Nodes.Length - 1;
        _sampledNode = compiled.Page?.SampledModel is { } sampled ? graph.IndexOf(sampled) : -1;
    }

    /// <summary>Where a regression's answer stands; null: the version decides by outcomes, or ranks.</summary>
    public EstimateAnswer? Estimate { get; }

    /// <summary>The sources of a ranking's candidates; null: the decision is no ranking.</summary>
    public CandidateRetriever? Retriever { get; init; }

    /// <summary>The same version over another compilation of its design: a state brings the dictionaries that it was
    /// written with.</summary>
    public SystemVersion With(CompiledDesign compiled) =>
        ReferenceEquals(compiled, Compiled) ? this
            : new(Number, compiled, Graph, Thresholds, Manifest) { Retriever = Retriever };

    public int Number { get; }

    public CompiledDesign Compiled { get; }

    public SystemDesign Design => Compiled.Design;

    public ScoringGraph Graph { get; }

    /// <summary>Null while the version is being made.</summary>
    public VersionManifest? Manifest { get; }

    /// <summary>Solved margins in the order of the plan's thresholds.</summary>
    public IReadOnlyList<ThresholdMargins> Thresholds { get; }

    /// <summary>Fills the score and threshold registers from the feature registers.</summary>
    /// <param name="registers">Columns, aggregates and features are there; [register count].</param>
    public void Score(Span<double> registers)
    {
        var plan = Compiled.Plan;
        Graph.Score(
            registers.Slice(plan.FeatureStart, plan.FeatureCount),
            registers.Slice(_scoreStart, 2 * Graph.Nodes.Length));
        FillThresholds(registers);
    }

    /// <summary>Fills the scores and thresholds of many rows, to the same bits as one by one.</summary>
    /// <param name="registers">[count, register count].</param>
    public void Score(Span<double> registers, int count)
    {
        var plan = Compiled.Plan;
        Graph.ScoreRegisters(registers, plan.RegisterCount, plan.FeatureStart, _scoreStart);
        if (plan.Thresholds.IsEmpty) { return; }
        for (var row = 0; row < count; row++) { FillThresholds(registers.Slice(row * plan.RegisterCount, plan.RegisterCount)); }
    }

    /// <summary>Writes the solved thresholds into their registers, each for the decision's own segment.</summary>
    public void FillThresholds(Span<double> registers) => _filled.Fill(registers);

    /// <summary>Runs the policy over complete registers; of a regression it fills in the promise.</summary>
    public Decision Decide(Span<double> registers)
    {
        var score = _scoreStart + (2 * _finalNode);
        if (Compiled.Policy.Promise is { } promise)
        {
            var promised = registers[Compiled.Plan.PromiseRegister] = promise.Run(registers);
            return new(-1, -1, registers[score], promised);
        }
        var rule = Compiled.Policy.Decide(registers);
        return new(rule, Compiled.Policy.OutcomeOf(rule), registers[score], registers[score + 1]);
    }

    /// <summary>Scores a request's candidates and runs the policy's steps over them.</summary>
    /// <param name="request">Its candidates' registers are read, lists are filled.</param>
    /// <param name="draw">Random bits of the request, equal when it is decided again.</param>
    public void Rank(PageRequest request, ulong draw)
    {
        var page = request.Page;
        for (var c = 0; c < page.CandidateCount; c++)
        {
            var registers = page.Registers(c);
            Score(registers);
            page.Scores[c] = FinalScore(registers);
            if (_sampledNode >= 0)
            {
                page.Variances[c] = Graph.Variance(
                    _sampledNode, registers.Slice(Compiled.Plan.FeatureStart, Compiled.Plan.FeatureCount));
            }
        }
        page.Draw = draw;
        Compiled.Page!.Run(page);
    }

    /// <summary>The final model's margin in complete registers.</summary>
    public double FinalScore(ReadOnlySpan<double> registers) => registers[_scoreStart + (2 * _finalNode)];

    /// <summary>Reads a version's folder; every file's checksum is compared with the manifest first.</summary>
    /// <exception cref="InvalidDataException">A file is missing, cut short, altered, or made by a newer program.</exception>
    public static SystemVersion Load(string folder, KindRegistry kinds, string part = VersionFiles.Served)
    {
        var manifest = ReadManifest(folder);
        CheckFiles(folder, manifest);
        var design = DesignFile.Load(Path.Combine(folder, VersionFiles.Design), kinds);
        var compiled = VersionParts.Compile(folder, design);
        var partFolder = Path.Combine(folder, part);
        return new(
            manifest.Version, compiled, ScoringGraphFiles.Read(partFolder, compiled.Plan.FeatureNames),
            ThresholdsFile.Read(partFolder), manifest)
        {
            Retriever = VersionParts.ReadSources(partFolder, design),
        };
    }

    public static VersionManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, VersionFiles.Manifest);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: not there; run lintel train, or name another version.");
        }
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("format", out var format)
                && format.GetInt32() > VersionManifest.CurrentFormat)
            {
                throw new InvalidDataException(
                    $"{path}: format {format.GetInt32()}, this program reads up to {VersionManifest.CurrentFormat}; use a newer Lintel.");
            }
            return JsonSerializer.Deserialize<VersionManifest>(bytes, VersionManifest.Json)!;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: not a manifest ({fault.Message}); restore it or train again.", fault);
        }
    }

    private static void CheckFiles(string folder, VersionManifest manifest)
    {
        foreach (var (name, hash) in manifest.Files)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) { throw new InvalidDataException($"{path}: not there; restore it or train again."); }
            var got = HashOf(path);
            if (got != hash)
            {
                throw new InvalidDataException(
                    $"{path}: altered or cut short: SHA-256 {got[..12]}…, the manifest says {hash[..12]}…; restore it or train again.");
            }
        }
    }

    internal static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

/// <summary>What the policy said of one decision.</summary>
/// <param name="Rule">Index of the rule that matched; −1: the design has none, its answer is its score.</param>
/// <param name="Outcome">Index into the design's outcomes; −1 likewise.</param>
/// <param name="Margin">Of the final model.</param> <param name="Probability">Calibrated; of a regression what is promised.</param>
public readonly record struct Decision(int Rule, int Outcome, double Margin, double Probability);
