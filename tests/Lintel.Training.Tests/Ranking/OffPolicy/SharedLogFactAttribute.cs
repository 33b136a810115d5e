namespace Lintel.Training.Tests.Ranking.OffPolicy;

/// <summary>A test on logs that are no part of the repository: skipped, with the reason, where they are not
/// there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedLogFactAttribute : FactAttribute
{
    public SharedLogFactAttribute()
    {
        if (PathOf("random") is null || PathOf("bts") is null)
        {
            Skip = "shared/data/ads/open_bandit is not beside this repository";
        }
    }

    /// <summary>Null: not there.</summary>
    public static string? PathOf(string policy)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "ads", "open_bandit", policy, "women", "women.csv.gz");
            if (File.Exists(path)) { return path; }
        }
        return null;
    }
}
