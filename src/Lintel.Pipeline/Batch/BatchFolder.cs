using System.Globalization;
using System.Text.Json;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>One batch on disk, <c>vNNN-INSTANT</c>, of a file's asks <c>vNNN-INSTANT-HASH</c>: what it is in <c>batch.json</c>, and its parts, each in Parquet under its
/// final name once it is whole.</summary>
public sealed class BatchFolder
{
    private const string DescriptionFile = "batch.json";

    private BatchFolder(string path, BatchDescription description) => (FullName, Description) = (path, description);

    public string FullName { get; }

    public BatchDescription Description { get; }

    /// <summary>Whether every part is there.</summary>
    public bool IsComplete => MissingParts(BatchShard.Whole).Count == 0;

    /// <summary>Batches of a version, the one of the latest instant first.</summary>
    /// <param name="root">Holds a folder each batch.</param>
    /// <exception cref="InvalidDataException">What a folder says of itself cannot be read.</exception>
    public static IReadOnlyList<BatchFolder> Of(string root, int version) => !Directory.Exists(root)
        ? []
        : [.. Directory.GetDirectories(root, $"v{version:D3}-*")
            .Where(static f => File.Exists(Path.Combine(f, DescriptionFile)))
            .Select(Read)
            .Where(b => b.Description.Version == version)
            .OrderByDescending(static b => b.Description.Instant)];

    /// <summary>Begins a batch; one that has begun under its name goes on.</summary>
    /// <exception cref="InvalidDataException">What stands there is another one.</exception>
    public static BatchFolder Begin(string root, BatchDescription description)
    {
        var path = Path.Combine(root, NameOf(description));
        Directory.CreateDirectory(path);
        var file = Path.Combine(path, DescriptionFile);
        if (!File.Exists(file))
        {
            AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(description, VersionManifest.Json));
            return new(path, description);
        }
        var there = Read(path);
        return there.Description with { Began = description.Began } == description
            ? there
            : throw new InvalidDataException(
                $"{file}: is another batch of that instant: {there.Description}; got {description}. Delete the folder, or name another "
                + "with --out.");
    }

    /// <summary>Where a part stands once it is whole.</summary>
    public string PartPath(int part) => Path.Combine(FullName, string.Create(CultureInfo.InvariantCulture, $"part-{part:D5}.parquet"));

    /// <summary>Parts of a shard that are not there.</summary>
    public IReadOnlyList<int> MissingParts(BatchShard shard) =>
        [.. Enumerable.Range(0, Description.Parts).Where(p => shard.Has(p) && !File.Exists(PartPath(p)))];

    /// <summary>Keeps other processes from making the same shard for as long as the lock is held; the end of the process gives it
    /// back.</summary>
    /// <exception cref="IOException">Another process makes it.</exception>
    internal FileStream Lock(BatchShard shard)
    {
        var path = Path.Combine(FullName, $"shard-{shard.Index}-of-{shard.Count}.lock");
        try { return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose); }
        catch (IOException fault)
        {
            throw new IOException($"{path}: another process makes shard {shard} of this batch; wait for it, or end it.", fault);
        }
    }

    private static BatchFolder Read(string path)
    {
        var file = Path.Combine(path, DescriptionFile);
        try
        {
            return new(path, JsonSerializer.Deserialize<BatchDescription>(File.ReadAllBytes(file), VersionManifest.Json)
                ?? throw new InvalidDataException($"{file}: empty; delete the folder {path}."));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file}: not a batch ({fault.Message}); delete the folder {path}.", fault);
        }
    }

    private static string NameOf(BatchDescription description) => string.Create(
        CultureInfo.InvariantCulture,
        $"v{description.Version:D3}-{DateTime.UnixEpoch.AddTicks(description.Instant * TimeSpan.TicksPerMicrosecond):yyyyMMdd'T'HHmmss.ffffff'Z'}"
        + $"{(description.Asks is { } asks ? $"-{asks[..12]}" : "")}");
}

/// <summary>What a batch is: two with the same hold the same rows.</summary>
public sealed record BatchDescription
{
    public required int Version { get; init; }

    /// <summary>As of when, microseconds since 1970 UTC.</summary>
    public required long Instant { get; init; }

    /// <summary>Place of the log up to which records count.</summary>
    public required long Place { get; init; }

    /// <summary>Whose pages these are, users, e.g.; of asks the event that is decided.</summary>
    public required string Entity { get; init; }

    /// <summary>How many of them.</summary>
    public required int Entities { get; init; }

    /// <summary>SHA-256 of the file that holds the asks, in hex; null: pages, which nobody asked for.</summary>
    public string? Asks { get; init; }

    public required int Parts { get; init; }

    public required string DesignHash { get; init; }

    /// <summary>By the clock of the machine: an unfinished batch goes on only for a while.</summary>
    public required DateTimeOffset Began { get; init; }
}
