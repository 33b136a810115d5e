namespace Lintel.Worlds.Ads;

/// <summary>Everything that happened, in columns: requests in the order of time, and of each its page from the top. A
/// request's and an impression's number is its place.</summary>
internal sealed class AdLedger(int pool)
{
    /// <summary>No click.</summary>
    public const int None = int.MinValue;

    // request → first impression; one more than there are requests
    private readonly List<int> _first = [0];

    /// <summary>Places kept for a request's pool; fewer may be used.</summary>
    public int PoolPlaces { get; } = pool;

    public int Requests => Visitor.Count;

    public int Impressions => Ad.Count;

    /// <summary>By request.</summary>
    public List<int> Visitor { get; } = [];

    /// <summary>Seconds since the first midnight.</summary>
    public List<int> Second { get; } = [];

    public List<byte> Slot { get; } = [];

    public List<byte> Device { get; } = [];

    /// <summary>The same user's request before; −1: none.</summary>
    public List<int> Previous { get; } = [];

    /// <summary>Ads of the pool.</summary>
    public List<byte> PoolCount { get; } = [];

    /// <summary>[request · PoolPlaces + place]: the logging policy's own order, before exploration.</summary>
    public List<ushort> Pool { get; } = [];

    /// <summary>By impression.</summary>
    public List<int> Request { get; } = [];

    public List<ushort> Ad { get; } = [];

    public List<double> Propensity { get; } = [];

    /// <summary>What a click costs, in ticks.</summary>
    public List<int> Price { get; } = [];

    /// <summary>True chance of a click at its position.</summary>
    public List<double> Chance { get; } = [];

    /// <summary>Seconds from the impression to the click, below 0 where a clock was wrong; <see cref="None"/>: not
    /// clicked.</summary>
    public List<int> Delay { get; } = [];

    /// <summary>Seconds from the click to the same click logged again; 0: logged once.</summary>
    public List<byte> Again { get; } = [];

    public int Day(int request) => Second[request] / 86_400;

    public int First(int request) => _first[request];

    /// <summary>Ads on a request's page.</summary>
    public int PageLength(int request) => _first[request + 1] - _first[request];

    /// <summary>Position of an impression, from 1.</summary>
    public int Position(int impression) => impression - _first[Request[impression]] + 1;

    public bool IsClicked(int impression) => Delay[impression] != None;

    /// <summary>An impression is logged a second after its request.</summary>
    public int ShownAt(int impression) => Second[Request[impression]] + 1;

    /// <summary>Begins a request; its impressions follow, then <see cref="Close"/>.</summary>
    public int Open(int visitor, int second, byte slot, byte device, int previous)
    {
        Visitor.Add(visitor);
        Second.Add(second);
        Slot.Add(slot);
        Device.Add(device);
        Previous.Add(previous);
        return Visitor.Count - 1;
    }

    public void Close() => _first.Add(Ad.Count);
}
