namespace Lintel.Retrieval.Nearest;

/// <summary>An item and how well it fits; larger fits better.</summary>
public readonly record struct ScoredItem(int Item, float Score);
