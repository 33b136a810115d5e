using System.CommandLine;
using System.Text.Json;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel reviews FILE</c>: the queue of a running server; <c>next</c> takes the most urgent item and asks for the
/// verdict.</summary>
internal static class ReviewsVerb
{
    private const string Next = "next";

    public static Command Command()
    {
        var file = CommonOptions.Design();
        var action = new Argument<string?>("ACTION")
        {
            Description = "next: claim the most urgent item, show it, and ask for the verdict",
            Arity = ArgumentArity.ZeroOrOne,
        };
        action.AcceptOnlyFromAmong(Next);
        var url = new Option<string>("--url")
        {
            Description = "Where the server answers (default http://127.0.0.1:8080)",
            DefaultValueFactory = static _ => "http://127.0.0.1:8080",
            HelpName = "URL",
        };
        var by = new Option<string?>("--by") { Description = "Who reviews (default: the user of this machine)", HelpName = "NAME" };
        var verdict = new Option<string?>("--verdict") { Description = "Give the verdict without asking: yes or no", HelpName = "V" };
        verdict.AcceptOnlyFromAmong("yes", "no");
        var note = new Option<string?>("--note") { Description = "Why; stands beside the verdict in the log", HelpName = "TEXT" };
        var limit = CommonOptions.Bounded<int>(
            new("--limit") { Description = "Most items to list (default 20)", DefaultValueFactory = static _ => 20, HelpName = "N" }, 0, 1_000);
        return new Command("reviews", "The queue that people look at: list it, or judge what comes next")
        {
            file, action, url, by, verdict, note, limit,
        }.Does(async (parse, terminal, cancellation) =>
        {
            using var client = new ServerClient(parse.GetRequiredValue(url));
            var design = DesignFile.Load(DesignTarget.Of(parse, file).DesignPath, Composition.Kinds);
            try
            {
                var queue = await client.GetAsync($"/v1/reviews?limit={parse.GetValue(limit)}", cancellation).ConfigureAwait(false);
                var system = queue.GetProperty("system").GetString();
                if (system != design.System)
                {
                    throw new UsageException($"{parse.GetValue(url)} serves '{system}', not '{design.System}'; say where it is served with --url");
                }
                if (parse.GetValue(action) is null)
                {
                    ReviewsView.WriteQueue(terminal.Out, queue);
                    terminal.WriteJson(queue);
                    return ExitCode.Done;
                }
                var reviewer = new Reviewer(parse.GetValue(by) ?? Requests.User, parse.GetValue(verdict), parse.GetValue(note) ?? "");
                return await JudgeNext(client, queue, reviewer, terminal, cancellation).ConfigureAwait(false);
            }
            catch (RefusedException refused) when (refused.Status == 409)
            {
                terminal.Error.MarkupLineInterpolated($"[yellow]not done:[/] {refused.Message}");
                terminal.WriteJson(new { error = refused.Message });
                return ExitCode.No;
            }
            catch (RefusedException refused) { throw new UsageException(refused.Message); }
        });
    }

    /// <param name="Verdict">yes, no, or null: ask.</param>
    private sealed record Reviewer(string Name, string? Verdict, string Note);

    private static async Task<ExitCode> JudgeNext(
        ServerClient client, JsonElement queue, Reviewer reviewer, Terminal terminal, CancellationToken cancellation)
    {
        if (reviewer.Verdict is null && (Console.IsInputRedirected || terminal.Json))
        {
            throw new UsageException("next asks for a verdict, and nobody is here to answer; add --verdict yes or --verdict no");
        }
        JsonElement claimed;
        try
        {
            claimed = await client.PostAsync("/v1/reviews/claim", new { by = reviewer.Name, act = NewId() }, cancellation).ConfigureAwait(false);
        }
        catch (RefusedException refused) when (refused.Status == 404)
        {
            terminal.Out.MarkupLineInterpolated($"[grey]{refused.Message}[/]");
            terminal.WriteJson(new { item = (string?)null });
            return ExitCode.No;
        }
        var path = "/v1/reviews/" + Uri.EscapeDataString(claimed.GetProperty("id").GetString()!);
        var item = await client.GetAsync(path, cancellation).ConfigureAwait(false);
        ReviewsView.WriteItem(terminal.Out, item, queue);
        if ((reviewer.Verdict ?? Ask(terminal, queue)) is not { } verdict)
        {
            await client.PostAsync(path + "/release", new { by = reviewer.Name, act = NewId() }, cancellation).ConfigureAwait(false);
            terminal.Out.MarkupLine("[grey]released[/]");
            return ExitCode.Done;
        }
        var answer = await client.PostAsync(
            path + "/verdict", new { by = reviewer.Name, act = NewId(), value = verdict == "yes", note = reviewer.Note },
            cancellation).ConfigureAwait(false);
        terminal.Out.MarkupLineInterpolated($"[green]✔[/] {answer.GetProperty("id").GetString()}: {ReviewsView.Word(answer.GetProperty("verdict").GetBoolean(), queue)}, by {reviewer.Name}");
        terminal.WriteJson(answer);
        return ExitCode.Done;
    }

    /// <summary>Asks until the answer is one; null: give the item back.</summary>
    private static string? Ask(Terminal terminal, JsonElement queue)
    {
        while (true)
        {
            terminal.Out.MarkupInterpolated($"\n{ReviewsView.Word(true, queue)}? [[y]]es, [[n]]o, [[r]]elease: ");
            switch (Console.In.ReadLine()?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return "yes";
                case "n" or "no":
                    return "no";
                case null or "r" or "release":
                    return null;
            }
        }
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
