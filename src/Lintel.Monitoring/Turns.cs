namespace Lintel.Monitoring;

/// <summary>Tells when something turns bad, once: it is bad until it is right again, whatever is undecided in between.</summary>
internal sealed class Turns<TKey>
{
    private readonly HashSet<TKey> _bad = [];

    /// <summary>Times that something turned bad.</summary>
    public long Count { get; private set; }

    /// <returns>It was not bad before.</returns>
    public bool Bad(TKey key)
    {
        if (!_bad.Add(key)) { return false; }
        Count++;
        return true;
    }

    /// <returns>It was bad before.</returns>
    public bool Right(TKey key) => _bad.Remove(key);
}
