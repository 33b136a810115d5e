using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Online;
using Lintel.Training.Report;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel tradeoffs FILE</c>: what each model brings and costs, fitted once, fitted anew or learning online.</summary>
internal static class TradeoffsVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var seed = CommonOptions.Seed();
        var models = new Option<string[]>("--model") { Description = "Only this model; may be given several times (default: all)", HelpName = "NAME" };
        return new Command("tradeoffs", "Compare a design's models: quality, latency, cost of training, and how fast they grow old") { file, seed, models }
            .Does(async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var made = await Watch.Run(terminal, progress => Task.FromResult(TradeoffRun.Run(
                    Requests.Training(target, parse, terminal, progress, parse.GetValue(seed)), parse.GetValue(models) ?? [], cancellation)))
                    .ConfigureAwait(false);
                Directory.CreateDirectory(target.Workspace.Root);
                var page = Path.Combine(target.Workspace.Root, "tradeoffs.html");
                await File.WriteAllTextAsync(page, TradeoffsPage.Write(made), cancellation).ConfigureAwait(false);
                TradeoffsView.Write(terminal.Out, made);
                terminal.Out.WriteLine();
                terminal.WriteVerbatim($"plots: {page}");
                terminal.WriteJson(new { tradeoffs = made, page });
                return ExitCode.Done;
            });
    }
}
