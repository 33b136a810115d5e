namespace Lintel.Retrieval.Factorisation;

/// <summary><c>YᵀY + λ I</c> of a factor table: what every row's problem shares.</summary>
internal static class Gram
{
    // blocks are summed apart and then in their order, so that threads change nothing
    private const int RowsPerBlock = 1024;

    /// <returns>Symmetric, [stride, stride]; the padding's diagonal is λ, which keeps it solvable and its factors
    /// 0.</returns>
    internal static float[] Of(FactorTable table, AlsOptions options)
    {
        var stride = table.Stride;
        var blocks = new float[(table.Count + RowsPerBlock - 1) / RowsPerBlock][];
        Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = options.Threads }, block =>
        {
            var sum = new float[stride * stride];
            var end = Math.Min(table.Count, (block + 1) * RowsPerBlock);
            for (var row = block * RowsPerBlock; row < end; row++)
            {
                var y = table.Row(row);
                for (var f = 0; f < stride; f++) { RowKernel.Add(y, y[f], sum.AsSpan(f * stride, stride)); }
            }
            blocks[block] = sum;
        });
        var total = new double[stride * stride];
        foreach (var block in blocks)
        {
            for (var i = 0; i < total.Length; i++) { total[i] += block[i]; }
        }
        for (var f = 0; f < stride; f++) { total[(f * stride) + f] += options.Regularisation; }
        return Array.ConvertAll(total, static v => (float)v);
    }
}
