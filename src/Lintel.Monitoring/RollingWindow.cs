namespace Lintel.Monitoring;

/// <summary>The window of figures: it rolls on in steps, of which the last ones are kept.</summary>
/// <param name="window">Its length.</param> <param name="begin">Begins a step.</param>
internal sealed class RollingWindow<T>(TimeSpan window, Func<T> begin)
    where T : class
{
    /// <summary>Steps in which it rolls on.</summary>
    public const int StepCount = 48;

    private readonly Queue<(long Index, T Step)> _steps = new();
    private readonly long _width = WidthOf(window);
    private (long Index, T? Step) _last;

    /// <summary>Length of a step, microseconds.</summary>
    public static long WidthOf(TimeSpan window) => Math.Max(1, window.Ticks / TimeSpan.TicksPerMicrosecond / StepCount);

    /// <summary>The step of an instant; what lies before the last step counts in it, since known never goes back.</summary>
    public T At(long known)
    {
        var index = known / _width;
        if (_last.Step is { } last && index <= _last.Index) { return last; }
        while (_steps.TryPeek(out var oldest) && oldest.Index <= index - StepCount) { _steps.Dequeue(); }
        _last = (index, begin());
        _steps.Enqueue((index, _last.Step!));
        return _last.Step!;
    }

    /// <summary>The steps of the window that ends at an instant, the oldest first.</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public T[] Until(long at)
    {
        var last = at / _width;
        return [.. _steps.Where(s => s.Index > last - StepCount && s.Index <= last).Select(static s => s.Step)];
    }
}
