using System.Text;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar;
using Lintel.Design.Kinds;

namespace Lintel.Design;

/// <summary>Reads design files.</summary>
public static class DesignFile
{
    /// <summary>Reads and checks a design. Every fault is collected.</summary>
    /// <exception cref="DesignException">One or more diagnostics are errors; or the file is not there, or cannot be
    /// read.</exception>
    public static SystemDesign Load(string path, KindRegistry kinds)
    {
        var diagnostics = new DiagnosticBag();
        SystemDesign? design = null;
        try
        {
            design = Parse(path, File.ReadAllText(path, Encoding.UTF8), kinds, diagnostics);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(FaultCodes.NotYaml, new(path, 1, 1), "the design cannot be read", fault.Message, null,
                "check the path");
        }
        diagnostics.ThrowIfErrors();
        return design!;
    }

    /// <summary>Checks a text; null when a diagnostic is an error.</summary>
    /// <param name="path">Names the file in diagnostics; sources are relative to its folder. It is not read.</param>
    public static SystemDesign? Parse(string path, string text, KindRegistry kinds, DiagnosticBag diagnostics) =>
        new DesignGrammar(kinds).Bind(path, text, diagnostics);
}
