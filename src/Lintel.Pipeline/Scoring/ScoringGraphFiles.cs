using System.Collections.Immutable;
using System.Text.Json;
using Lintel.Models;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Scoring;

/// <summary>A scoring graph on disk: <c>graph.json</c> names the nodes, beside it one sealed file for each model, combiner and
/// calibrator, and the quantiles of each novelty model.</summary>
public static class ScoringGraphFiles
{
    private const string GraphFile = "graph.json";

    private sealed record NodeEntry(
        string Name, string Kind, string? Calibrator, IReadOnlyList<string> Features, IReadOnlyList<string> Of)
    {
        /// <summary>What it starts from; null: it learned the label itself.</summary>
        public BaseEntry? Base { get; init; }
    }

    private sealed record BaseEntry(string? Model, string? Feature, double Missing);

    /// <param name="featureNames">Every feature of the design, in the plan's order.</param>
    public static void Write(string folder, ScoringGraph graph, ImmutableArray<string> featureNames)
    {
        Directory.CreateDirectory(folder);
        var entries = new List<NodeEntry>();
        foreach (var node in graph.Nodes)
        {
            if (node.Model is { } model) { ModelStore.Write(ModelPath(folder, node.Name), node.Kind, model); }
            else { ModelStore.Write(ModelPath(folder, node.Name), node.Kind, node.Combiner!); }
            if (node.Calibrator is { } calibrator)
            {
                ModelStore.Write(CalibratorPath(folder, node.Name), node.CalibratorKind!, calibrator);
            }
            node.Reference?.Write(ReferencePath(folder, node.Name));
            entries.Add(new(
                node.Name, node.Kind, node.CalibratorKind,
                [.. node.Features.Select(f => featureNames[f])],
                [.. node.Inputs.Select(i => graph.Nodes[i].Name)])
            {
                Base = node.Base is not { } start ? null : new(
                    start.Node >= 0 ? graph.Nodes[start.Node].Name : null, start.Feature >= 0 ? featureNames[start.Feature] : null, start.Missing),
            });
        }
        AtomicFile.Write(
            Path.Combine(folder, GraphFile), JsonSerializer.SerializeToUtf8Bytes(entries, VersionManifest.Json));
    }

    /// <exception cref="InvalidDataException">A file is missing, altered, or reads features that the design does not have.</exception>
    public static ScoringGraph Read(string folder, ImmutableArray<string> featureNames)
    {
        var path = Path.Combine(folder, GraphFile);
        if (!File.Exists(path)) { throw new InvalidDataException($"{path}: not there; the version is incomplete, train again."); }
        var entries = JsonSerializer.Deserialize<NodeEntry[]>(File.ReadAllBytes(path), VersionManifest.Json)!;
        var nodes = ImmutableArray.CreateBuilder<ScoringNode>();
        foreach (var entry in entries)
        {
            var combines = entry.Of.Count > 0;
            nodes.Add(new(
                entry.Name,
                entry.Kind,
                combines ? null : ModelStore.ReadModel(ModelPath(folder, entry.Name), entry.Kind),
                combines ? ModelStore.ReadCombiner(ModelPath(folder, entry.Name), entry.Kind) : null,
                entry.Calibrator is null ? null : ModelStore.ReadCalibrator(CalibratorPath(folder, entry.Name), entry.Calibrator),
                entry.Calibrator,
                [.. entry.Features.Select(f => IndexOf(featureNames, f, path, entry.Name))],
                [.. entry.Of.Select(of => nodes.FindIndex(n => n.Name == of))])
            {
                Base = entry.Base is not { } start ? null : new(
                    start.Model is null ? -1 : nodes.FindIndex(n => n.Name == start.Model),
                    start.Feature is null ? -1 : IndexOf(featureNames, start.Feature, path, entry.Name), start.Missing),
                Reference = File.Exists(ReferencePath(folder, entry.Name)) ? NoveltyScale.Read(ReferencePath(folder, entry.Name)) : null,
            });
        }
        return new(nodes.ToImmutable());
    }

    private static int IndexOf(ImmutableArray<string> names, string feature, string path, string model)
    {
        var index = names.IndexOf(feature);
        return index >= 0 ? index : throw new InvalidDataException(
            $"{path}: model '{model}' was fitted on feature '{feature}', which the version's design does not have; train again.");
    }

    private static int FindIndex(this ImmutableArray<ScoringNode>.Builder nodes, Func<ScoringNode, bool> match)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (match(nodes[i])) { return i; }
        }
        throw new InvalidDataException("a model combines one that does not stand before it; train again.");
    }

    private static string ModelPath(string folder, string name) => Path.Combine(folder, name + ".model");

    private static string ReferencePath(string folder, string name) => Path.Combine(folder, name + ".reference.json");

    private static string CalibratorPath(string folder, string name) => Path.Combine(folder, name + ".calibrator");
}
