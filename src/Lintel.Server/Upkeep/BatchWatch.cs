using Lintel.Design;
using Lintel.Pipeline.Batch;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Upkeep;

/// <summary>Brings the newest pages that were made ahead to the live service: those of the version that serves, at the start and
/// when newer ones are complete. Pages that cannot be read change nothing: those before them go on, or every page is found when it
/// is asked for.</summary>
internal sealed class BatchWatch : IDisposable
{
    private readonly string _root;
    private readonly LiveService _live;
    private readonly Action<string> _warn;
    private readonly BackgroundWork _work;

    /// <summary>Looks at once, then goes on looking beside the requests.</summary>
    internal BatchWatch(string root, LiveService live, TimeSpan every, Action<string> warn)
    {
        (_root, _live, _warn) = (root, live, warn);
        Look();
        _work = new("lintel batches", every, new SnapshotOptions().Nice);
        _work.Start(Look, "pages made ahead are not watched", warn);
    }

    /// <summary>Why the newest pages are not used; null: they are, or there are none.</summary>
    internal string? Fault { get; private set; }

    public void Dispose() => _work.Dispose();

    private void Look()
    {
        var version = _live.Version;
        if (version.Design.Serve.Mode != ServeMode.Batch || version.Retriever is null)
        {
            (_live.Precomputed, Fault) = (null, null);
            return;
        }
        try
        {
            if (PrecomputedReader.Newest(_root, version) is { } newest && !IsServed(newest, version.Number))
            {
                _live.Precomputed = PrecomputedReader.Read(newest, _live);
            }
            Fault = null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var message = $"pages made ahead are not used: {fault.Message}";
            if (Fault != message) { _warn(message); }
            Fault = message;
        }
    }

    private bool IsServed(BatchFolder batch, int version) =>
        _live.Precomputed is { } pages && pages.Description == batch.Description && version == pages.Description.Version;
}
