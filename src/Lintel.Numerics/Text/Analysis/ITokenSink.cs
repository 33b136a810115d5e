namespace Lintel.Numerics.Text.Analysis;

/// <summary>Takes the terms of a text, one after the other.</summary>
public interface ITokenSink
{
    /// <param name="term">Valid during the call only: its buffer is used again.</param>
    void Token(scoped ReadOnlySpan<char> term, TokenPlace place);
}

/// <summary>Where a term stands in its text.</summary>
/// <param name="Position">Index among the text's words, those included that a step leaves out: neighbours differ by 1.</param>
/// <param name="Start">Index of its first character.</param> <param name="End">Index behind its last.</param>
public readonly record struct TokenPlace(int Position, int Start, int End);
