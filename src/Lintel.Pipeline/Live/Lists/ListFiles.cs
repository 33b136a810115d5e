using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live.Lists;

/// <summary>Lists as the files that an earlier Lintel read (<c>.lintel/lists/NAME.txt</c>): one key a line, <c>#</c> starts
/// a comment. They are taken into the log once, by <c>lintel lists import</c>.</summary>
public static class ListFiles
{
    /// <summary>Files that are there, with the name of their list.</summary>
    public static IReadOnlyList<(string List, string Path)> Find(Workspace workspace)
    {
        var folder = Path.Combine(workspace.Root, "lists");
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)
                .Select(static path => (Path.GetFileNameWithoutExtension(path), path))];
    }

    public static IEnumerable<string> Keys(string path) => File.ReadLines(path)
        .Select(static line => line.Trim())
        .Where(static line => line.Length > 0 && line[0] != '#');

    /// <exception cref="InvalidDataException">There is one: its keys would be missed silently.</exception>
    public static void ThrowIfAny(Workspace workspace)
    {
        if (Find(workspace) is [var (_, path), ..])
        {
            throw new InvalidDataException(
                $"{path}: lists are kept in the log now, this file is not read; run lintel lists FILE import, which takes its "
                + "keys in and puts the file aside.");
        }
    }
}
