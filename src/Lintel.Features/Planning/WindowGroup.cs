using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events.Catalogues;

namespace Lintel.Features.Planning;

/// <summary>Aggregates of one event by the same keys under the same condition: they share one ring of entries for each key.</summary>
/// <remarks>A key's state is one block of 64-bit words: ring, count of entries ever pushed, last known instant, the key's codes; then
/// for each window its tail, its count of live entries, and its parts. An entry is: known instant, subject (of events about another one), values.</remarks>
internal sealed class WindowGroup
{
    /// <summary>Word of a block that holds its ring; 0: none.</summary>
    internal const int RingWord = 0;

    /// <summary>Word that counts the entries ever pushed: the next one's index.</summary>
    internal const int HeadWord = 1;

    /// <summary>Word that holds the last entry's known instant.</summary>
    internal const int LastWord = 2;

    internal const int KeyWords = 3;

    internal required EventDesign Source { get; init; }

    internal required ImmutableArray<int> SourceKeys { get; init; }

    internal required ImmutableArray<int> DecisionKeys { get; init; }

    /// <summary>For each key the field of its catalogue that stands in its place; null: the key itself.</summary>
    internal required ImmutableArray<KeyField?> KeyFields { get; init; }

    internal bool HasKeyFields => KeyFields.Any(static f => f is not null);

    internal required ExpressionProgram? Where { get; init; }

    internal required ImmutableArray<GroupValue> Values { get; init; }

    /// <summary>By length, the endless one last.</summary>
    internal required ImmutableArray<GroupWindow> Windows { get; init; }

    internal required ImmutableArray<AggregateRead> Reads { get; init; }

    /// <summary>Everything that shapes the state.</summary>
    internal required string Canonical { get; init; }

    internal required int BlockWords { get; init; }

    /// <summary>The source says one thing about another event: a later record replaces the earlier one of the same subject.</summary>
    internal bool IsAbout => Replaces(Source);

    internal static bool Replaces(EventDesign source) => source.About is not null && !source.IsOneOfMany;

    internal bool HasEndless => Windows[^1].IsEndless;

    /// <summary>Entries are needed to let them leave, or to replace them.</summary>
    internal bool HasRing => IsAbout || !Windows[0].IsEndless;

    /// <summary>Entries never leave the ring: a replacement may come at any time.</summary>
    internal bool KeepsEntries => IsAbout && HasEndless;

    internal int EntryWords => ValueAt + Values.Length;

    /// <summary>Word of an entry at which its values begin.</summary>
    internal int ValueAt => IsAbout ? 2 : 1;

    /// <summary>The longest window that ends; −1: none does.</summary>
    internal int LongestFinite => HasEndless ? Windows.Length - 2 : Windows.Length - 1;
}

/// <summary>A field of a key's catalogue that stands in the key's place.</summary>
internal sealed record KeyField(CatalogueTable Catalogue, int Field)
{
    internal bool IsList => Catalogue.Design.Fields[Field].Type == DataType.List;
}

/// <summary>A value that entries carry: exact units (for sums), or the register's bits.</summary>
/// <param name="Column">The source's column; −1: <paramref name="Program"/> computes it.</param>
/// <param name="Scale">Null: the bits are kept.</param>
/// <param name="Owner">A feature that asked for it, for messages.</param>
internal sealed record GroupValue(int Column, ExpressionProgram Program, SumScale? Scale, string Canonical, string Owner)
{
    internal const long Missing = long.MinValue;
}

/// <summary>One length of window and what is kept for it.</summary>
/// <param name="Length">Microseconds; <see cref="long.MaxValue"/>: endless.</param>
internal sealed record GroupWindow(long Length, int TailWord, int CountWord, ImmutableArray<WindowPart> Parts)
{
    internal bool IsEndless => Length == long.MaxValue;
}

/// <summary>What a part of a window's state holds.</summary>
internal enum PartKind : byte
{
    /// <summary>128-bit sum and count of present values: 3 words.</summary>
    Sum,
    /// <summary>192-bit sum of squares: 3 words.</summary>
    Squares,
    /// <summary>Count of different values: 1 word, and a table of the group.</summary>
    Distinct,
    /// <summary>Monotone queue: ring, head, tail: 3 words.</summary>
    Min,
    Max,
    /// <summary>A value's bits, for endless windows whose entries are not kept: 1 word each.</summary>
    EndlessMin,
    EndlessMax,
    EndlessLast,
    EndlessFirst,
}

/// <param name="Value">Index into the group's values.</param> <param name="Word">Where it begins in the block.</param>
/// <param name="Table">Index of its table of counts, for <see cref="PartKind.Distinct"/>.</param>
internal readonly record struct WindowPart(PartKind Kind, int Value, int Word, int Table);

/// <summary>How one aggregate is read.</summary>
/// <param name="Word">Where its part begins; unused for count and since, and for last and first that scan the ring.</param>
/// <param name="SquaresWord">Where the sum of squares begins, for std.</param>
/// <param name="Register">Where it goes, counted from the first aggregate.</param>
/// <param name="HasEntries">The ring holds every entry of the window.</param>
internal readonly record struct AggregateRead(
    AggregateKind Kind, int Window, int Value, int Word, int SquaresWord, int Register, bool HasEntries);
