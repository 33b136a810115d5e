using Lintel.Events.Log;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <content>Another version takes over while requests run.</content>
public sealed partial class LiveService
{
    /// <summary>Lets another version decide from here on. Requests that run end with the one that they began
    /// with.</summary>
    /// <param name="follower">Its state, near the log's end; the rest is replayed inside the sequencer, so that it
    /// misses nothing. The service owns it from now on.</param>
    /// <exception cref="LogClosedException">The log takes no records any more; the version before goes on.</exception>
    public void Adopt(SystemVersion version, LogFollower follower)
    {
        lock (_sequencer)
        {
            var wait = default(SpinWait);
            while (_log.Durable <= _lastPlace)
            {
                if (_log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
                wait.SpinOnce();
            }
            follower.Follow(_log.Durable);
            var served = new Served(version, follower.State);
            Declare(served, _log);
            _served = served;
        }
    }

    /// <summary>Says in the log how the events behind it are laid out, unless the log says so already.</summary>
    private static void Declare(Served served, AppendLog log)
    {
        var layouts = served.State.Layouts;
        log.StartSegmentsWith(LiveRecordType.Layout, served.Layout.Written);
        if (layouts.Last is not { } before || !before.Written.SequenceEqual(served.Layout.Written))
        {
            // one segment, one layout: whoever starts in its middle is shown its first record
            log.Roll();
            layouts.Add(log.Append(LiveRecordType.Layout, served.Layout.Written), served.Layout);
        }
    }

    /// <summary>Reads a request's records into the design that decides now: another was adopted while it came.</summary>
    private static void Move(LiveRequest request, Served served)
    {
        for (var i = 0; i < request.Count; i++)
        {
            var name = request[i].Record.Event.Name;
            if (served.Translate(request[i].Record, request.Served!)) { continue; }
            request.Faults.Add(new(RequestFault.NotValid, RecordFaults.Pointer(request.PointerIndex(i)), "no such event type any more", name,
                served.Shapes.Names, $"version {served.Version.Number} was promoted while the request came; send what it declares"));
            return;
        }
        request.Served = served;
    }
}
