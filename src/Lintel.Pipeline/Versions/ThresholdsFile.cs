using System.Collections.Immutable;
using System.Text.Json;
using Lintel.Decisions;

namespace Lintel.Pipeline.Versions;

/// <summary>Solved thresholds on disk, in the plan's order: a margin, null where the rule is off, or where segments have margins of
/// their own <c>{ "all": margin, "segments": { VALUE: margin } }</c>.</summary>
public static class ThresholdsFile
{
    private const string Name = "thresholds.json";

    /// <param name="folder">A part of a version: what is served, or what was judged.</param>
    public static void Write(string folder, IReadOnlyList<ThresholdMargins> thresholds) =>
        AtomicFile.Write(
            Path.Combine(folder, Name),
            JsonSerializer.SerializeToUtf8Bytes(thresholds.Select(Form).ToArray(), VersionManifest.Json));

    /// <exception cref="InvalidDataException">The file is not of this form.</exception>
    public static IReadOnlyList<ThresholdMargins> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path}: no solved thresholds ({fault.Message}); train again.", fault);
        }
    }

    private static object? Form(ThresholdMargins threshold) => threshold.BySegment.IsEmpty
        ? Margin(threshold.All)
        : new { all = Margin(threshold.All), segments = threshold.BySegment };

    private static double? Margin(double margin) => double.IsFinite(margin) ? margin : null;

    private static ThresholdMargins Read(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? new(MarginOf(element.GetProperty("all")), element.GetProperty("segments").EnumerateObject()
            .ToImmutableSortedDictionary(static s => s.Name, static s => s.Value.GetDouble(), StringComparer.Ordinal))
        : new(MarginOf(element));

    private static double MarginOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? ThresholdSolver.Off : element.GetDouble();
}
