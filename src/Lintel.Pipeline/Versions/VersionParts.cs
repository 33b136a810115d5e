using System.Text.Json;
using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Events.Log;
using Lintel.Retrieval.Sources;

namespace Lintel.Pipeline.Versions;

/// <summary>The small files of a version folder: dictionaries, thresholds, and the manifest that seals them all.</summary>
public static class VersionParts
{
    private const string DictionariesFile = "dictionaries.bin";
    private const string ThresholdsFile = "thresholds.json";

    /// <summary>The codes that the version's models, plan and states are written in.</summary>
    public static void WriteDictionaries(string folder, CodeDictionaries dictionaries) =>
        SealedFile.Write(Path.Combine(folder, DictionariesFile), "dictionaries", 1, dictionaries.Write);

    public static CodeDictionaries ReadDictionaries(string folder) =>
        SealedFile.Read(Path.Combine(folder, DictionariesFile), "dictionaries", 1, CodeDictionaries.Read);

    /// <summary>A version's design over its own dictionaries and catalogues.</summary>
    public static CompiledDesign Compile(string folder, SystemDesign design) =>
        CompiledDesign.Compile(design, ReadDictionaries(folder), ReadCatalogues(folder, design));

    /// <summary>What was known of things when the version was made.</summary>
    public static void WriteCatalogues(string folder, IReadOnlyList<CatalogueTable> catalogues)
    {
        foreach (var catalogue in catalogues) { CatalogueFile.Write(CataloguePath(folder, catalogue.Design), catalogue); }
    }

    private static CatalogueTable[] ReadCatalogues(string folder, SystemDesign design) =>
        [.. design.Catalogues.Select(c => CatalogueFile.Read(CataloguePath(folder, c), c))];

    private static string CataloguePath(string folder, CatalogueDesign catalogue) =>
        Path.Combine(folder, "catalogues", $"{catalogue.Name}.bin");

    /// <summary>The fitted sources of a ranking; null: the decision is none.</summary>
    public static CandidateRetriever? ReadSources(string partFolder, SystemDesign design) =>
        design.Decision.Ranking is null ? null : SourceFiles.Read(SourcesFolder(partFolder), design);

    public static void WriteSources(string partFolder, CandidateRetriever retriever) =>
        SourceFiles.Write(SourcesFolder(partFolder), retriever);

    private static string SourcesFolder(string partFolder) => Path.Combine(partFolder, "sources");

    /// <summary>Replaces the manifest, with the hash of every other file as it stands now.</summary>
    /// <param name="known">Hashes, by name, of files that are another version's; they are not read again.</param>
    public static VersionManifest WriteManifest(
        string folder, VersionManifest manifest, IReadOnlyDictionary<string, string>? known = null)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = VersionFiles.NameOf(folder, path);
            // the report is drawn from the manifest, so it cannot stand in it
            if (name is VersionFiles.Manifest or VersionFiles.Report or VersionDraft.OwnerFile) { continue; }
            files[name] = known is not null && known.TryGetValue(name, out var hash) ? hash : SystemVersion.HashOf(path);
        }
        var done = manifest with { Files = files };
        AtomicFile.Write(
            Path.Combine(folder, VersionFiles.Manifest), JsonSerializer.SerializeToUtf8Bytes(done, VersionManifest.Json));
        return done;
    }
}
