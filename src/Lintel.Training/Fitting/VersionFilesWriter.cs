using System.Text;
using Lintel.Decisions;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;

namespace Lintel.Training.Fitting;

/// <summary>Writes what a version decides with into its draft folder.</summary>
internal sealed class VersionFilesWriter
{
    private readonly string _draft;
    private readonly Preparation _prepared;

    public VersionFilesWriter(string draft, Preparation prepared)
    {
        _draft = draft;
        _prepared = prepared;
        AtomicFile.Write(Path.Combine(draft, VersionFiles.Design), Encoding.UTF8.GetBytes(prepared.Design.Text));
        VersionParts.WriteDictionaries(draft, prepared.Compiled.Dictionaries);
        VersionParts.WriteCatalogues(draft, prepared.Compiled.Catalogues);
    }

    /// <param name="part">Folder inside the version: served or judged.</param>
    /// <param name="retriever">The fitted sources of a ranking.</param>
    public void Write(
        string part, ScoringGraph graph, IReadOnlyList<ThresholdMargins> thresholds, CandidateRetriever? retriever = null)
    {
        var folder = Path.Combine(_draft, part);
        ScoringGraphFiles.Write(folder, graph, _prepared.Compiled.Plan.FeatureNames);
        ThresholdsFile.Write(folder, thresholds);
        if (retriever is not null) { VersionParts.WriteSources(folder, retriever); }
    }
}
