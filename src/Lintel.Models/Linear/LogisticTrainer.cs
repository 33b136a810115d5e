using Lintel.Design.Kinds;

namespace Lintel.Models.Linear;

/// <summary>Kind <c>logistic</c>: the simple baseline that a larger model has to beat.</summary>
/// <remarks>Features are standardised on the training rows; a missing value counts as the mean, and a feature that has missing values
/// gets an indicator of them as a column of its own. A feature with one value gets weight 0. One row, or one class, is refused with
/// <see cref="FitException"/>.</remarks>
public sealed class LogisticTrainer : ITrainer
{
    public Kind Kind { get; } = new(KindFamily.Model, "logistic", typeof(LogisticParameters),
        "Logistic regression with an L2 penalty on standardised features; missing values get an indicator.");

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (LogisticParameters)parameters;
        TrainingChecks.CheckRows(Kind.Name, rows);
        TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        var columns = Columns(rows);
        var b = LogisticRegression.Fit(columns.Length, rows.Labels, Design, Weight, settings.Penalty, context);
        var terms = new LinearTerm[rows.FeatureCount];
        for (var c = 0; c < columns.Length; c++)
        {
            var column = columns[c];
            var weight = b[c + 1] / column.Deviation;
            ref var term = ref terms[column.Feature];
            term = column.IsIndicator
                ? term with { Present = -weight * column.Mean, Missing = weight * (1 - column.Mean) }
                : term with { Weight = weight, Mean = column.Mean };
        }
        return new LogisticModel(terms, b[0] - Math.Log(settings.ClassWeight));

        void Design(int row, Span<double> z)
        {
            var values = rows.Features.AsSpan(row * rows.FeatureCount, rows.FeatureCount);
            for (var c = 0; c < columns.Length; c++) { z[c] = columns[c].Standardised(values[columns[c].Feature]); }
        }

        double Weight(int row) => (rows.Weights?[row] ?? 1) * (rows.Labels[row] == 1 ? settings.ClassWeight : 1);
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => ((LogisticModel)model).WithOffset(offset);

    public IModel Read(BinaryReader reader) => LogisticModel.Read(reader);

    /// <summary>The design matrix's columns: each feature that varies, and an indicator for each that is sometimes missing.</summary>
    private static Column[] Columns(TrainingRows rows)
    {
        var columns = new List<Column>();
        for (var f = 0; f < rows.FeatureCount; f++)
        {
            double sum = 0, squares = 0;
            var present = 0;
            for (var i = f; i < rows.Features.Length; i += rows.FeatureCount)
            {
                if (float.IsNaN(rows.Features[i])) { continue; }
                sum += rows.Features[i];
                present++;
            }
            var mean = present > 0 ? sum / present : 0;
            for (var i = f; i < rows.Features.Length; i += rows.FeatureCount)
            {
                var off = float.IsNaN(rows.Features[i]) ? 0 : rows.Features[i] - mean;
                squares += off * off;
            }
            // over all rows: a missing value stands at the mean
            var deviation = Math.Sqrt(squares / rows.Count);
            if (deviation > 1e-12 * Math.Abs(mean)) { columns.Add(new(f, false, mean, deviation)); }
            var missing = 1 - ((double)present / rows.Count);
            if (missing is > 0 and < 1) { columns.Add(new(f, true, missing, Math.Sqrt(missing * (1 - missing)))); }
        }
        return [.. columns];
    }

    private readonly record struct Column(int Feature, bool IsIndicator, double Mean, double Deviation)
    {
        public double Standardised(float x)
        {
            if (IsIndicator) { return ((float.IsNaN(x) ? 1 : 0) - Mean) / Deviation; }
            return float.IsNaN(x) ? 0 : (x - Mean) / Deviation;
        }
    }
}
