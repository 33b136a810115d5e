using System.CommandLine;

namespace Lintel.Cli.Shell;

/// <summary>Gives a command its work, inside the boundary that turns every fault into a message and an exit code.</summary>
internal static class Verb
{
    public static Command Does(
        this Command command, Func<ParseResult, Terminal, CancellationToken, Task<ExitCode>> work)
    {
        command.SetAction(async (parse, cancellation) =>
        {
            var terminal = Terminal.Of(parse.GetValue(CommonOptions.Json));
            return (int)await FaultBoundary.Run(terminal, () => work(parse, terminal, cancellation)).ConfigureAwait(false);
        });
        return command;
    }

    public static Command Does(this Command command, Func<ParseResult, Terminal, ExitCode> work) =>
        command.Does((parse, terminal, _) => Task.FromResult(work(parse, terminal)));
}
