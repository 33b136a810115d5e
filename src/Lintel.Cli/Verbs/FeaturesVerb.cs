using System.CommandLine;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel features FILE</c>: the catalogue of a system's features: what they are, what training measured, who uses
/// them.</summary>
internal static class FeaturesVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        return new Command("features", "The catalogue of features: what they are, how they look on train, who uses them") { file }.Does(
            (parse, terminal) =>
            {
                var target = DesignTarget.Of(parse, file);
                var number = LiveReference.Read(target.Workspace)?.Champion
                    ?? (target.Workspace.Versions() is [.., var newest] ? newest : (int?)null);
                var folder = number is { } version ? target.Workspace.VersionFolder(version) : null;
                // before the first version the design alone is told
                var design = DesignFile.Load(folder is null ? target.DesignPath : Path.Combine(folder, VersionFiles.Design), Composition.Kinds);
                var catalogue = FeatureCatalogue.Of(design, folder is null ? null : SystemVersion.ReadManifest(folder));
                var table = new Table().Border(TableBorder.Simple).AddColumns("feature", "type", "needs", "missing", "1 % to 99 %", "importance", "used by");
                foreach (var feature in catalogue)
                {
                    string[] users = [.. feature.UsedBy.Models, .. feature.UsedBy.Features, .. feature.UsedBy.Slices, .. feature.UsedBy.Rules];
                    table.AddRow(
                        new Markup($"[bold]{Markup.Escape(feature.Name)}[/]\n[grey]{Markup.Escape(feature.Expression)}[/]"), new Text(feature.Type),
                        new Text(string.Join(", ", feature.Inputs)), new Text($"{feature.MissingShare:0.0%}"),
                        new Text(feature.Low is null ? "" : $"{feature.Low:G4} to {feature.High:G4}"), new Text($"{feature.Importance:G3}"),
                        new Text(string.Join(", ", users)));
                }
                terminal.Out.Write(table);
                terminal.WriteJson(new { version = number, features = catalogue });
                return ExitCode.Done;
            });
    }
}
