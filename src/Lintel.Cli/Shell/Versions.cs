using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Shell;

/// <summary>Finds versions by what a person types.</summary>
internal static class Versions
{
    /// <exception cref="UsageException">There is no such version.</exception>
    public static void Require(Workspace workspace, int number)
    {
        var there = workspace.Versions();
        if (!there.Contains(number))
        {
            throw new UsageException(
                $"{workspace.Folder} has no version {number}; there is {(there.Count == 0 ? "none: train one first" : string.Join(", ", there))}");
        }
    }

    /// <summary>The version named, else the live one, else the newest.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static int Choose(Workspace workspace, int? named)
    {
        var number = named ?? LiveReference.Read(workspace)?.Champion ?? (workspace.Versions() is [.., var newest] ? newest : 0);
        if (number == 0) { throw new UsageException($"{workspace.Folder} has no version yet; run lintel train first"); }
        Require(workspace, number);
        return number;
    }
}
