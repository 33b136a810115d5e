namespace Lintel.Native.Posix;

/// <summary>Tells the scheduler that a thread's work can wait.</summary>
public static class BackgroundThread
{
    /// <summary>Gives the calling thread, and no other, a nice value; the scheduler then favours all that serve
    /// requests. Linux only, elsewhere nothing.</summary>
    /// <param name="nice">0 (as others) to 19. At 19 a thread can be kept from running so long that whoever must wait
    /// for it, such as a garbage collection, waits too.</param>
    /// <returns>Whether the scheduler took it.</returns>
    public static bool BeNice(int nice)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nice);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nice, 19);
        return OperatingSystem.IsLinux()
            && PosixCalls.SetPriority(PosixCalls.PrioProcess, PosixCalls.GetThreadId(), nice) == 0;
    }

    /// <summary>The calling thread's nice value; 0 where there is none.</summary>
    public static int Nice() =>
        OperatingSystem.IsLinux() ? PosixCalls.GetPriority(PosixCalls.PrioProcess, PosixCalls.GetThreadId()) : 0;
}
