namespace Lintel.Numerics.Text.Analysis;

/// <summary>One step of an analysis: what it makes of a word. Immutable and thread-safe.</summary>
public abstract class TextStep
{
    private protected TextStep() { }

    /// <summary>Rewrites a word in place; allocates nothing.</summary>
    /// <param name="word">The word, then room: at least as many characters again.</param>
    /// <returns>Its length now; 0: it is left out.</returns>
    internal abstract int Apply(Span<char> word, int length);
}
