namespace Lintel.Server.Http.Routing;

/// <summary>What a path holds between a fixed beginning and a fixed end.</summary>
internal static class PathArgument
{
    /// <summary>The id in <c>/v1/decisions/{id}/what-if</c>; null: another path.</summary>
    internal static string? Of(string path, string prefix, string suffix = "")
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !path.EndsWith(suffix, StringComparison.Ordinal)
            || path.Length <= prefix.Length + suffix.Length)
        {
            return null;
        }
        var argument = path[prefix.Length..^suffix.Length];
        return argument.Contains('/') ? null : Decoded(argument);
    }

    /// <summary>The server decodes all but %2F, which it leaves so that it cannot be taken for a separator.</summary>
    internal static string Decoded(string argument) => argument.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
