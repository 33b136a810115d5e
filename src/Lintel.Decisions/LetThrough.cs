using System.Collections.Immutable;
using System.Text;
using Lintel.Design;
using Lintel.Numerics.Random;

namespace Lintel.Decisions;

/// <summary>Lets a share of the hardest outcome pass, so that what becomes of refused cases stays observable.</summary>
/// <remarks>The draw is a hash of the decision's id and the seed: the same decision gets the same answer on every machine and in
/// every replay, and nobody can retry until it passes. The propensity is the chance with which the shown outcome was shown:
/// weighting by its inverse gives back the figures of the policy without the draw (Horvitz and Thompson, JASA 47, 1952).</remarks>
public sealed class LetThrough
{
    private readonly double _share;
    private readonly ulong _seed;
    private readonly int _hardest;
    private readonly int _passing;

    /// <param name="share">0 to 1; 0: nothing passes.</param> <param name="outcomes">The design's outcomes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is outside 0 to 1.</exception>
    public LetThrough(double share, ulong seed, ImmutableArray<OutcomeDesign> outcomes)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "let through is a share from 0% to 100%");
        }
        _share = share;
        _seed = seed;
        _hardest = OutcomeDesign.Hardest(outcomes);
        _passing = OutcomeDesign.Passing(outcomes);
    }

    /// <summary>What is shown when the policy says <paramref name="outcome"/>.</summary>
    /// <param name="decisionId">The decided event's id.</param>
    /// <param name="outcome">Index into the design's outcomes.</param>
    public Shown Show(ReadOnlySpan<char> decisionId, int outcome)
    {
        if (outcome != _hardest || outcome < 0 || _share == 0) { return new(outcome, 1, false); }
        return Draw(decisionId) < _share ? new(_passing, _share, true) : new(outcome, 1 - _share, false);
    }

    /// <summary>Whether a draw by id tells what is shown for an outcome; else it is shown itself.</summary>
    internal bool Draws(int outcome) => outcome >= 0 && outcome == _hardest && _share > 0;

    /// <summary>Uniform in [0, 1): FNV-1a over the id's UTF-8 bytes, mixed with the seed.</summary>
    internal double Draw(ReadOnlySpan<char> decisionId) => (Bits(decisionId) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The bits of that draw: what a ranking's exploration draws with.</summary>
    public ulong Bits(ReadOnlySpan<char> decisionId)
    {
        Span<byte> bytes = stackalloc byte[256];
        var hash = 14695981039346656037UL;
        while (!decisionId.IsEmpty)
        {
            var part = decisionId[..Math.Min(64, decisionId.Length)];
            var length = Encoding.UTF8.GetBytes(part, bytes);
            foreach (var b in bytes[..length]) { hash = (hash ^ b) * 1099511628211UL; }
            decisionId = decisionId[part.Length..];
        }
        return RandomStream.Mix(hash ^ RandomStream.Mix(_seed));
    }
}

/// <summary>The outcome that is given, and the chance with which it was.</summary>
/// <param name="Outcome">Index into the design's outcomes.</param> <param name="Propensity">Above 0, at most 1.</param>
/// <param name="LetThrough">It passes although the policy refused.</param>
public readonly record struct Shown(int Outcome, double Propensity, bool LetThrough);
