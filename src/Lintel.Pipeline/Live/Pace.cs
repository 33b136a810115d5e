namespace Lintel.Pipeline.Live;

/// <summary>Work in short slices with rests between, so that what must be fast finds a processor free. One thread's.</summary>
/// <param name="work">Longest slice.</param>
/// <param name="rest">Between two slices.</param>
/// <param name="stop">Ends the work.</param>
public sealed class Pace(TimeSpan work, TimeSpan rest, WaitHandle stop)
{
    private const int StepsBetweenLooks = 16;

    private long _began = TimeProvider.System.GetTimestamp();
    private int _steps;

    /// <summary>Called behind each small piece of work.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public void Step()
    {
        if (++_steps % StepsBetweenLooks == 0) { Rest(); }
    }

    /// <summary>Rests when the slice is over.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public void Rest()
    {
        if (TimeProvider.System.GetElapsedTime(_began) < work) { return; }
        if (stop.WaitOne(rest)) { throw new OperationCanceledException("stopped"); }
        _began = TimeProvider.System.GetTimestamp();
    }
}
