using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>Columns of the evidence, as the rules read them.</summary>
internal static class SubjectColumns
{
    /// <summary>Number and bool fields of the decided event that are known with it, with their values, [rows].</summary>
    /// <param name="withTexts">Texts, too, by their codes: to see where they are missing.</param>
    public static IEnumerable<(ColumnDesign Column, float[] Values)> DecidedFields(this ReviewSubject subject, bool withTexts = false)
    {
        if (subject.Decided is not { } table) { yield break; }
        for (var c = 0; c < table.Event.InheritedFrom; c++)
        {
            var column = table.Event.Columns[c];
            if (column is { Kind: ColumnKind.Field, KnownAt: null }
                && (column.Type is DataType.Number or DataType.Bool || (withTexts && column.Type == DataType.Text)))
            {
                yield return (column, Array.ConvertAll(table.Columns[c], static v => (float)v));
            }
        }
    }

    /// <summary>One feature's values, [n].</summary>
    public static float[] Column(this FeatureEvidence features, int feature) => features.Column(feature, static _ => true);

    /// <summary>One feature's values on the rows that a condition takes.</summary>
    /// <param name="takes">Asked with the row of the decided event's table.</param>
    public static float[] Column(this FeatureEvidence features, int feature, Func<int, bool> takes)
    {
        var values = new List<float>(features.Rows.Length);
        for (var row = 0; row < features.Rows.Length; row++)
        {
            if (takes(features.Rows[row])) { values.Add(features[row, feature]); }
        }
        return [.. values];
    }

    /// <summary>The line of a feature; the file's first when the design has none of that name.</summary>
    public static SourceSpan FeatureAt(this ReviewSubject subject, string name) =>
        subject.Design.Features.FirstOrDefault(f => f.Name == name)?.At ?? default;
}
