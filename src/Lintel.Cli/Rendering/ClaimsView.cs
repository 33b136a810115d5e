using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>What the design claims, and what was measured: requirements and gates.</summary>
internal static class ClaimsView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Requirements.Count > 0)
        {
            Section.Heading(console, "requirements", "✔ holds  ✘ broken  ? undecided  · not measured yet");
            var table = Section.Table("", "claim", "measured", "by");
            foreach (var claim in manifest.Requirements)
            {
                table.AddRow(
                    Figure.Mark(claim.Verdict), Markup.Escape(claim.Claim), Markup.Escape(claim.Measured),
                    $"[grey]{Markup.Escape(claim.Command)}[/]");
            }
            console.Write(table.HideHeaders());
        }
        if (manifest.Gates.Count > 0)
        {
            Section.Heading(console, "gates");
            var table = Section.Table("", "gate", "measured");
            foreach (var gate in manifest.Gates)
            {
                table.AddRow(
                    Figure.Mark(gate.Verdict), Markup.Escape(gate.Slice is { } slice ? $"{gate.Gate} ({slice})" : gate.Gate),
                    Markup.Escape(gate.Measured));
            }
            console.Write(table.HideHeaders());
        }
    }
}
