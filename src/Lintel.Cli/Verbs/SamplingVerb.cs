using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Online;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel sampling FILE</c>: one model in every way against rare positives, judged on rows that were not sampled.</summary>
internal static class SamplingVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var seed = CommonOptions.Seed();
        var model = new Option<string?>("--model") { Description = "The model that is fitted in each way (default: the first that can)", HelpName = "NAME" };
        var days = CommonOptions.Bounded<int?>(
            new("--days") { Description = "Judge by this many days, from the first of test on (default: all)", HelpName = "N" }, 1, 3_660);
        return new Command("sampling", "Compare ways to meet rare positives: sampled negatives, weights, up-sampling") { file, seed, model, days }
            .Does(async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var made = await Watch.Run(terminal, progress => Task.FromResult(SamplingRun.Run(
                    Requests.Training(target, parse, terminal, progress, parse.GetValue(seed)), parse.GetValue(model), parse.GetValue(days),
                    cancellation))).ConfigureAwait(false);
                SamplingView.Write(terminal.Out, made);
                terminal.WriteJson(made);
                return ExitCode.Done;
            });
    }
}
