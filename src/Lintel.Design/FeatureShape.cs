using System.Collections.Immutable;

namespace Lintel.Design;

/// <summary>What a column of the rows holds: a number, or an id, of which only equality is known. The default is a number.</summary>
/// <param name="Ids">How many ids there can be: they are whole numbers from 0 to below it; 0: the column is a number.</param>
/// <param name="Space">Columns of one space hold ids of the same things, such as the places of one list; a learner may give a
/// thing the same weights wherever it stands. Only equality of the number counts.</param>
public readonly record struct FeatureShape(int Ids, int Space)
{
    /// <summary>16,777,216: a float holds every whole number up to here.</summary>
    public const int MaxIds = 1 << 24;

    public static FeatureShape Number => default;

    public bool IsId => Ids > 0;

    /// <param name="ids">1 to <see cref="MaxIds"/>.</param> <param name="space">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ids"/> is outside its range.</exception>
    public static FeatureShape Id(int ids, int space)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ids, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids, MaxIds);
        return new(ids, space);
    }

    /// <summary>Of each feature; spaces are numbered in the order of their first. A dictionary's ids have no bound of their own.</summary>
    public static ImmutableArray<FeatureShape> Of(ImmutableArray<FeatureDesign> features)
    {
        var spaces = new List<string>();
        var shapes = ImmutableArray.CreateBuilder<FeatureShape>(features.Length);
        foreach (var feature in features)
        {
            if (feature.Id is not { } id)
            {
                shapes.Add(Number);
                continue;
            }
            if (!spaces.Contains(id.Space)) { spaces.Add(id.Space); }
            shapes.Add(Id(id.Bits == 0 ? MaxIds : 1 << id.Bits, spaces.IndexOf(id.Space)));
        }
        return shapes.MoveToImmutable();
    }
}
