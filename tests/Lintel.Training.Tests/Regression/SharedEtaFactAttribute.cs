namespace Lintel.Training.Tests.Regression;

/// <summary>A test over the public delivery and taxi times; skipped where they are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedEtaFactAttribute : FactAttribute
{
    public SharedEtaFactAttribute()
    {
        if (FolderOf("doordash_10pct") is null || FolderOf("nyc_green_taxi") is null) { Skip = "shared/data/eta is not beside this repository"; }
    }

    /// <summary>Folder of one of the data sets; null: not there.</summary>
    internal static string? FolderOf(string name) => Find(Path.Combine("shared", "data", "eta", name));

    /// <summary>A design of the repository.</summary>
    internal static string Design(string name) =>
        Path.Combine(Find(Path.Combine("systems", "delivery-eta")) ?? throw new DirectoryNotFoundException("systems/delivery-eta"), name);

    private static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, path);
            if (Directory.Exists(found)) { return found; }
        }
        return null;
    }
}
