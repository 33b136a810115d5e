namespace Lintel.Models.Sparse;

/// <summary>Scratch that threads share: nothing is allocated while no more than sixteen use it at once.</summary>
internal sealed class Spares<T>(Func<T> make)
    where T : class
{
    private readonly T?[] _kept = new T?[16];

    public T Take()
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] is not null && Interlocked.Exchange(ref _kept[i], null) is { } kept) { return kept; }
        }
        return make();
    }

    /// <summary>What is not returned, after a fault, is made anew.</summary>
    public void Return(T scratch)
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] is null && Interlocked.CompareExchange(ref _kept[i], scratch, null) is null) { return; }
        }
    }
}
