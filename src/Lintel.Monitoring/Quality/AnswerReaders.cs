using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Quality;

/// <summary>The readers of every version whose decisions are met: each has its own registers and codes.</summary>
internal sealed class AnswerReaders(QualityPlan plan, int version, Workspace workspace, KindRegistry kinds)
{
    private readonly Dictionary<int, AnswerReader?> _readers = new() { [version] = new(plan, plan.Compiled) };

    /// <returns>Null: its folder is gone, and nobody knows its registers.</returns>
    public AnswerReader? Of(int number)
    {
        if (_readers.TryGetValue(number, out var reader)) { return reader; }
        var folder = workspace.VersionFolder(number);
        reader = File.Exists(Path.Combine(folder, VersionFiles.Manifest))
            ? new(plan, VersionParts.Compile(folder, DesignFile.Load(Path.Combine(folder, VersionFiles.Design), kinds)))
            : null;
        _readers.Add(number, reader);
        return reader;
    }
}
