using System.Collections.Concurrent;

namespace Lintel.Server.Verification;

/// <summary>A clock that the records set: each reading gives the next instant that was announced, in order, so that a
/// batch behaves record by record.</summary>
public sealed class RecordedClock : TimeProvider
{
    private readonly ConcurrentQueue<long> _instants = new();

    /// <summary>Announces the instant of the next record, microseconds since 1970 UTC.</summary>
    public void Announce(long microseconds) => _instants.Enqueue(microseconds);

    /// <summary>Instants that were announced and not read.</summary>
    public int Unread => _instants.Count;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More readings than records.</exception>
    public override DateTimeOffset GetUtcNow() => _instants.TryDequeue(out var microseconds)
        ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
        : throw new InvalidOperationException("the recorded clock was read more often than instants were announced");
}
