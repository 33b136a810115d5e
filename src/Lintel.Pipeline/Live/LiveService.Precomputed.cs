using Lintel.Pipeline.Batch;

namespace Lintel.Pipeline.Live;

/// <content>Pages that a batch made ahead.</content>
public sealed partial class LiveService
{
    private volatile PrecomputedPages? _precomputed;

    /// <summary>Pages that were made ahead for visitors of the version that serves; null: every page is found when it is asked
    /// for. Replaced whole, while requests run.</summary>
    public PrecomputedPages? Precomputed
    {
        get => _precomputed;
        set => _precomputed = value;
    }

    /// <summary>Codes of keys and texts; new ones are given by the sequencer alone.</summary>
    /// <returns>[keys]: −1 for one that no record and no catalogue named.</returns>
    internal int[] CodesOf(string domain, IReadOnlyList<string> keys)
    {
        lock (_sequencer)
        {
            var dictionary = _served.State.Compiled.Dictionaries[domain];
            return [.. keys.Select(k => dictionary.Find(k))];
        }
    }

    /// <summary>Codes differ between versions: pages of another one are of no use.</summary>
    private PrecomputedPages? PrecomputedFor(Served served) =>
        _precomputed is { } pages && pages.Compiled == served.Version.Compiled ? pages : null;
}
