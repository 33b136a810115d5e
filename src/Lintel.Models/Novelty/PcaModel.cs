using System.Buffers;
using System.Numerics.Tensors;

namespace Lintel.Models.Novelty;

/// <summary>Squared reconstruction error: offset + Σ over features of r², where r = z − Wᵀ·W·z, z the standardised row and W the
/// components, [k, d].</summary>
/// <remarks>Larger is stranger; 0 when the components rebuild the row. Every sum runs in a fixed order, element by element, so
/// the bits depend neither on the vector width nor on whether a row comes alone. O(k · d) a row; nothing is allocated. Test: agrees
/// with projectors from a singular value decomposition to 1e-9.</remarks>
public sealed class PcaModel : IModel
{
    /// <summary>Two matrices of at most 4,096 × 4,095 doubles: 128 MiB each.</summary>
    internal const int MaxFeatures = 4_096;

    private const int StackDoubles = 128;

    private readonly Scaling[] _scaling;
    private readonly double[][] _components;
    private readonly double[] _byFeature;
    private readonly double _offset;

    /// <param name="components">[k][d], unit vectors, fewer than features.</param>
    internal PcaModel(Scaling[] scaling, double[][] components, double offset)
    {
        (_scaling, _components, _offset) = (scaling, components, offset);
        // the same numbers, feature by feature: the projection adds rows of it, the rebuilding rows of the components
        _byFeature = new double[scaling.Length * components.Length];
        for (var f = 0; f < scaling.Length; f++)
        {
            for (var c = 0; c < components.Length; c++) { _byFeature[(f * components.Length) + c] = components[c][f]; }
        }
    }

    public int FeatureCount => _scaling.Length;

    public ScoreScale Scale => ScoreScale.Novelty;

    internal IReadOnlyList<double[]> Components => _components;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        var size = FeatureCount + _components.Length;
        double[]? rented = null;
        Span<double> scratch = size <= StackDoubles
            ? stackalloc double[StackDoubles]
            : (rented = ArrayPool<double>.Shared.Rent(size));
        try
        {
            var residuals = scratch[..FeatureCount];
            var projected = scratch.Slice(FeatureCount, _components.Length);
            for (var i = 0; i < margins.Length; i++)
            {
                Rebuild(rows.Slice(i * FeatureCount, FeatureCount), residuals, projected);
                var score = _offset;
                foreach (var residual in residuals) { score += residual * residual; }
                margins[i] = score;
            }
        }
        finally
        {
            if (rented is not null) { ArrayPool<double>.Shared.Return(rented); }
        }
    }

    /// <summary>A feature's contribution is its own squared residual, exactly; the base is the offset.</summary>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        var rented = ArrayPool<double>.Shared.Rent(_components.Length);
        try
        {
            Rebuild(row, contributions, rented.AsSpan(0, _components.Length));
            for (var f = 0; f < contributions.Length; f++) { contributions[f] *= contributions[f]; }
            return _offset;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <param name="residuals">[d], written.</param> <param name="projected">[k], written: W·z.</param>
    private void Rebuild(ReadOnlySpan<float> row, Span<double> residuals, Span<double> projected)
    {
        projected.Clear();
        for (var f = 0; f < row.Length; f++)
        {
            var z = _scaling[f].Standardised(row[f]);
            residuals[f] = z;
            if (z == 0) { continue; }
            TensorPrimitives.MultiplyAdd(_byFeature.AsSpan(f * projected.Length, projected.Length), z, projected, projected);   // [k]
        }
        for (var c = 0; c < projected.Length; c++)
        {
            TensorPrimitives.MultiplyAdd(_components[c], -projected[c], residuals, residuals);                                   // [d]
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_offset);
        writer.Write(_scaling.Length);
        foreach (var scaling in _scaling)
        {
            writer.Write(scaling.Mean);
            writer.Write(scaling.Deviation);
        }
        writer.Write(_components.Length);
        foreach (var component in _components)
        {
            foreach (var entry in component) { writer.Write(entry); }
        }
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range; the message says which.</exception>
    internal static PcaModel Read(BinaryReader reader)
    {
        var offset = Payload.ReadNumber(reader, "offset");
        var scaling = new Scaling[Payload.ReadCount(reader, "features", 1, MaxFeatures, 2 * sizeof(double))];
        for (var f = 0; f < scaling.Length; f++)
        {
            scaling[f] = new(Payload.ReadNumber(reader, $"mean of feature {f}"), Payload.ReadNumber(reader, $"deviation of feature {f}"));
            if (scaling[f].Deviation < 0)
            {
                throw new InvalidDataException($"deviation of feature {f} is {scaling[f].Deviation}, expected 0 or more");
            }
        }
        var components = new double[Payload.ReadCount(
            reader, "components", 0, scaling.Length - 1, scaling.Length * sizeof(double))][];
        for (var c = 0; c < components.Length; c++)
        {
            components[c] = new double[scaling.Length];
            for (var f = 0; f < scaling.Length; f++)
            {
                var entry = Payload.ReadNumber(reader, $"component {c}, feature {f}");
                // entries of a unit vector, with room for rounding
                components[c][f] = Math.Abs(entry) <= 1 + 1e-9
                    ? entry
                    : throw new InvalidDataException($"component {c}, feature {f} is {entry}, expected -1 to 1");
            }
        }
        return new(scaling, components, offset);
    }

    internal PcaModel WithOffset(double offset) => new(_scaling, _components, _offset + offset);
}
