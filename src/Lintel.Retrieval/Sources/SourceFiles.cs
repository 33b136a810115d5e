using Lintel.Design;
using Lintel.Events.Log;

namespace Lintel.Retrieval.Sources;

/// <summary>Fitted sources as files of a version folder: one sealed file each, by the source's name, whose kind says what it holds.</summary>
public static class SourceFiles
{
    private const int Format = 1;

    public static void Write(string folder, CandidateRetriever retriever)
    {
        Directory.CreateDirectory(folder);
        for (var s = 0; s < retriever.Sources.Count; s++)
        {
            var design = retriever.Designs[s];
            SealedFile.Write(PathOf(folder, design), KindOf(design), Format, retriever.Sources[s].Write);
        }
    }

    /// <exception cref="InvalidDataException">A file is not there, cut short, altered, or holds what this program cannot read.</exception>
    public static CandidateRetriever Read(string folder, SystemDesign design)
    {
        var candidates = design.Decision.Ranking!.Candidates;
        return new([.. candidates], [.. candidates.Select(c => Read(folder, c))]);
    }

    private static ICandidateSource Read(string folder, CandidateDesign design)
    {
        var path = PathOf(folder, design);
        if (!File.Exists(path)) { throw new InvalidDataException($"{path}: not there; the version is incomplete, train again."); }
        return SealedFile.Read(path, KindOf(design), Format, reader =>
        {
            try
            {
                var source = CandidateKinds.Find(design.Kind).Read(reader);
                var left = reader.BaseStream.Length - reader.BaseStream.Position;
                return left == 0 ? source : throw new InvalidDataException($"{left:N0} bytes are left after its end");
            }
            catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
            {
                throw new InvalidDataException($"{path}: the source in it cannot be read: {fault.Message}. Train again.", fault);
            }
        });
    }

    private static string KindOf(CandidateDesign design) => $"source {design.Kind}";

    private static string PathOf(string folder, CandidateDesign design) => Path.Combine(folder, $"{design.Name}.bin");
}
