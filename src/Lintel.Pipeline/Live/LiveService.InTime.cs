using System.Collections.Concurrent;
using System.Text;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

// answers within the design's time-out, whatever scoring and the disk do
public sealed partial class LiveService
{
    /// <summary>Answers given in the place of decisions, by id, until the log says so, too.</summary>
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _corrections = [];

    /// <summary>Answers within the time-out, from the body read whole: with what was decided, or with what the design gives
    /// on failure. Then a decision that says so follows in the log, and the latest of an event counts.</summary>
    private async ValueTask ApplyInTimeAsync(LiveRequest request, TimeSpan timeOut)
    {
        var (names, served) = (request.Names(), request.Served!);
        var work = request.Lend();
        var running = Task.Run(() => ApplyWholeAsync(work, decide: true).AsTask());
        var left = timeOut - TimeProvider.System.GetElapsedTime(request.ReadAt);
        try
        {
            await running.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero).ConfigureAwait(false);
            request.Freshness = work.Freshness;
            return;
        }
        catch (TimeoutException) when (work.TryBeLate()) { }
        catch (TimeoutException)
        {
            await running.ConfigureAwait(false);                             // done just now
            request.Freshness = work.Freshness;
            return;
        }
        // who asks again waits until the log says what is answered now; what is decided from now on says it by itself
        var corrected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var decided = served.Version.Design.Decision.Each;
        string[] ids = [.. names.Where(n => n.Event == decided).Select(static n => Encoding.UTF8.GetString(n.Id))];
        foreach (var id in ids) { _corrections[id] = corrected; }
        request.AnswerLate(names, decided, served.Decider);
        // neither holds up the answer: the log may be what hangs
        _ = running.ContinueWith(static t => t.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _ = Task.Run(() => Correct(work, ids, corrected));
    }

    /// <summary>Appends what was answered behind decisions that had taken their place by then.</summary>
    private void Correct(LiveRequest late, string[] ids, TaskCompletionSource corrected)
    {
        try
        {
            for (var i = 0; i < late.Count; i++)
            {
                var item = late[i];
                lock (_sequencer)
                {
                    if (item.DecisionPlace < 0 || item.Decision.Late) { continue; }
                    late.Served!.Decider.Fail(item.Decision, isLate: true, item.Page);
                    item.DecisionPlace = AppendDecision(item.Decision);
                }
            }
        }
        catch (LogClosedException)
        {
            // the log is closed for good; after the next start the event, if it is there, is decided anew
        }
        finally
        {
            foreach (var id in ids) { _corrections.TryRemove(id, out _); }
            corrected.SetResult();
        }
    }

    /// <summary>Place of the answer, once it is on disk and nothing else was answered meanwhile; negative: none was asked
    /// for.</summary>
    private async ValueTask<long> DurableDecisionAsync(byte[] idUtf8)
    {
        var id = Encoding.UTF8.GetString(idUtf8);
        while (true)
        {
            var place = await DecisionPlaceAsync(idUtf8).ConfigureAwait(false);
            if (_corrections.TryGetValue(id, out var correction))
            {
                await correction.Task.ConfigureAwait(false);
                continue;
            }
            if (place < 0) { return place; }
            await _log.WaitAsync(place).ConfigureAwait(false);
            if (place == await DecisionPlaceAsync(idUtf8).ConfigureAwait(false) && !_corrections.ContainsKey(id))
            {
                return place;
            }
        }
    }
}
