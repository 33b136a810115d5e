namespace Lintel.Worlds.Ads;

/// <summary>How often one user was shown each ad before a request. Used again from request to request; not
/// thread-safe.</summary>
internal sealed class Sightings(int ads)
{
    private readonly ushort[] _week = new ushort[ads], _day = new ushort[ads];
    private readonly List<int> _touched = [];

    /// <summary>Times within <see cref="ClickModel.FatigueDays"/>.</summary>
    public int Week(int ad) => _week[ad];

    /// <summary>Times within 24 hours.</summary>
    public int Day(int ad) => _day[ad];

    /// <summary>Ads shown to the user within <see cref="ClickModel.FatigueDays"/>, one for each impression.</summary>
    public int Count => _touched.Count;

    /// <summary>Looks at everything before a request.</summary>
    public void Look(AdLedger ledger, int request)
    {
        foreach (var ad in _touched) { (_week[ad], _day[ad]) = (0, 0); }
        _touched.Clear();
        var now = ledger.Second[request];
        for (var before = ledger.Previous[request]; before >= 0; before = ledger.Previous[before])
        {
            var ago = now - (ledger.Second[before] + 1);
            if (ago >= ClickModel.FatigueDays * 86_400) { return; }
            var first = ledger.First(before);
            for (var i = first; i < first + ledger.PageLength(before); i++)
            {
                var ad = ledger.Ad[i];
                _touched.Add(ad);
                _week[ad]++;
                if (ago < 86_400) { _day[ad]++; }
            }
        }
    }
}
