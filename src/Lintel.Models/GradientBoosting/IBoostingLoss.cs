namespace Lintel.Models.GradientBoosting;

/// <summary>A loss of our own, in place of the library's: what each tree is fitted to.</summary>
internal interface IBoostingLoss
{
    /// <summary>[rows], as of the last <see cref="Derive"/>.</summary>
    float[] Gradients { get; }

    /// <summary>[rows], as of the last <see cref="Derive"/>; above or at 0.</summary>
    float[] Hessians { get; }

    /// <param name="margins">[rows], of the trees so far.</param>
    void Derive(float[] margins, CancellationToken cancellation);
}
