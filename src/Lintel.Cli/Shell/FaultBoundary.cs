using Lintel.Cli.Rendering;
using Lintel.Design.Diagnostics;
using Lintel.Native;
using Spectre.Console;

namespace Lintel.Cli.Shell;

/// <summary>Where a verb's faults end: a message for people on standard error, an <c>error</c> object with <c>--json</c>, and an
/// honest exit code.</summary>
internal static class FaultBoundary
{
    public static async Task<ExitCode> Run(Terminal terminal, Func<Task<ExitCode>> work)
    {
        try { return await work().ConfigureAwait(false); }
        catch (DesignException fault)
        {
            DiagnosticsView.Write(terminal.Error, fault.Diagnostics);
            terminal.WriteJson(new
            {
                error = Counted(fault.Diagnostics.Count(static d => d.Severity == Severity.Error)),
                findings = fault.Diagnostics.Select(DiagnosticsView.Json),
            });
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.MarkupLine("[yellow]stopped[/]");
            return ExitCode.Stopped;
        }
        catch (Exception fault) when (IsInput(fault))
        {
            Say(terminal, "error", fault.Message);
            return ExitCode.BadInput;
        }
        catch (Exception fault)
        {
            Say(terminal, "internal fault", fault.Message);
            terminal.Error.WriteLine(fault.ToString());
            terminal.Error.WriteLine("This is a fault of lintel, not of what you gave it: please report it with the lines above.");
            return ExitCode.Fault;
        }
    }

    /// <summary>Faults that the caller can mend: files, folders, values, a library that is not installed, a port in use.</summary>
    private static bool IsInput(Exception fault) => fault is UsageException or InvalidDataException or IOException
        or UnauthorizedAccessException or NativeException { Operation: "load" };

    private static string Counted(int faults) => $"{faults} fault{(faults == 1 ? "" : "s")} in the design";

    private static void Say(Terminal terminal, string what, string message)
    {
        terminal.Error.MarkupLineInterpolated($"[red]{what}:[/] {message}");
        terminal.WriteJson(new { error = message });
    }
}
