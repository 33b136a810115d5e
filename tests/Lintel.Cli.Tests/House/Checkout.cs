namespace Lintel.Cli.Tests.House;

/// <summary>The repository that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files that people wrote below a folder: nothing built, fetched or made by a run.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(PathOf(folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(static f => !f.Split(Path.DirectorySeparatorChar).Any(static p => p is "node_modules" or "artifacts" or ".lintel" or ".build" or "TestResults"))
            .Where(f => endings.Length == 0 || endings.Contains(Path.GetExtension(f)));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Lintel.slnx"))) { return at.FullName; }
        }
        throw new InvalidOperationException($"no Lintel.slnx above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
