using System.Collections.Immutable;

namespace Lintel.Design;

/// <summary>How text files of a source are laid out, where they do not tell themselves.</summary>
public sealed record FileLayout
{
    /// <summary>Names of the columns, in their order, of files without a header line; empty: the header names them.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>What stands between values; null: whichever of <c>, ; tab |</c> stands most often in the first line.</summary>
    public string? Separator { get; init; }

    /// <summary>The files are in Latin-1; else in UTF-8.</summary>
    public bool IsLatin1 { get; init; }

    /// <summary>The last column goes on to the end of the line, and each of its values is a row: a user, and then all items.</summary>
    public bool Unfolds { get; init; }
}
