using System.CommandLine;
using Lintel.Cli.Shell;
using Lintel.Design.Reference;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel schema</c>: the JSON Schema of the design file, for editors. It is JSON with or without <c>--json</c>.</summary>
internal static class SchemaVerb
{
    public static Command Command() =>
        new Command("schema", "The JSON Schema of the design file, for editors").Does(static (_, _) =>
        {
            Console.Out.Write(JsonSchema.Generate(Composition.Kinds));
            return ExitCode.Done;
        });
}
