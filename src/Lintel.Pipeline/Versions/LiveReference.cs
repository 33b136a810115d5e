using System.Text.Json;

namespace Lintel.Pipeline.Versions;

/// <summary>The one reference that requests read: which version is champion, who promoted it, when and why.</summary>
public sealed record LiveReference(int Champion, DateTimeOffset Since, string By, string Reason)
{
    /// <summary>Gates that were overridden, with the reason that stays on record.</summary>
    public string? Override { get; init; }

    /// <summary>Champions before this one, the latest first: where <c>rollback</c> goes.</summary>
    public IReadOnlyList<LivePromotion> History { get; init; } = [];

    /// <summary>The live version of a workspace; null when nothing was promoted yet.</summary>
    /// <exception cref="InvalidDataException">The file is unreadable.</exception>
    public static LiveReference? Read(Workspace workspace)
    {
        if (!File.Exists(workspace.LivePath)) { return null; }
        try
        {
            return JsonSerializer.Deserialize<LiveReference>(File.ReadAllBytes(workspace.LivePath), VersionManifest.Json)
                ?? throw new InvalidDataException($"{workspace.LivePath}: empty; promote a version again.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{workspace.LivePath}: {fault.Message}; promote a version again.", fault);
        }
    }

    /// <summary>Replaces the reference in one rename: a reader sees the old or the new one.</summary>
    public void Write(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.Root);
        AtomicFile.Write(workspace.LivePath, JsonSerializer.SerializeToUtf8Bytes(this, VersionManifest.Json));
    }
}

public sealed record LivePromotion(int Version, DateTimeOffset Since, string By, string Reason);
