using Lintel.Design.Kinds;
using MathNet.Numerics.LinearAlgebra;

namespace Lintel.Models.Novelty;

/// <summary>Kind <c>pca</c>: a row is strange when the main directions of the training rows cannot rebuild it. Labels are not read.</summary>
/// <remarks>Features are standardised on the training rows, by their weights; a missing value counts as the mean, and a feature with one
/// value is left out. Components are eigenvectors of the covariance, the largest eigenvalue first, each with its largest entry (the first
/// of several) above 0. At least one direction is left out, or nothing would remain to measure. O(rows · features²) on one thread,
/// rows in order, so the same rows give the same bits.</remarks>
public sealed class PcaTrainer : ITrainer
{
    private const int RowsPerStep = 4_096;

    public Kind Kind { get; } = new(KindFamily.Model, "pca", typeof(PcaParameters),
        "Principal components: scores what they cannot rebuild of a standardised row; needs no labels.");

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (PcaParameters)parameters;
        TrainingChecks.CheckFeatures(Kind.Name, rows);
        TrainingChecks.CheckSeveral(Kind.Name, rows.Weights?.Count(static w => w > 0) ?? rows.Count);
        if (rows.FeatureCount > PcaModel.MaxFeatures)
        {
            throw new FitException($"{Kind.Name}: {rows.FeatureCount:N0} features, expected at most {PcaModel.MaxFeatures:N0}; name fewer in 'uses'.");
        }
        var scaling = Scaling.Of(rows);
        int[] varying = [.. Enumerable.Range(0, rows.FeatureCount).Where(f => scaling[f].IsVarying)];
        if (settings.Components >= varying.Length)
        {
            throw new FitException($"{Kind.Name}: {settings.Components} components rebuild the {varying.Length} features that vary exactly, "
                + "so that no error is left to measure; keep fewer components, or use more features.");
        }
        var components = Components(Covariance(rows, scaling, varying, context), settings, varying, rows.FeatureCount);
        context.Progress?.Report(1);
        return new PcaModel(scaling, components, 0);
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => ((PcaModel)model).WithOffset(offset);

    public IModel Read(BinaryReader reader) => PcaModel.Read(reader);

    /// <summary>Covariance of the standardised features that vary, [varying, varying], weighted.</summary>
    private static Matrix<double> Covariance(TrainingRows rows, Scaling[] scaling, int[] varying, FitContext context)
    {
        var size = varying.Length;
        var sums = new double[size, size];
        var z = new double[size];
        var total = 0.0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % RowsPerStep == 0)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                context.Progress?.Report(0.9 * i / rows.Count);
            }
            double weight = rows.Weights?[i] ?? 1;
            if (weight == 0) { continue; }
            total += weight;
            var row = rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount);
            for (var a = 0; a < size; a++) { z[a] = scaling[varying[a]].Standardised(row[varying[a]]); }
            for (var a = 0; a < size; a++)
            {
                var scaled = weight * z[a];
                for (var b = a; b < size; b++) { sums[a, b] += scaled * z[b]; }
            }
        }
        return Matrix<double>.Build.Dense(size, size, (a, b) => sums[Math.Min(a, b), Math.Max(a, b)] / total);
    }

    /// <returns>Unit vectors over all features, [components][features].</returns>
    private static double[][] Components(Matrix<double> covariance, PcaParameters settings, int[] varying, int featureCount)
    {
        if (varying.Length < 2) { return []; }
        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(static v => Math.Max(0, v.Real)).ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i])];
        var components = new double[settings.Components ?? Kept([.. order.Select(i => values[i])], settings.Variance)][];
        for (var c = 0; c < components.Length; c++)
        {
            var vector = eigen.EigenVectors.Column(order[c]);
            var sign = vector[vector.AbsoluteMaximumIndex()] < 0 ? -1 : 1;
            components[c] = new double[featureCount];
            for (var a = 0; a < varying.Length; a++) { components[c][varying[a]] = sign * vector[a]; }
        }
        return components;
    }

    /// <summary>The fewest that explain the share, and never all.</summary>
    /// <param name="values">Eigenvalues, the largest first.</param>
    private static int Kept(double[] values, double share)
    {
        var wanted = share * values.Sum();
        var kept = 0;
        for (var explained = 0.0; kept < values.Length - 1 && explained < wanted; kept++) { explained += values[kept]; }
        return kept;
    }
}
