using Lintel.Decisions;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>The random bits of each request, as the live service draws them: by its id under the version's seed.</summary>
internal sealed class RequestDraw(Preparation prepared, ulong seed)
{
    private readonly LetThrough _draw = new(0, seed, []);

    /// <param name="row">Of the decided table.</param>
    public ulong Of(int row) => _draw.Bits(prepared.Decided.Ids[row]);
}
