namespace Lintel.Worlds;

/// <summary>What is wrong with a world's options: all of it is told at once.</summary>
/// <param name="world">As the message begins, e.g. <c>ads world</c>.</param>
internal sealed class OptionFaults(string world)
{
    private readonly List<string> _faults = [];

    public void Expect(bool holds, string member, object got, string expected)
    {
        if (!holds) { _faults.Add($"{member} is {got}, expected {expected}"); }
    }

    /// <exception cref="ArgumentException">Something was not as expected.</exception>
    public void Throw()
    {
        if (_faults.Count > 0) { throw new ArgumentException($"{world}: " + string.Join("; ", _faults)); }
    }
}
