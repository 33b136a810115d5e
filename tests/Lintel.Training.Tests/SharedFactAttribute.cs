namespace Lintel.Training.Tests;

/// <summary>A test of real data that does not stand in this repository: skipped, with the reason, where they are not there.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string data)
    {
        if (Find(data) is null) { Skip = $"{data} is not beside this repository"; }
    }

    /// <summary>A file or folder in the first folder above the program that has it.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, name);
            if (Path.Exists(path)) { return path; }
        }
        return null;
    }
}
