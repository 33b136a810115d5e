using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lintel.Design;
using Lintel.Events.Sources;
using Lintel.Training;

namespace Lintel.Server.Import;

/// <param name="Accepted">Records that were new.</param> <param name="Repeats">Records whose id was accepted before.</param>
/// <param name="Rejected">Rows that could not be parted into columns.</param>
public sealed record ImportCounts(long Accepted, long Repeats, long Rejected);

/// <summary>Sends the records of files to a server as stream events, in the files' order, a batch at a time. Each batch is on
/// disk before the next is sent, and ids tell repeats from new records: an import that broke off is simply run again.</summary>
public static class ImportRun
{
    private const int BatchRecords = 1_000;

    /// <summary>Half of the server's default limit: whatever one more record adds still fits.</summary>
    private const int BatchBytes = 512 << 10;

    /// <exception cref="InvalidDataException">The server refused a record; what came before it is accepted.</exception>
    public static async Task<ImportCounts> RunAsync(
        HttpClient server, EventDesign type, IReadOnlyList<string> paths, ITrainingProgress progress,
        CancellationToken cancellation = default)
    {
        var counts = new ImportCounts(0, 0, 0);
        foreach (var path in paths)
        {
            progress.Stage($"import {Path.GetFileName(path)}");
            using var file = new RequestLines(path, type);
            var (batch, lines, row) = (new MemoryStream(), 0, 0L);
            foreach (var record in file.Read())
            {
                batch.Write(record);
                batch.WriteByte((byte)'\n');
                lines++;
                row++;
                if (lines < BatchRecords && batch.Length < BatchBytes) { continue; }
                counts = await SendAsync(row).ConfigureAwait(false);
                if (file.Count is { } all) { progress.Report((double)row / all, $"{row:N0} of {all:N0} records"); }
                else { progress.Report(0, $"{row:N0} records"); }
            }
            if (lines > 0) { counts = await SendAsync(row).ConfigureAwait(false); }
            counts = counts with { Rejected = counts.Rejected + file.Rejected.Count };
            foreach (var (line, reason) in file.Rejected.Take(5)) { progress.Note($"{path}, line {line}: {reason}; left out"); }

            async Task<ImportCounts> SendAsync(long rowsRead)
            {
                using var answer = await PostAsync(server, type, batch.ToArray(), cancellation).ConfigureAwait(false);
                var said = answer.RootElement;
                if (said.TryGetProperty("errors", out var errors))
                {
                    var first = errors[0];
                    var line = first.TryGetProperty("line", out var at) ? at.GetInt32() : 1;
                    throw new InvalidDataException(
                        $"{path}, record {rowsRead - lines + line}: {first.GetProperty("what")}; got {first.GetProperty("got")}, expected "
                        + $"{first.GetProperty("expected")}; {first.GetProperty("fix")}. {counts.Accepted + counts.Repeats:N0} records before its batch "
                        + "are accepted: correct the file and run the same import again.");
                }
                batch.SetLength(0);
                lines = 0;
                return counts with
                {
                    Accepted = counts.Accepted + said.GetProperty("accepted").GetInt64(),
                    Repeats = counts.Repeats + said.GetProperty("repeats").GetInt64(),
                };
            }
        }
        return counts;
    }

    /// <summary>Posts a batch; one that is told to come again does.</summary>
    private static async Task<JsonDocument> PostAsync(
        HttpClient server, EventDesign type, byte[] batch, CancellationToken cancellation)
    {
        var path = $"/v1/events?event={Uri.EscapeDataString(type.Name)}&answer=summary";
        while (true)
        {
            using var content = new ByteArrayContent(batch);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var response = await server.PostAsync(path, content, cancellation).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
                continue;
            }
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{server.BaseAddress}{path}: answered {(int)response.StatusCode}, expected a Lintel server; check --url"));
            }
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }
}
