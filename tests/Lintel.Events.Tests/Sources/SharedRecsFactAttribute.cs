namespace Lintel.Events.Tests.Sources;

/// <summary>A test on interactions that are no part of the repository: skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedRecsFactAttribute : FactAttribute
{
    public SharedRecsFactAttribute()
    {
        if (PathOf("ml-100k") is null || PathOf("s3rec") is null) { Skip = "shared/data/recs is not beside this repository"; }
    }

    /// <summary>Null: not there.</summary>
    public static string? PathOf(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "recs", name);
            if (Directory.Exists(path)) { return path; }
        }
        return null;
    }
}
