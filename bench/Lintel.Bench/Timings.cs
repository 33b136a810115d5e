using System.Diagnostics;

namespace Lintel.Bench;

/// <summary>Latencies of single calls, in timer ticks; the timer's own 20 to 30 ns are in every figure, ours and the peer's.</summary>
internal sealed class Timings(int capacity)
{
    private readonly long[] _ticks = new long[capacity];
    private int _count;

    public void Add(long ticks) => _ticks[_count++] = ticks;

    /// <param name="share">0 to 1.</param> <returns>Nearest rank, in microseconds.</returns>
    public double Microseconds(double share)
    {
        var sorted = _ticks[.._count];
        Array.Sort(sorted);
        return sorted[Math.Min(_count - 1, (int)(share * _count))] * 1e6 / Stopwatch.Frequency;
    }
}
