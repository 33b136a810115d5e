namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>longest N</c>: leaves out what is too long to be asked for, such as keys and encoded bytes.</summary>
internal sealed class LongestStep(int most) : TextStep
{
    internal override int Apply(Span<char> word, int length) => length <= most ? length : 0;
}
