using System.Collections.Concurrent;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http;

/// <summary>Versions that records name: the one that serves, and earlier ones read from the workspace when they are
/// asked for.</summary>
internal sealed class ServedVersions(Workspace workspace, KindRegistry kinds, LiveService live)
{
    private readonly ConcurrentDictionary<int, SystemVersion> _earlier = [];

    internal Workspace Workspace { get; } = workspace;

    internal SystemVersion Serving => live.Version;

    /// <summary>Keeps a version at hand that is about to be followed by another: requests that it decided still
    /// name it.</summary>
    internal void Remember(SystemVersion version) => _earlier[version.Number] = version;

    /// <exception cref="InvalidDataException">Its folder is gone or altered.</exception>
    internal SystemVersion Find(int number) => Serving is var serving && serving.Number == number
        ? serving
        : _earlier.GetOrAdd(number, n => SystemVersion.Load(Workspace.VersionFolder(n), kinds));
}
