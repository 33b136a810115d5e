using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Pipeline.Live;

/// <summary>A share of the hardest outcome passes, so that what would have happened stays observable (without it, a model that blocks
/// never learns whether it was right). Who passes follows from the id alone: a repeat, a replay and another machine agree.</summary>
public static class LetThrough
{
    /// <summary>Whether the record of this id passes.</summary>
    /// <param name="id">UTF-8.</param> <param name="share">0 to 1.</param>
    public static bool Passes(ReadOnlySpan<byte> id, double share)
    {
        if (!(share > 0)) { return false; }
        var hash = 14695981039346656037UL;                     // FNV-1a, 64 bits, then mixed
        foreach (var b in id) { hash = (hash ^ b) * 1099511628211UL; }
        return (RandomStream.Mix(hash) >> 11) * (1.0 / (1UL << 53)) < share;
    }

    /// <inheritdoc cref="Passes(ReadOnlySpan{byte}, double)"/>
    public static bool Passes(string id, double share) => share > 0 && Passes(Encoding.UTF8.GetBytes(id), share);
}
