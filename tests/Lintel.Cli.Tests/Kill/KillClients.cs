using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lintel.Numerics.Random;

namespace Lintel.Cli.Tests.Kill;

/// <summary>Clients that send decisions, payments without one, verdicts and list changes, each with ids of its own, and write down
/// what was acknowledged. Who got no answer asks again once the server is back, as clients do, or never does.</summary>
internal sealed class KillClients(ulong seed)
{
    private const int Clients = 6;
    private readonly ConcurrentDictionary<string, bool> _judging = new(StringComparer.Ordinal);
    private int _sent;
    private int _answers;

    /// <summary>The answer to each decided payment, by its id, to the byte.</summary>
    internal ConcurrentDictionary<string, string> Decided { get; } = new(StringComparer.Ordinal);

    /// <summary>Payments accepted without a decision.</summary>
    internal ConcurrentDictionary<string, bool> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>Payments whose verdict was accepted.</summary>
    internal ConcurrentDictionary<string, bool> Judged { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, bool> Listed { get; } = new(StringComparer.Ordinal);

    /// <summary>Every payment that was ever sent, acknowledged or not.</summary>
    internal ConcurrentDictionary<string, bool> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were neither given nor cut off: there must be none.</summary>
    internal ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Requests that were acknowledged.</summary>
    internal int Answers => Volatile.Read(ref _answers);

    /// <summary>Sends until the server is gone.</summary>
    internal Task RunAsync(HttpClient server, int round) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(c => ClientAsync(server, new RandomStream(seed + (ulong)((round * Clients) + c)))));

    /// <summary>Asks again for everything that was acknowledged: the same answers must come.</summary>
    internal async Task<int> DifferencesAsync(HttpClient server)
    {
        var different = 0;
        foreach (var (id, first) in Decided)
        {
            using var answer = await server.PostAsync("/v1/decide", Json(Payment(id)));
            different += await answer.Content.ReadAsStringAsync() == first ? 0 : 1;
        }
        foreach (var batch in Accepted.Keys.Chunk(100))
        {
            using var answer = await server.PostAsync(
                "/v1/events", Json($"[{string.Join(',', batch.Select(static id => Event(id)))}]"));
            using var records = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            different += records.RootElement.EnumerateArray().Count(static r => !r.TryGetProperty("repeat", out _));
        }
        using var list = JsonDocument.Parse(await server.GetStringAsync("/v1/lists/blocklist"));
        var kept = list.RootElement.GetRawText();
        return different + Listed.Keys.Count(card => !kept.Contains($"\"{card}\"", StringComparison.Ordinal));
    }

    private async Task ClientAsync(HttpClient server, RandomStream random)
    {
        // what the kill before cut off is asked again by some: it may have been accepted, and must not count twice
        var open = new Queue<string>(Sent.Keys.Where(id => !Decided.ContainsKey(id) && !Accepted.ContainsKey(id)).Take(3));
        while (true)
        {
            try
            {
                var kind = random.NextInt32(20);
                var id = open.TryDequeue(out var again) ? again : $"p{Interlocked.Increment(ref _sent)}";
                if (kind < 12) { await DecideAsync(server, [id]); }
                else if (kind < 14) { await DecideAsync(server, [id, $"{id}-b", $"{id}-c"]); }
                else if (kind < 16) { await AcceptAsync(server, id); }
                else if (kind < 19) { await JudgeAsync(server, random); }
                else { await ListAsync(server, $"x{random.NextInt32(1_000_000)}"); }
            }
            catch (HttpRequestException) { return; }
            catch (IOException) { return; }
            catch (TaskCanceledException) { return; }
        }
    }

    private async Task DecideAsync(HttpClient server, string[] ids)
    {
        foreach (var id in ids) { Sent[id] = true; }
        var body = ids.Length == 1 ? Payment(ids[0]) : $"[{string.Join(',', ids.Select(static id => Payment(id)))}]";
        if (await SendAsync(server, HttpMethod.Post, "/v1/decide", body, ids[0]) is not { } answer) { return; }
        if (ids.Length == 1)
        {
            Decided[ids[0]] = answer;
            return;
        }
        using var all = JsonDocument.Parse(answer);
        for (var i = 0; i < ids.Length; i++) { Decided[ids[i]] = all.RootElement[i].GetRawText(); }
    }

    private async Task AcceptAsync(HttpClient server, string id)
    {
        Sent[id] = true;
        if (await SendAsync(server, HttpMethod.Post, "/v1/events", Event(id), id) is not null) { Accepted[id] = true; }
    }

    private async Task JudgeAsync(HttpClient server, RandomStream random)
    {
        var about = $"p{1 + random.NextInt32(Math.Max(1, _sent))}";
        if (!Decided.ContainsKey(about) || !_judging.TryAdd(about, true)) { return; }
        var body = $$"""{"event":"verdict","about":"{{about}}","fraud":{{(random.NextInt32(3) == 0 ? "true" : "false")}}}""";
        if (await SendAsync(server, HttpMethod.Post, "/v1/events", body, about) is not null) { Judged[about] = true; }
    }

    private async Task ListAsync(HttpClient server, string card)
    {
        if (await SendAsync(server, HttpMethod.Put, $"/v1/lists/blocklist/{card}", """{"by":"a test","why":"stolen"}""", card) is not null)
        {
            Listed[card] = true;
        }
    }

    /// <returns>The answer; null when it is none that acknowledges.</returns>
    private async Task<string?> SendAsync(HttpClient server, HttpMethod method, string path, string body, string id)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Json(body) };
        using var answer = await server.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _answers);
            return text;
        }
        // a payment that was accepted without a decision before cannot be decided: an answer, not a fault
        if ((int)answer.StatusCode != 409) { Faults.Enqueue($"{path} {id}: {text}"); }
        return null;
    }

    private static string Payment(string id)
    {
        var n = id.Sum(static c => c);
        return $$"""{"id":"{{id}}","card":"c{{n % 11}}","terminal":"t{{n % 7}}","amount":{{n % 97}},"online":false}""";
    }

    private static string Event(string id) => Payment(id).Insert(1, "\"event\":\"payment\",");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
