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
