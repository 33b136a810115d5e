using System.Net.Http.Headers;
using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http.Answers;

namespace Lintel.Server.Verification;

/// <summary>Shows that serving computes what replay computed: starts the server on a copy of a version (its state at
/// the start of the test period, an empty temporary log, a clock that the records set), sends every event of the
/// period in log order over HTTP, and compares features as float32 bits, margins as double bits, and
/// outcomes.</summary>
public sealed class SkewVerifier(ServerOptions options)
{
    /// <summary>Records a request; the server still takes them one by one.</summary>
    private const int BatchRecords = 1_000;

    /// <summary>The same where each decision is a page of candidates.</summary>
    private const int BatchPages = 50;

    /// <summary>Changes the instant that the server's clock shows for a record: a planted bug for the test of this
    /// very check.</summary>
    internal Func<LogEntry, long>? ClockFault { get; init; }

    /// <summary>Runs the verification.</summary>
    /// <param name="history">The records that the version was made of.</param>
    /// <param name="from">First record of <see cref="EventHistory.Order"/> behind the version's state at test.</param>
    /// <param name="to">Behind the last record.</param>
    /// <param name="expected">For each decided event between them, in order.</param>
    /// <param name="command">What the certificate says made it.</param>
    /// <param name="made">When it is made.</param>
    /// <exception cref="InvalidOperationException">The server refused a batch; the message holds its problem
    /// document.</exception>
    public async Task<SkewCertificate> RunAsync(
        EventHistory history, int from, int to, SkewExpectation expected, string command, DateTimeOffset made,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var log = Directory.CreateTempSubdirectory("lintel-verify-");
        try
        {
            var clock = new RecordedClock();
            await using var server = await ServerHost.StartAsync(Copy(log.FullName, clock),
                cancellation).ConfigureAwait(false);
            using var comparison = SkewComparison.Of(server.Live.Version, expected);
            await SendAsync(server.Address, history, from, to, clock, comparison, progress,
                cancellation).ConfigureAwait(false);
            var missing = expected.Count - comparison.Decisions;
            return new(
                made, command, Instant(history, from), Instant(history, to - 1), comparison.Decisions,
                comparison.Mismatches + Math.Max(0, missing), comparison.FeatureMismatches, comparison.ScoreMismatches,
                comparison.OutcomeMismatches,
                comparison.FirstDifference ?? (missing > 0 ? $"{missing} replayed decisions have no answer" : null),
                comparison.Digest());
        }
        finally { log.Delete(recursive: true); }
    }

    private ServerOptions Copy(string logFolder, RecordedClock clock) => options with
    {
        Port = 0,
        Public = false,
        LogFolder = logFolder,
        State = VersionFiles.StateAtTest,
        Snapshots = null,
        WatchLive = null,
        Compact = null,
        WatchOutcomes = null,
        MaxBodyBytes = 16 << 20,
        Live = options.Live with
        {
            Clock = clock,
            Order = InstantOrder.Together,
            MaxRecords = BatchRecords,
            AcceptUnknownSubjects = true,
        },
    };

    private async Task SendAsync(
        Uri address, EventHistory history, int from, int to, RecordedClock clock, SkewComparison comparison,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var batch = new RecordBatch(history);
        var most = history.Design.Decision.Ranking is null ? BatchRecords : BatchPages;
        for (int start = from, end; start < to; start = end)
        {
            end = EndOf(history, start, Math.Min(to, start + most));
            batch.Begin();
            for (var i = start; i < end; i++)
            {
                batch.Add(history.Order[i]);
                clock.Announce(ClockFault?.Invoke(history.Order[i]) ?? history.Order[i].Known);
            }
            batch.End();
            using var content = new ReadOnlyMemoryContent(batch.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.PostAsync("/v1/decide?features=true", content,
                cancellation).ConfigureAwait(false);
            var answers = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(
                    $"records {start} to {end - 1} of the log were refused: {System.Text.Encoding.UTF8.GetString(answers)}");
            }
            if (clock.Unread > 0)
            {
                throw new InvalidOperationException(
                    $"records {start} to {end - 1} of the log: {clock.Unread} of them were not accepted anew; their ids are not unique");
            }
            comparison.Take(answers);
            progress?.Report((end - from) / (double)(to - from));
        }
    }

    /// <summary>Where a batch that starts at a record must end, so that every decision has taken effect before what reads it.</summary>
    private static int EndOf(EventHistory history, int start, int end)
    {
        var (design, order) = (history.Design, history.Order);
        var decided = design.Decision.Each.Number;
        var first = Array.FindIndex(order, start, end - start, e => e.Type == decided);
        if (first < 0) { return end; }
        // rules read decisions: each has a batch of its own
        if (DecisionEvent.In(design.Events) is not null) { return first + 1; }
        if (design.Range is null) { return end; }
        // ranges learn from decisions when their outcome comes
        var outcome = Array.FindIndex(order, first, end - first, e => design.Decision.Label.Any(l => l.Event.Number == e.Type));
        return outcome < 0 ? end : outcome;
    }

    private static string Instant(EventHistory history, int index) =>
        index >= 0 && index < history.Order.Length ? Answer.Time(history.Order[index].Known) : "";
}
