namespace Lintel.Bench;

/// <summary>The data that stands beside the checkout.</summary>
internal static class SharedFiles
{
    /// <summary>Looks for <c>shared/NAME</c> beside a folder above this program.</summary>
    /// <returns>Null when it is not there.</returns>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", name);
            if (Path.Exists(path)) { return path; }
        }
        return null;
    }
}
