using System.CommandLine;

namespace Lintel.Cli.Shell;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object on standard output and nothing else there",
        Recursive = true,
    };

    public static Option<string?> Workspace { get; } = new("--workspace")
    {
        Description = "Folder that .lintel/ goes to, or the name of a system (default: the design's folder)",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder that the design's sources are relative to (default: the design's folder, or its world's data)",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static Argument<string> Design() => new("FILE")
    {
        Description = "A design file, its folder, or the name of a system in systems/",
    };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of everything that is drawn (default 1)",
        DefaultValueFactory = static _ => 1,
        HelpName = "N",
    };

    public static Option<int> Port() => Bounded<int>(
        new("--port")
        {
            Description = "Port of 127.0.0.1 that the server listens on (default 8080; 0: any free one)",
            DefaultValueFactory = static _ => 8080,
            HelpName = "N",
        },
        0, 65_535);

    /// <summary>Refuses a number outside its range; a text that is no number is the parser's own fault.</summary>
    public static Option<T> Bounded<T>(Option<T> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
            {
                result.AddError($"{option.Name}: got {number}, expected {least} to {most}");
            }
        });
        return option;
    }
}
