using System.CommandLine;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Shell;

/// <summary>What a verb works on: a design, where its events are, and where the workspace stands.</summary>
/// <param name="System">Name of its folder in <c>systems/</c>, or of the file's folder: finds the world that belongs to it.</param>
internal sealed record DesignTarget(string DesignPath, string System, string DataFolder, Workspace Workspace)
{
    /// <summary>Where a world's files go and are found again: inside the workspace, truth apart from events.</summary>
    public static string WorldFolder(Workspace workspace) => Path.Combine(workspace.Root, "world");

    public static DesignTarget Of(ParseResult parse, Argument<string> file) => Resolve(
        parse.GetRequiredValue(file), parse.GetValue(CommonOptions.Data), parse.GetValue(CommonOptions.Workspace));

    /// <param name="named">A design file, a folder with <c>design.yaml</c>, or the name of a system.</param>
    /// <param name="data">Overrides where sources start; null: the design's folder, or the workspace's world where it was made.</param>
    /// <exception cref="UsageException">There is no such design, or the data folder is not there.</exception>
    public static DesignTarget Resolve(string named, string? data, string? workspace)
    {
        var path = FindDesign(named) ?? throw new UsageException(
            $"there is no design file, folder or system '{named}'; systems here: {string.Join(", ", SystemNames())}");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var place = new Workspace(workspace is null ? folder : FindWorkspaceFolder(workspace));
        if (data is not null && !Directory.Exists(data)) { throw new UsageException($"--data: there is no folder '{data}'"); }
        var world = WorldFolder(place);
        return new(path, Path.GetFileName(folder), Path.GetFullPath(data ?? (Directory.Exists(world) ? world : folder)), place);
    }

    /// <summary>What a version of a workspace was made of: its design, and the data that stand where the workspace's do.</summary>
    public static DesignTarget OfVersion(Workspace workspace, int version, string? data)
    {
        var beside = Path.Combine(workspace.Folder, "design.yaml");
        var path = File.Exists(beside) ? beside : Path.Combine(workspace.VersionFolder(version), VersionFiles.Design);
        return Resolve(path, data, workspace.Folder);
    }

    /// <summary>The workspace of a verb that names no design: <c>--workspace</c>, else the current folder, else the only system
    /// that has one.</summary>
    /// <exception cref="UsageException">None, or more than one.</exception>
    public static Workspace FindWorkspace(string? option)
    {
        if (option is not null)
        {
            var named = new Workspace(FindWorkspaceFolder(option));
            return Directory.Exists(named.Root) ? named
                : throw new UsageException($"--workspace: '{option}' has no .lintel/ folder; train a version there first");
        }
        var here = new Workspace(Directory.GetCurrentDirectory());
        if (Directory.Exists(here.Root)) { return here; }
        var trained = SystemFolders().Select(static f => new Workspace(f)).Where(static w => w.Versions().Count > 0).ToArray();
        return trained.Length switch
        {
            1 => trained[0],
            0 => throw new UsageException("no workspace here: no version was trained yet; try `lintel up fraud`"),
            _ => throw new UsageException(
                $"several systems have versions; say which: --workspace {string.Join(" or ", trained.Select(static w => Path.GetFileName(w.Folder)))}"),
        };
    }

    private static string FindWorkspaceFolder(string named) =>
        !named.Contains(Path.DirectorySeparatorChar) && !Directory.Exists(named) && FindDesign(named) is { } design
            ? Path.GetDirectoryName(design)!
            : named;

    private static string? FindDesign(string named)
    {
        if (File.Exists(named)) { return Path.GetFullPath(named); }
        var inside = Path.Combine(named, "design.yaml");
        if (File.Exists(inside)) { return Path.GetFullPath(inside); }
        return SystemFolders().Where(f => Path.GetFileName(f) == named)
            .Select(static f => Path.Combine(f, "design.yaml")).FirstOrDefault();
    }

    private static IEnumerable<string> SystemNames() => SystemFolders().Select(static f => Path.GetFileName(f)).DefaultIfEmpty("none");

    /// <summary>Folders of systems/ in the current folder or above it; else above the program.</summary>
    private static IEnumerable<string> SystemFolders() =>
        Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory))
            .Select(static folder => Path.Combine(folder, "systems"))
            .Where(Directory.Exists)
            .Take(1)
            .SelectMany(static systems => Directory.GetDirectories(systems).Order(StringComparer.Ordinal))
            .Where(static f => File.Exists(Path.Combine(f, "design.yaml")));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) { yield return at.FullName; }
    }
}
