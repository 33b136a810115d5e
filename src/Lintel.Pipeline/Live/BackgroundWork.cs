using Lintel.Native;
using Lintel.Native.Posix;

namespace Lintel.Pipeline.Live;

/// <summary>Work beside the requests: a thread that the scheduler treats as unimportant looks again and again, until this is disposed.</summary>
/// <param name="name">Of the thread.</param>
/// <param name="every">Between two looks.</param>
/// <param name="nice">See <see cref="BackgroundThread.BeNice"/>.</param>
public sealed class BackgroundWork(string name, TimeSpan every, int nice) : IDisposable
{
    private readonly ManualResetEvent _stop = new(false);
    private Thread? _thread;
    private volatile string? _fault;

    /// <summary>Set once it is to stop: what looks long looks at it, too.</summary>
    public WaitHandle Stopping => _stop;

    /// <summary>Why the last look failed; null: it did not.</summary>
    public string? Fault => _fault;

    /// <summary>Begins to look.</summary>
    /// <param name="look">A file that cannot be read or written, or that is damaged, is its <see cref="Fault"/> and no more: decisions go on, and
    /// it is tried again. <see cref="OperationCanceledException"/> ends the work.</param>
    /// <param name="failing">What a fault means, e.g. <c>nothing is learned</c>.</param>
    /// <param name="warn">Told of each fault that is not the one before.</param>
    /// <param name="atOnce">Looks before it waits for the first time.</param>
    public void Start(Action look, string failing, Action<string> warn, bool atOnce = false)
    {
        _thread = new(() => Run(look, failing, warn, atOnce)) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Stops the thread, and waits for the look that is under way.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run(Action look, string failing, Action<string> warn, bool atOnce)
    {
        BackgroundThread.BeNice(nice);
        while (atOnce || !_stop.WaitOne(every))
        {
            atOnce = false;
            try
            {
                look();
                _fault = null;
            }
            catch (OperationCanceledException) { return; }
            catch (Exception fault) when (fault is IOException or InvalidDataException or NativeException or UnauthorizedAccessException)
            {
                if (_fault != fault.Message) { warn($"{failing}: {fault.Message}"); }
                _fault = fault.Message;
            }
        }
    }
}
