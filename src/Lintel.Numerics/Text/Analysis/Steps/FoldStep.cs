namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>fold</c>: lower case without diacritics (<see cref="LatinFolding"/>).</summary>
internal sealed class FoldStep : TextStep
{
    internal override int Apply(Span<char> word, int length)
    {
        var to = 0;
        for (var from = 0; from < length; from++)
        {
            var c = word[from];
            if (LatinFolding.IsAccent(c)) { continue; }
            word[to++] = LatinFolding.Fold(c, out var second);
            if (second == '\0') { continue; }
            if (to > from)
            {
                // one letter became two: what follows makes room
                word[(from + 1)..length].CopyTo(word[(from + 2)..]);
                from++;
                length++;
            }
            word[to++] = second;
        }
        return to;
    }
}
