using System.Text;

namespace Lintel.Events.Sources;

/// <summary>Codes of one dictionary for the values of a scan; small whole numbers take a short way around the text.</summary>
internal sealed class KeyCoder(CodeDictionary dictionary)
{
    private const int CachedWholes = 1 << 22;
    private int[] _codeOfWhole = new int[1024];

    internal CodeDictionary Dictionary => dictionary;

    internal int Code(long value)
    {
        if ((ulong)value < CachedWholes)
        {
            if (value >= _codeOfWhole.Length)
            {
                Array.Resize(ref _codeOfWhole, (int)Math.Min(CachedWholes, Math.Max(value + 1, _codeOfWhole.Length * 2L)));
            }
            ref var cached = ref _codeOfWhole[value];
            if (cached == 0) { cached = Add(value) + 1; }
            return cached - 1;
        }
        return Add(value);
    }

    internal int Code(double value)
    {
        Span<char> buffer = stackalloc char[KeyText.MaxNumberLength];
        return dictionary.Add(KeyText.Of(value, buffer));
    }

    internal int Code(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= 7 && KeyText.TryWhole(utf8, out var whole) && whole >= 0) { return Code(whole); }
        if (utf8.Length > 256) { return dictionary.Add(Encoding.UTF8.GetString(utf8)); }
        Span<char> chars = stackalloc char[256];
        return dictionary.Add(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
    }

    private int Add(long value)
    {
        Span<char> buffer = stackalloc char[KeyText.MaxNumberLength];
        return dictionary.Add(KeyText.Of(value, buffer));
    }
}
