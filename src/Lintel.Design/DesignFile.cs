using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Design;

/// <summary>Reads design files.</summary>
public static class DesignFile
{
    /// <summary>Reads and checks a design. Every fault is collected.</summary>
    /// <exception cref="DesignException">One or more diagnostics are errors.</exception>
    public static SystemDesign Load(string path, KindRegistry kinds)
    {
        var diagnostics = new DiagnosticBag();
        var design = Parse(path, File.ReadAllText(path), kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }

    /// <summary>Checks a text; null when a diagnostic is an error.</summary>
    public static SystemDesign? Parse(string path, string text, KindRegistry kinds, DiagnosticBag diagnostics) =>
        throw new NotImplementedException();
}
