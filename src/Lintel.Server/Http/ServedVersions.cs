using System.Collections.Concurrent;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http;

/// <summary>Versions that records name: the one that serves, and earlier ones read from the workspace when they are
/// asked for.</summary>
internal sealed class ServedVersions(Workspace workspace, KindRegistry kinds, SystemVersion serving)
{
    private readonly ConcurrentDictionary<int, SystemVersion> _earlier = [];

    internal Workspace Workspace { get; } = workspace;

    internal SystemVersion Serving { get; } = serving;

    /// <exception cref="InvalidDataException">Its folder is gone or altered.</exception>
    internal SystemVersion Find(int number) => number == Serving.Number
        ? Serving
        : _earlier.GetOrAdd(number, n => SystemVersion.Load(Workspace.VersionFolder(n), kinds));
}
