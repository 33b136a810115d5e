using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Training.Fitting;
using Lintel.Training.Review;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel review FILE</c>: what a careful interviewer would object to, each with its evidence. Exit 1 when one blocks.</summary>
internal static class ReviewVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        return new Command("review", "Read a design as an interviewer would: findings with evidence, question and fix") { file }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var design = DesignFile.Load(target.DesignPath, Composition.Kinds);
                if (design.Remarks.Length > 0) { DiagnosticsView.Write(terminal.Error, design.Remarks); }
                var hasData = HasData(design, target.DataFolder);
                var evidence = hasData
                    ? await Watch.Run(terminal, progress => Task.FromResult(
                        Preparation.Read(design, Requests.Training(target, parse, terminal, progress)).Evidence())).ConfigureAwait(false)
                    : null;
                var findings = Reviewer.Review(design, evidence);
                FindingsView.Write(terminal.Out, findings);
                if (!hasData)
                {
                    terminal.Out.MarkupLineInterpolated(
                        $"\n[grey]No source file is at {target.DataFolder}: only the design was read. With --data FOLDER the records answer too.[/]");
                }
                var blocks = findings.Any(Reviewer.Blocks);
                terminal.WriteJson(new { findings, blocks, data = hasData });
                return blocks ? ExitCode.No : ExitCode.Done;
            });
    }

    /// <summary>Whether any source of the design has a file; a source that is half there is the reader's fault to tell.</summary>
    private static bool HasData(SystemDesign design, string folder) => design.Events.Where(static e => e.HasSource).Any(e =>
    {
        var pattern = Path.Combine(folder, e.Source);
        var parent = Path.GetDirectoryName(pattern)!;
        return Directory.Exists(parent) && Directory.EnumerateFiles(parent, Path.GetFileName(pattern)).Any();
    });
}
