namespace Lintel.Pipeline.Live;

/// <summary>Says when records are accepted. Between two readings the wall clock must have moved as far as the monotonic
/// one; when it has jumped by more than a second, forwards or back, the monotonic clock goes on alone until the wall
/// clock agrees with it again. The sequencer owns it.</summary>
/// <remarks>A jump forwards would empty every window at once, and no later record could undo it; after a jump backwards
/// known would stand still. Slow corrections (slewing, steps below a second) are followed.</remarks>
/// <param name="isGuarded">False where the records of files set the clock: only the wall clock is read then, once for
/// each.</param>
internal sealed class LiveClock(TimeProvider time, bool isGuarded)
{
    /// <summary>Largest step that is followed.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private long _wall = long.MinValue;
    private long _mark;
    private long _jump;

    /// <summary>Told when the wall clock has jumped, and by how much; zero when it agrees again.</summary>
    internal Action<TimeSpan>? Jumped { get; set; }

    /// <summary>How far the wall clock stands ahead of the time that records get; negative: behind; zero: they
    /// agree.</summary>
    internal TimeSpan Jump => TimeSpan.FromMicroseconds(Interlocked.Read(ref _jump));

    /// <summary>Microseconds since 1970 UTC.</summary>
    internal long Now()
    {
        var wall = (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        if (!isGuarded) { return wall; }
        var mark = time.GetTimestamp();
        var expected = _wall == long.MinValue ? wall : _wall + (time.GetElapsedTime(_mark, mark).Ticks / TimeSpan.TicksPerMicrosecond);
        var apart = TimeSpan.FromMicroseconds(wall - expected);
        if (apart.Duration() > Tolerance)
        {
            Tell(wall - expected);
            return expected;
        }
        Tell(0);
        (_wall, _mark) = (wall, mark);
        return wall;
    }

    private void Tell(long jump)
    {
        var before = Interlocked.Exchange(ref _jump, jump);
        // the distance may waver by what slewing does; that is no new jump
        if (Math.Abs(jump - before) > Tolerance.Ticks / TimeSpan.TicksPerMicrosecond)
        {
            Jumped?.Invoke(TimeSpan.FromMicroseconds(jump));
        }
    }
}
