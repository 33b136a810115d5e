namespace Lintel.Retrieval.Sources;

/// <summary>What one source offered, kept for later.</summary>
/// <param name="Source">Its index in the design.</param> <param name="Rank">From 1.</param>
public readonly record struct Offer(int Item, ushort Source, ushort Rank);
