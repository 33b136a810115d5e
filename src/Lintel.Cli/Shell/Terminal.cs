using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Shell;

/// <summary>Where a verb speaks: results to standard output, progress and faults to standard error. With <c>--json</c> the only
/// thing on standard output is one JSON object.</summary>
internal sealed class Terminal
{
    private readonly TextWriter _output;
    private bool _spoken;

    /// <param name="output">Standard output.</param> <param name="error">Standard error.</param>
    /// <param name="outputIsTerminal">False: no colour, no cursor movement.</param>
    public Terminal(
        TextWriter output, TextWriter error, bool json, bool outputIsTerminal, bool errorIsTerminal, int? width, TimeProvider time)
    {
        Json = json;
        Time = time;
        IsInteractive = errorIsTerminal;
        _output = output;
        Out = Console(json ? TextWriter.Null : output, outputIsTerminal && !json, width);
        Error = Console(error, errorIsTerminal, width);
    }

    public bool Json { get; }

    public TimeProvider Time { get; }

    /// <summary>For people; silent with <c>--json</c>.</summary>
    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>Whether progress may be drawn with bars.</summary>
    public bool IsInteractive { get; }

    public static Terminal Of(bool json) => new(
        System.Console.Out, System.Console.Error, json,
        !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected, Columns(), TimeProvider.System);

    /// <summary>Writes the verb's one JSON object; nothing without <c>--json</c>.</summary>
    /// <exception cref="InvalidOperationException">It was written before.</exception>
    public void WriteJson(object value)
    {
        if (!Json) { return; }
        if (_spoken) { throw new InvalidOperationException("a verb prints one JSON object, this is the second"); }
        _spoken = true;
        _output.WriteLine(JsonSerializer.Serialize(value, VersionManifest.Json));
        _output.Flush();
    }

    /// <summary>A line that a person may copy: written as it is, never wrapped; silent with <c>--json</c>.</summary>
    public void WriteVerbatim(string line)
    {
        if (!Json) { _output.WriteLine(line); }
    }

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal, int? width)
    {
        var colour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new PlainOutput(writer, isTerminal, width),
        });
        return console;
    }

    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns >= 20 ? columns : null;

    /// <summary>A writer with a width: the terminal's own, what COLUMNS says, or 80.</summary>
    private sealed class PlainOutput(TextWriter writer, bool isTerminal, int? width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width ?? (isTerminal && System.Console.WindowWidth is > 20 and var own ? own : 80);

        public int Height => isTerminal && System.Console.WindowHeight is > 0 and var own ? own : 24;

        public void SetEncoding(Encoding encoding) { }
    }
}
