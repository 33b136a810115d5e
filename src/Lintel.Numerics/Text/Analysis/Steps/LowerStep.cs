namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>lower</c>: each character's small form, whatever the language.</summary>
internal sealed class LowerStep : TextStep
{
    internal override int Apply(Span<char> word, int length)
    {
        for (var i = 0; i < length; i++) { word[i] = char.ToLowerInvariant(word[i]); }
        return length;
    }
}
