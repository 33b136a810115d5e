namespace Lintel.Features.Windows;

/// <summary>The slot in whose window the latest record about a subject stands: pages by subject number, freed when empty. Subjects
/// become known and expire roughly in their order, so a page is written while it is warm.</summary>
internal sealed class SubjectSlots
{
    private const int PageLog = 12, PageSize = 1 << PageLog;
    private Page?[] _pages = new Page?[16];
    private Page? _spare;

    /// <summary>Pages held: for tests.</summary>
    internal int PageCount => _pages.Count(static p => p is not null);

    /// <returns>−1: none.</returns>
    internal int Find(int subject)
    {
        var page = subject >> PageLog;
        return page < _pages.Length && _pages[page] is { } slots ? slots.Slots[subject & (PageSize - 1)] - 1 : -1;
    }

    internal void Set(int subject, int slot)
    {
        var number = subject >> PageLog;
        if (number >= _pages.Length) { Array.Resize(ref _pages, Math.Max(number + 1, _pages.Length * 2)); }
        ref var page = ref _pages[number];
        if (page is null)
        {
            page = _spare ?? new();
            _spare = null;
        }
        ref var entry = ref page.Slots[subject & (PageSize - 1)];
        if (entry == 0) { page.Count++; }
        entry = slot + 1;
    }

    internal void Remove(int subject)
    {
        ref var page = ref _pages[subject >> PageLog];
        if (page is null) { return; }
        ref var entry = ref page.Slots[subject & (PageSize - 1)];
        if (entry == 0) { return; }
        entry = 0;
        if (--page.Count == 0)
        {
            _spare = page;
            page = null;
        }
    }

    private sealed class Page
    {
        internal readonly int[] Slots = new int[PageSize];
        internal int Count;
    }
}
