using Lintel.Design.Diagnostics;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Faults of a design file, all of them, each with its line of the file and a caret under the place.</summary>
internal static class DiagnosticsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Diagnostic> diagnostics)
    {
        Dictionary<string, string[]> files = [];
        foreach (var diagnostic in diagnostics)
        {
            var colour = diagnostic.Severity switch { Severity.Error => "red", Severity.Warning => "yellow", _ => "grey" };
            console.MarkupLine(
                $"[bold]{Markup.Escape(diagnostic.At.ToString())}[/] [{colour}]{diagnostic.Severity.ToString().ToLowerInvariant()}[/] "
                + $"{Markup.Escape(diagnostic.Code)}: {Markup.Escape(diagnostic.Message)}");
            WriteSource(console, Lines(diagnostic.At.File), diagnostic.At, colour);
            var said = string.Join("; ", new[]
            {
                diagnostic.Got is { } got ? $"got {got}" : null,
                diagnostic.Expected is { } expected ? $"expected {expected}" : null,
            }.OfType<string>());
            if (said.Length > 0) { console.WriteLine($"        {said}"); }
            if (diagnostic.Fix is { } fix) { console.WriteLine($"        fix: {fix}"); }
        }
        var errors = diagnostics.Count(static d => d.Severity == Severity.Error);
        console.MarkupLine(errors == 0 ? "[grey]no errors[/]" : $"[red]{errors} error{(errors == 1 ? "" : "s")}[/]; nothing was applied");

        string[] Lines(string file)
        {
            if (!files.TryGetValue(file, out var lines))
            {
                try { lines = File.ReadAllLines(file); }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException) { lines = []; }
                files.Add(file, lines);
            }
            return lines;
        }
    }

    /// <summary>A diagnostic as <c>--json</c> prints it: the keys of a finding.</summary>
    public static object Json(Diagnostic diagnostic) => new
    {
        code = diagnostic.Code,
        severity = diagnostic.Severity,
        file = diagnostic.At.File,
        line = diagnostic.At.Line,
        column = diagnostic.At.Column,
        message = diagnostic.Message,
        got = diagnostic.Got,
        expected = diagnostic.Expected,
        fix = diagnostic.Fix,
    };

    private static void WriteSource(IAnsiConsole console, string[] lines, SourceSpan at, string colour)
    {
        if (at.Line < 1 || at.Line > lines.Length) { return; }
        var line = lines[at.Line - 1];
        var column = Math.Clamp(at.Column - 1, 0, line.Length);
        // a long line is cut around the place, so that the caret stays under it
        var room = Math.Max(20, console.Profile.Width - 10);
        var from = column > room - 10 ? column - (room / 2) : 0;
        var shown = line[from..Math.Min(line.Length, from + room)];
        var carets = Math.Clamp(at.Length, 1, Math.Max(1, shown.Length - (column - from)));
        console.MarkupLine($"[grey]{at.Line,5} |[/] {Markup.Escape(shown)}");
        console.MarkupLine($"[grey]      |[/] {new string(' ', column - from)}[{colour}]{new string('^', carets)}[/]");
    }
}
