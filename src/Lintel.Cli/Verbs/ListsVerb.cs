using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Live.Lists;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel lists FILE [show|add|remove|import] …</c>: the named lists that rules ask.</summary>
internal static class ListsVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var action = new Argument<string>("ACTION") { Description = "show, add, remove or import", DefaultValueFactory = static _ => "show" };
        action.AcceptOnlyFromAmong("show", "add", "remove", "import");
        var list = new Argument<string?>("LIST") { Description = "A list that a rule names", DefaultValueFactory = static _ => null };
        var key = new Argument<string?>("KEY") { Description = "The key to add or remove", DefaultValueFactory = static _ => null };
        var lasts = new Option<string?>("--for") { Description = "How long the key stays, e.g. 30d (default: until it is removed)", HelpName = "DURATION" };
        var until = new Option<string?>("--until") { Description = "Until when it stays, e.g. 2027-01-31T12:00:00Z", HelpName = "TIME" };
        var why = new Option<string?>("--why") { Description = "The reason, kept in the log", HelpName = "TEXT" };
        var url = WorkspaceServer.Url();
        return new Command("lists", "Show and change the lists that rules name") { file, action, list, key, lasts, until, why, url }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var (name, wanted) = (parse.GetValue(list), parse.GetValue(key));
                var doing = parse.GetRequiredValue(action);
                if (doing is "add" or "remove" && (name is null || wanted is null))
                {
                    throw new UsageException($"lintel lists FILE {doing} LIST KEY");
                }
                var taken = doing == "import" ? Aside(target) : [];
                try
                {
                    await using var server = await WorkspaceServer.OpenAsync(target.Workspace, parse.GetValue(url), cancellation).ConfigureAwait(false);
                    var answer = doing switch
                    {
                        "add" => await Put(server.Client, name!, wanted!, new
                        {
                            @for = parse.GetValue(lasts),
                            until = parse.GetValue(until),
                            why = parse.GetValue(why) ?? "",
                            by = Requests.User,
                        }, cancellation).ConfigureAwait(false),
                        "remove" => await Send(server.Client, new(HttpMethod.Delete,
                            $"{Path(name!, wanted)}?by={Uri.EscapeDataString(Requests.User)}&why={Uri.EscapeDataString(parse.GetValue(why) ?? "")}"),
                            cancellation).ConfigureAwait(false),
                        "import" => await Import(server.Client, taken, cancellation).ConfigureAwait(false),
                        _ => await Send(server.Client, new(HttpMethod.Get, Path(name, null)), cancellation).ConfigureAwait(false),
                    };
                    terminal.Out.WriteLine(JsonSerializer.Serialize(answer, Pipeline.Versions.VersionManifest.Json));
                    terminal.WriteJson(answer);
                }
                catch
                {
                    foreach (var (_, path) in taken) { File.Move(path + ".imported", path); }
                    throw;
                }
                return ExitCode.Done;
            });
    }

    /// <summary>Puts the files of an earlier kind aside, as a server starts without them only.</summary>
    private static IReadOnlyList<(string List, string Path)> Aside(DesignTarget target)
    {
        var files = ListFiles.Find(target.Workspace);
        if (files.Count == 0) { throw new UsageException($"{target.Workspace.Root}/lists has no NAME.txt to import"); }
        foreach (var (_, path) in files) { File.Move(path, path + ".imported"); }
        return files;
    }

    private static async Task<JsonElement> Import(
        HttpClient client, IReadOnlyList<(string List, string Path)> files, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (list, path) in files)
        {
            foreach (var key in ListFiles.Keys(path + ".imported"))
            {
                await Put(client, list, key, new { why = $"imported from {System.IO.Path.GetFileName(path)}", by = Requests.User }, cancellation)
                    .ConfigureAwait(false);
                counts[list] = counts.GetValueOrDefault(list) + 1;
            }
        }
        return JsonSerializer.SerializeToElement(new { imported = counts });
    }

    private static Task<JsonElement> Put(HttpClient client, string list, string key, object change, CancellationToken cancellation)
    {
        var said = JsonSerializer.SerializeToNode(change)!.AsObject();
        foreach (var name in said.Where(static p => p.Value is null).Select(static p => p.Key).ToArray()) { said.Remove(name); }
        return Send(client, new(HttpMethod.Put, Path(list, key)) { Content = JsonContent.Create(said) }, cancellation);
    }

    private static async Task<JsonElement> Send(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer : throw new UsageException(answer.GetProperty("detail").GetString()!);
    }

    private static string Path(string? list, string? key) =>
        "/v1/lists" + (list is null ? "" : "/" + Uri.EscapeDataString(list)) + (key is null ? "" : "/" + Uri.EscapeDataString(key));
}
