using System.Collections.Immutable;

namespace Lintel.Design;

/// <summary>What the ids of a feature are: whole numbers from 0 that only equality knows.</summary>
/// <param name="Space">Name of what the ids are of: columns of one space share their ids (the members of a list); else the feature's own
/// name.</param>
/// <param name="Bits">Ids are hashes below 2^Bits, which a float holds; 0: codes of <paramref name="Domain"/>.</param>
/// <param name="Domain">Dictionary of the codes; null where they are hashes.</param>
public sealed record IdDesign(string Space, int Bits, string? Domain)
{
    /// <summary>Bounds of <see cref="Bits"/>: a float holds whole numbers up to 2^24.</summary>
    public const int LeastBits = 8, MostBits = 24;
}

/// <summary>What a column of rows holds, as learners ask it.</summary>
/// <param name="IsId">Whole numbers that only equality knows; else numbers.</param>
/// <param name="Most">How many ids there can be: they are below it. 0: without bound, or no id.</param>
/// <param name="Space">Columns with the same one share their ids; −1: no id.</param>
public readonly record struct FeatureShape(bool IsId, int Most, int Space)
{
    public static FeatureShape Number => new(false, 0, -1);

    /// <summary>Of each feature; spaces are numbered in the order of their first.</summary>
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
            shapes.Add(new(true, id.Bits == 0 ? 0 : 1 << id.Bits, spaces.IndexOf(id.Space)));
        }
        return shapes.MoveToImmutable();
    }
}
