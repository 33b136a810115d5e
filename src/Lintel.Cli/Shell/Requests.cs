using System.CommandLine;
using Lintel.Training;
using Lintel.Training.Fitting;

namespace Lintel.Cli.Shell;

/// <summary>Turns what was typed into what the rooms below are asked.</summary>
internal static class Requests
{
    public static TrainingRequest Training(DesignTarget target, ParseResult parse, Terminal terminal, ITrainingProgress progress, ulong seed = 1) => new()
    {
        DesignPath = target.DesignPath,
        DataFolder = target.DataFolder,
        Workspace = target.Workspace,
        Kinds = Composition.Kinds,
        Seed = seed,
        Command = CommandLine(parse),
        Clock = terminal.Time,
        Progress = progress,
    };

    /// <summary>What was typed, as it can be typed again.</summary>
    public static string CommandLine(ParseResult parse) =>
        "lintel " + string.Join(' ', parse.Tokens.Select(static t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{t.Value}\"" : t.Value));

    /// <summary>Who promotes: the user of this machine.</summary>
    public static string User => Environment.UserName;
}
