namespace Lintel.Retrieval.Sources;

/// <summary>Somebody had to do with an item: one record of a feed.</summary>
/// <param name="Known">Microseconds since 1970 UTC.</param>
/// <param name="Weight">Above 0.</param>
public readonly record struct Interaction(int Entity, int Item, long Known, float Weight);
