namespace Lintel.Design.Expressions;

/// <summary>Every function of the language, in one table.</summary>
public static class Functions
{
    public static IReadOnlyList<Function> All { get; } = [];
}
