using System.CommandLine;
using System.CommandLine.Parsing;
using Lintel.Cli.Shell;
using Lintel.Cli.Verbs;
using Spectre.Console;

namespace Lintel.Cli;

/// <summary>The entry: parses, and hands over to a verb. Nothing heavy is touched before a verb needs it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = Root();
        var parse = root.Parse(args);
        if (parse.Errors.Count > 0) { return (int)Refuse(parse); }
        // the boundary around each verb answers for faults; the library's own handler would exit with 1
        return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand(
            """
            Turns a machine-learning system design into a running system, and holds the design to its word.

              lintel up fraud          from nothing to live decisions, one command
            """)
        {
            CommonOptions.Json,
            CommonOptions.Workspace,
            CommonOptions.Data,
        };
        foreach (var verb in VerbList.All()) { root.Add(verb); }
        return root;
    }

    private static ExitCode Refuse(ParseResult parse)
    {
        var terminal = Terminal.Of(parse.GetValue(CommonOptions.Json));
        foreach (var error in parse.Errors) { terminal.Error.WriteLine(error.Message); }
        var path = Path(parse.CommandResult);
        terminal.Error.WriteLine($"{path} --help tells what it takes");
        terminal.WriteJson(new { error = string.Join(" ", parse.Errors.Select(static e => e.Message)) });
        return ExitCode.BadInput;
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "lintel";
}
