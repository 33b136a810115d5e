using Lintel.Design.Kinds;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http;

/// <summary>Versions that records name: the one that serves, and earlier ones read from the workspace when they are
/// asked for. The latest few stay at hand.</summary>
internal sealed class ServedVersions(Workspace workspace, KindRegistry kinds, LiveService live)
{
    /// <summary>Where versions follow each other by minutes, requests name the last few.</summary>
    private const int Kept = 4;

    private readonly LinkedList<SystemVersion> _earlier = [];

    internal Workspace Workspace { get; } = workspace;

    internal SystemVersion Serving => live.Version;

    /// <summary>Keeps a version at hand that is about to be followed by another: requests that it decided still
    /// name it.</summary>
    internal void Remember(SystemVersion version)
    {
        lock (_earlier)
        {
            _earlier.AddFirst(version);
            if (_earlier.Count > Kept) { _earlier.RemoveLast(); }
        }
    }

    /// <summary>The version that a record names. Of one that learned on the stream and was deleted: the one before it that is still
    /// there, which has its design; it bears its own number.</summary>
    /// <exception cref="InvalidDataException">Its folder is gone or altered.</exception>
    internal SystemVersion Find(int number)
    {
        if (Serving is var serving && serving.Number == number) { return serving; }
        var there = number;
        if (!Directory.Exists(Workspace.VersionFolder(number)))
        {
            there = Workspace.Versions().LastOrDefault(v => v < number, number);
            if (there == serving.Number) { return serving; }
        }
        lock (_earlier)
        {
            if (_earlier.FirstOrDefault(v => v.Number == number || v.Number == there) is { } near) { return near; }
        }
        var version = SystemVersion.Load(Workspace.VersionFolder(there), kinds);
        Remember(version);
        return version;
    }
}
