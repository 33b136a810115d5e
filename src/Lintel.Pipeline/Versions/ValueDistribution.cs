using System.Text.Json;
using System.Text.Json.Serialization;
using Lintel.Numerics;

namespace Lintel.Pipeline.Versions;

/// <summary>How the values that a version was judged on are distributed: what live ones are compared with. One file of the version.</summary>
/// <param name="Rows">Decisions of the test part, labelled or not.</param>
/// <param name="From">First day of them, ISO 8601.</param> <param name="To">Last day.</param>
public sealed record JudgedDistributions(int Rows, string From, string To, IReadOnlyList<ValueDistribution> Features, IReadOnlyList<ValueDistribution> Scores)
{
    public const string FileName = "distributions.json";

    /// <summary>Writes it into a draft's folder.</summary>
    public void Write(string folder) =>
        AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, VersionManifest.Json));

    /// <returns>Null: the version was made by a release that did not write it, or is a ranking.</returns>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static JudgedDistributions? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) { return null; }
        try
        {
            return JsonSerializer.Deserialize<JudgedDistributions>(File.ReadAllBytes(path), VersionManifest.Json)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: cannot be read ({fault.Message}); restore it from a backup, or train again.", fault);
        }
    }
}

/// <summary>One value's distribution in bins.</summary>
/// <param name="Name">Of a feature, or of the model whose score it is.</param>
/// <param name="Cuts">Of a number: deciles, rising; empty where it was always missing.</param>
/// <param name="Ids">Of an id: its most common values, the most common first; null: a number.</param>
/// <param name="Counts">[bins]: of a number as <see cref="StabilityIndex.Bin"/>; of an id one for each of <paramref name="Ids"/>, one for all
/// others, and the last for missing.</param>
public sealed record ValueDistribution(string Name, double[] Cuts, double[]? Ids, long[] Counts)
{
    /// <summary>Most values of an id that have a bin of their own.</summary>
    public const int MostIds = 20;

    /// <summary>What the ids stand for, where they are codes of texts; null: hashes, or a number.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    [JsonIgnore]
    public long Rows => Counts.Sum();

    /// <param name="values">[n]; missing is NaN.</param>
    public static ValueDistribution OfNumbers(string name, ReadOnlySpan<double> values)
    {
        var present = new List<double>(values.Length);
        foreach (var value in values) { if (!double.IsNaN(value)) { present.Add(value); } }
        present.Sort();
        var cuts = StabilityIndex.Cuts(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(present));
        return new ValueDistribution(name, cuts, null, new long[StabilityIndex.BinCount(cuts.Length)]).Counted(values);
    }

    /// <param name="values">[n] ids; missing is NaN.</param> <param name="text">What an id stands for; null: nothing is known of it.</param>
    public static ValueDistribution OfIds(string name, ReadOnlySpan<double> values, Func<int, string>? text)
    {
        var counts = new Dictionary<double, long>();
        foreach (var value in values) { if (!double.IsNaN(value)) { counts[value] = counts.GetValueOrDefault(value) + 1; } }
        double[] ids = [.. counts.OrderByDescending(static c => c.Value).ThenBy(static c => c.Key).Take(MostIds).Select(static c => c.Key)];
        return new ValueDistribution(name, [], ids, new long[ids.Length + 2]) { Texts = text is null ? null : [.. ids.Select(id => text((int)id))] }.Counted(values);
    }

    /// <summary>The bin of a live value; the last one is for missing.</summary>
    public int Bin(double value)
    {
        if (Ids is null) { return StabilityIndex.Bin(Cuts, value); }
        if (double.IsNaN(value)) { return Ids.Length + 1; }
        var place = Array.IndexOf(Ids, value);
        return place < 0 ? Ids.Length : place;
    }

    private ValueDistribution Counted(ReadOnlySpan<double> values)
    {
        foreach (var value in values) { Counts[Bin(value)]++; }
        return this;
    }
}
