namespace Lintel.Bench;

/// <summary>Processor time of this process since a moment, all its threads together.</summary>
internal readonly struct CpuClock
{
    private readonly TimeSpan _from;

    private CpuClock(TimeSpan from) => _from = from;

    public static CpuClock Start() => new(Environment.CpuUsage.TotalTime);

    public double Seconds => (Environment.CpuUsage.TotalTime - _from).TotalSeconds;
}
